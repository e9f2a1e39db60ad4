import type {
  AnswerFinish,
  Behaviour,
  Gate,
  RespondBehaviour,
  RetryAfter,
  SimulatedCall,
  SimulatedFailureKind,
} from '@imrs/testing/simulator'
import { createGate } from '@imrs/testing/simulator'

import { markedAnswer } from './marked-answer.ts'
import { randomOf } from './request-plan.ts'

/** A stalled answer. */
export interface Stall {
  readonly gate: Gate
  /** Whether only the router's own time limits end it. */
  readonly isForEver: boolean
}

export interface FaultPlanOptions {
  readonly seed: number
  /** Of all calls; the others are answered. Default: 0.3. */
  readonly faultShare?: number | undefined
  readonly onStall: (stall: Stall) => void
}

/** The request that a call is made for: its number stands in the prompt. */
export function requestNumberOf({ body }: Pick<SimulatedCall, 'body'>): number | undefined {
  const found = /<soak (\d+)>/.exec(JSON.stringify(body) ?? '')?.[1]
  return found === undefined ? undefined : Number(found)
}

export function promptOf(number: number): string {
  return `<soak ${number}> Tell me something about rivers, and how they find their way to the sea.`
}

/**
 * Decides what happens to each call, by the seed, the request it is made for, and whether it is that
 * one's first, second, … call.
 */
export function faultPlan(options: FaultPlanOptions): (call: SimulatedCall) => Behaviour {
  const calls = new Map<number, number>()
  return (call) => {
    const request = requestNumberOf(call) ?? -1
    const earlier = calls.get(request) ?? 0
    calls.set(request, earlier + 1)
    const random = randomOf(options.seed, request, 100 + earlier)
    const answer = answerOf(random, call)
    const isFault = random() < (options.faultShare ?? 0.3)
    const draw = { random, onStall: options.onStall }
    return merged(answer, isFault ? faultOf(draw) : oddityOf(draw))
  }
}

interface Draw {
  readonly random: () => number
  readonly onStall: FaultPlanOptions['onStall']
}

/** One answer, with what is changed about it, and what happens on its way. */
function merged(answer: RespondBehaviour, more: readonly Behaviour[]): Behaviour {
  const changes = more.filter(({ type }) => type === 'respond')
  const others = more.filter(({ type }) => type !== 'respond')
  return { type: 'combine', behaviours: [Object.assign({}, answer, ...changes), ...others] }
}

function answerOf(random: () => number, call: SimulatedCall): RespondBehaviour {
  const hasTools = JSON.stringify(call.body ?? '').includes('"look_up"')
  const toolCalls = hasTools && random() < 0.7 ? 1 + Math.floor(random() * 3) : 0
  const words = toolCalls > 0 && random() < 0.5 ? 0 : 1 + Math.floor(random() * 40)
  const thoughts = random() < 0.2 ? 1 + Math.floor(random() * 20) : 0
  const answer = markedAnswer({ call: call.number, words, thoughts, toolCalls })
  return random() < 0.3 ? { ...answer, usage: { cachedInputTokens: 8 } } : answer
}

/** Allowed, if unusual: the answer comes all the same. */
function oddityOf({ random }: Draw): readonly Behaviour[] {
  const kind = random()
  if (kind < 0.05) {
    const bytesPerWrite = 1 + Math.floor(random() * 60)
    const lineEnding = random() < 0.5 ? '\r\n' : '\n'
    return [{ type: 'framing', bytesPerWrite, lineEnding, withComments: random() < 0.5 }]
  }
  if (kind < 0.07) return [{ type: 'duplicate', what: 'finish' }]
  if (kind < 0.09) return [{ type: 'headers', headers: { 'content-type': 'text/plain' } }]
  return []
}

const STATUSES = [400, 404, 408, 409, 413, 422, 429, 429, 500, 500, 500, 502, 503, 503, 504, 529]

/** These put all models of a provider out of use for long: drawn seldom, or soon nobody is left. */
const LASTING_STATUSES = [401, 402, 403]
const LASTING_FAILURES: readonly SimulatedFailureKind[] = [
  'quota-exhausted',
  'insufficient-credits',
  'invalid-key',
  'permission-denied',
]
const LASTING_SHARE = 0.02

const FAILURES: readonly SimulatedFailureKind[] = [
  'rate-limited',
  'rate-limited',
  'upstream-rate-limited',
  'upstream-credits',
  'context-too-long',
  'content-filtered',
  'overloaded',
  'overloaded',
  'unavailable',
  'server',
  'timeout',
  'unknown-model',
]

const FORMS: readonly RetryAfter['form'][] = ['seconds', 'date', 'milliseconds', 'native']

const FINISHES: readonly AnswerFinish[] = ['none', 'none', 'content-filter', 'length']

function faultOf(draw: Draw): readonly Behaviour[] {
  const { random } = draw
  const kinds = [
    statusFault,
    failFault,
    cutFault,
    cutFault,
    resetFault,
    truncateFault,
    streamErrorFault,
    malformedFault,
    emptyFault,
    successFault,
    stallFault,
    stallFault,
    finishFault,
    usageFault,
  ]
  return (kinds[Math.floor(random() * kinds.length)] ?? statusFault)(draw)
}

function oneOf<Value>(random: () => number, values: readonly [Value, ...Value[]]): Value
function oneOf<Value>(random: () => number, values: readonly Value[]): Value | undefined
function oneOf<Value>(random: () => number, values: readonly Value[]): Value | undefined {
  return values[Math.floor(random() * values.length)]
}

function failureOf(random: () => number): SimulatedFailureKind {
  return oneOf(random, random() < LASTING_SHARE ? LASTING_FAILURES : FAILURES) ?? 'server'
}

function retryAfterOf(random: () => number): RetryAfter | undefined {
  if (random() < 0.5) return undefined
  const form = oneOf(random, FORMS) ?? 'seconds'
  return { form, delayMs: Math.floor(random() * 4_000) }
}

function statusFault({ random }: Draw): readonly Behaviour[] {
  const status = oneOf(random, random() < LASTING_SHARE ? LASTING_STATUSES : STATUSES) ?? 500
  const body = random() < 0.2 ? '<html><body>Bad Gateway</body></html>' : undefined
  return [{ type: 'status', status, body, retryAfter: retryAfterOf(random) }]
}

function failFault({ random }: Draw): readonly Behaviour[] {
  const failure = failureOf(random)
  return [{ type: 'fail', failure, retryAfter: retryAfterOf(random) }]
}

function cutFault({ random }: Draw): readonly Behaviour[] {
  const after = oneOf(random, ['nothing', 'status-line', 'headers'] as const)
  return [{ type: 'disconnect', after, form: random() < 0.5 ? 'reset' : 'close' }]
}

function placeOf(random: () => number): { afterChunks: number; afterFinish: boolean } {
  return { afterChunks: Math.floor(random() * 12), afterFinish: random() < 0.2 }
}

function resetFault({ random }: Draw): readonly Behaviour[] {
  return [{ type: 'reset', ...placeOf(random), bytesOfNext: Math.floor(random() * 40) }]
}

function truncateFault({ random }: Draw): readonly Behaviour[] {
  return [{ type: 'truncate', ...placeOf(random), bytesOfNext: Math.floor(random() * 40) }]
}

function streamErrorFault({ random }: Draw): readonly Behaviour[] {
  const failure = failureOf(random)
  const form = random() < 0.5 ? 'event' : 'data'
  return [{ type: 'stream-error', ...placeOf(random), failure, form }]
}

function malformedFault({ random }: Draw): readonly Behaviour[] {
  const form = oneOf(random, ['cut-json', 'plain-text', 'html', 'invalid-utf8'] as const)
  return [{ type: 'malformed', ...placeOf(random), form }]
}

function emptyFault(): readonly Behaviour[] {
  return [{ type: 'empty' }]
}

function successFault({ random }: Draw): readonly Behaviour[] {
  const place = random() < 0.5 ? 'body' : 'in-choice'
  return [{ type: 'success-with-error', place, failure: failureOf(random) }]
}

function stallFault({ random, onStall }: Draw): readonly Behaviour[] {
  const gate = createGate()
  onStall({ gate, isForEver: random() < 0.15 })
  const stage = oneOf(random, ['headers', 'first-chunk', 'between-chunks'] as const)
  return [{ type: 'stall', stage, gate, ...placeOf(random) }]
}

/** Ends for another reason than that it is done, or says none. */
function finishFault({ random }: Draw): readonly Behaviour[] {
  return [{ type: 'respond', finish: oneOf(random, FINISHES) }]
}

function usageFault(): readonly Behaviour[] {
  return [{ type: 'respond', usage: null }]
}
