import type { Behaviour, SimulatedDialect } from '../simulator/index.ts'
import type { ConformanceAbility } from './abilities.ts'
import { broken, must, mustBeAmong, mustEqual } from './expectations.ts'
import type { Reading } from './reading.ts'
import type { ConformanceScenario, ScenarioGroup } from './scenario.ts'
import type { Stage } from './stage.ts'
import type { ConformanceEnd, ConformanceError } from './subject.ts'

/** Kinds of a connection that did not work out. */
export const CONNECTION_KINDS: readonly string[] = ['connect', 'unavailable', 'truncated']
/** Kinds of an answer that ended too early. */
export const CUT_KINDS: readonly string[] = ['truncated', 'unavailable', 'connect']
/** Kinds of something that cannot be read. */
export const UNREADABLE_KINDS: readonly string[] = ['malformed', 'truncated']
/** Kinds of a provider that says it cannot. */
export const DOWN_KINDS: readonly string[] = ['unavailable', 'overloaded']

/** What every scenario has in common. */
export interface ScenarioFacts {
  readonly id: string
  readonly group: ScenarioGroup
  readonly title: string
  readonly dialects?: readonly SimulatedDialect[] | undefined
  readonly needs?: readonly ConformanceAbility[] | undefined
}

/** A scenario over the simulator. */
export function scenario(
  { needs = [], ...facts }: ScenarioFacts,
  run: (stage: Stage) => Promise<void>,
): ConformanceScenario {
  return { ...facts, needs: facts.group === 'endpoint' ? needs : ['faults', ...needs], run }
}

/** Asks once and reads the whole answer. */
export function answerOf(stage: Stage): Promise<Reading> {
  return stage.ask().toEnd()
}

/** The answer ended well; gives how. */
export function mustEnd({ last }: Reading): ConformanceEnd {
  if (last === undefined) broken('the answer stopped')
  if (last.type === 'error') broken(`the answer did not end well: ${last.message}`)
  return last
}

/** The answer is complete, and is this text. */
export function mustAnswer(reading: Reading, text: string): void {
  mustEnd(reading)
  mustEqual(reading.text, text, 'the text')
}

/** The answer broke; gives what it ended with. */
export function mustBreak(
  stage: Stage,
  reading: Reading,
  kinds: readonly string[],
): ConformanceError {
  const { last } = reading
  must(last?.type === 'error', `the answer ended well, with ${JSON.stringify(reading.text)}`)
  must(last.message.trim() !== '', 'the error says nothing')
  if (stage.can('details')) mustBeAmong(last.kind, kinds, 'the kind of the failure')
  return last
}

/** Nothing of the answer was shown. */
export function mustShowNothing({ text, reasoning, toolCalls }: Reading): void {
  mustEqual(
    { text, reasoning, toolCalls },
    { text: '', reasoning: '', toolCalls: [] },
    'what was shown',
  )
}

/** The second answered, whole, and the first left no trace. */
export function mustTakeOver(stage: Stage, reading: Reading, kinds: readonly string[]): void {
  mustAnswer(reading, stage.second.text)
  must(stage.first.calls.length > 0, 'the first was never asked')
  if (!stage.can('details')) return
  const [fallback] = reading.fallbacks
  mustEqual(
    { from: fallback?.from, to: fallback?.to, announced: reading.fallbacks.length },
    { from: 'first', to: 'second', announced: 1 },
    'the fallback that was announced',
  )
  mustBeAmong(fallback?.kind, kinds, 'what the fallback says the first failed of')
}

/** A fault that strikes before anything was shown. */
export interface EarlyFault extends Omit<ScenarioFacts, 'group'> {
  readonly group?: ScenarioGroup | undefined
  readonly behaviours: readonly Behaviour[]
  readonly kinds: readonly string[]
}

/**
 * Two scenarios: with nobody else the fault becomes an error and nothing else; with another model
 * that one answers, and nothing of the first is shown. The title says what the provider does.
 */
export function earlyFault(fault: EarlyFault): readonly ConformanceScenario[] {
  const { id, title, behaviours, kinds, needs = [], dialects, group = 'start' } = fault
  return [
    scenario(
      { id, group, dialects, needs, title: `${title}: an error, and nothing is shown` },
      async (stage) => {
        await stage.start()
        stage.first.does(...behaviours)
        const reading = await answerOf(stage)
        mustBreak(stage, reading, kinds)
        mustShowNothing(reading)
        must(stage.first.calls.length > 0, 'the model was never asked')
      },
    ),
    scenario(
      {
        id: `${id}-next`,
        group,
        dialects,
        needs: ['failover', ...needs],
        title: `${title}: the next model answers, and nothing of the first is shown`,
      },
      async (stage) => {
        await stage.start({ candidates: 2 })
        stage.first.does(...behaviours)
        mustTakeOver(stage, await answerOf(stage), kinds)
      },
    ),
  ]
}

/** A fault that strikes after text was shown. */
export interface LateFault extends Omit<ScenarioFacts, 'group'> {
  readonly behaviours: readonly Behaviour[]
  readonly kinds: readonly string[]
  /** Visible chunks that are sent before it. */
  readonly afterChunks: number
  /** `true`: the fault waits until text was read, since a reset takes with it what is on its way. Default: `false`. */
  readonly isHeld?: boolean | undefined
}

/** The error says what was received, and no other model is asked. */
export function lateFault(fault: LateFault): ConformanceScenario {
  const title = `${fault.title}: an error that keeps what was shown, and nobody else’s text`
  return scenario({ ...fault, title, group: 'middle' }, async (stage) => {
    await stage.start({ candidates: stage.can('failover') ? 2 : 1 })
    const gate = stage.gate()
    const stall = { type: 'stall', stage: 'between-chunks', gate } as const
    const hold = fault.isHeld === true ? [{ ...stall, afterChunks: fault.afterChunks }] : []
    stage.first.does(...hold, ...fault.behaviours)
    const reader = stage.ask()
    must(await reader.untilVisible(), 'nothing was shown')
    gate.open()
    const reading = await reader.toEnd()
    const error = mustBreak(stage, reading, fault.kinds)
    mustStartWith(stage.first.text, reading.text)
    mustEqual(stage.second.calls.length, 0, 'how often another model was asked')
    if (stage.can('details')) mustEqual(error.isRetrySafe, true, 'whether a retry is safe')
  })
}

/** What was shown is the beginning of what was sent, and something. */
export function mustStartWith(whole: string, text: string): void {
  must(
    text !== '' && whole.startsWith(text),
    `the text is not what was sent: ${JSON.stringify(text)}`,
  )
}
