import { inspect } from 'node:util'

import type { AnswerPart, ChatRequest } from '@imrs/core'
import { ImrsError, systemRuntime } from '@imrs/core'

import type { Answer, Router } from '../../router.ts'
import { promptOf } from './fault-plan.ts'
import { MarkedReader, TOOL } from './marked-answer.ts'
import type { Ending, RequestResult } from './messages.ts'
import type { RequestPlan } from './request-plan.ts'

/** Catalogue ids of what may be asked for by name. */
export interface ChoosableModels {
  readonly all: readonly string[]
  readonly withTools: readonly string[]
}

export interface RequestOptions {
  readonly router: Router
  readonly models: ChoosableModels
  readonly sharedSignal: AbortSignal
  readonly onAnswer: (answer: Answer) => void
}

/** Makes one request as planned, reads its answer, and says what came. Never rejects. */
export async function makeRequest(
  plan: RequestPlan,
  options: RequestOptions,
): Promise<RequestResult> {
  const caller = new AbortController()
  const log = new AnswerLog(plan)
  try {
    const signal = signalOf(plan, caller, options.sharedSignal)
    const answer = await options.router.chat(toRequest(plan, options.models), signal)
    options.onAnswer(answer)
    log.began(answer)
    log.ended(await readAnswer(answer, { plan, caller, log }))
  } catch (error) {
    log.ended('rejected', error)
  }
  await giveFeedback(plan, options.router, log)
  return log.result()
}

function toRequest(plan: RequestPlan, { all, withTools }: ChoosableModels): ChatRequest {
  const { number, tenantId, agentId, userId, stream, hasTools, modelShare } = plan
  const models = hasTools ? withTools : all
  const model = modelShare === undefined ? 'auto' : models[Math.floor(modelShare * models.length)]
  return {
    model,
    tenantId,
    agentId,
    userId,
    stream,
    messages: [{ role: 'user', content: promptOf(number) }],
    ...(hasTools ? { tools: [TOOL] } : {}),
  }
}

function signalOf(
  { reader, hasSharedSignal }: RequestPlan,
  caller: AbortController,
  shared: AbortSignal,
): { readonly signal?: AbortSignal } {
  if (reader.kind === 'aborts' || reader.kind === 'aborts-waiting') return { signal: caller.signal }
  return hasSharedSignal ? { signal: shared } : {}
}

/** What was read so far. */
class AnswerLog {
  readonly #plan: RequestPlan
  readonly #reader = new MarkedReader()
  readonly #problems: string[] = []
  readonly #warnings: string[] = []
  #messageId: string | undefined
  #model: string | undefined
  #ending: Ending = 'left'
  #code: string | undefined
  #isAborted = false
  #hasFeedback = false
  #usage: RequestResult['usage']
  #lastParts = 0
  #hasDecision = false

  constructor(plan: RequestPlan) {
    this.#plan = plan
  }

  /** How its parts ended; `left` as long as no last one came. */
  get ending(): Ending {
    return this.#ending
  }

  /** The message that may be rated: its answer ended well, and is in the store. */
  get rateable(): string | undefined {
    const isStored = !this.#warnings.some((code) => code.startsWith('record-'))
    return this.#ending === 'end' && isStored ? this.#messageId : undefined
  }

  began({ messageId, decision }: Answer): void {
    this.#messageId = messageId
    // A text does not say who else took over.
    if (this.#plan.reader.kind !== 'reads-text') this.#model = decision.modelId
  }

  text(text: string): void {
    this.#reader.text(text)
  }

  aborted(): void {
    this.#isAborted = true
  }

  rated(hasFeedback: boolean): void {
    this.#hasFeedback = hasFeedback
  }

  problem(problem: string): void {
    this.#problems.push(problem)
  }

  ended(ending: Ending, error?: unknown): void {
    this.#ending = ending
    if (error === undefined) return
    if (ImrsError.is(error)) this.#code = error.code
    else this.problem(`threw ${inspect(error)}`)
  }

  part(part: AnswerPart): void {
    if (this.#lastParts > 0) this.problem(`${part.type} came after the last part`)
    if (this.#hasDecision === (part.type === 'decision')) {
      this.problem(`${part.type} where it should not be`)
    }
    this.#hasDecision = true
    switch (part.type) {
      case 'text-delta':
        this.#reader.text(part.text)
        return
      case 'reasoning-delta':
        this.#reader.thought(part.text)
        return
      case 'tool-call':
        this.#reader.toolCall(part.toolCallId, part.toolName, part.input)
        return
      case 'fallback':
        this.#model = part.to
        return
      case 'warning':
        this.#warnings.push(part.code)
        return
      case 'usage':
        this.#usage = part.usage
        return
      case 'end':
      case 'error':
        this.#last(part)
        return
      default:
    }
  }

  #last(part: Extract<AnswerPart, { type: 'end' | 'error' }>): void {
    this.#lastParts += 1
    this.#ending = part.type
    if (part.type === 'error') {
      this.#code = part.code
      return
    }
    if (part.model !== this.#model) {
      this.problem(`ended by ${part.model}, announced was ${this.#model ?? 'nobody'}`)
    }
  }

  result(): RequestResult {
    const { call, isWhole, problems } = this.#reader.reading()
    const isShort = this.#ending === 'end' && !isWhole
    return {
      number: this.#plan.number,
      messageId: this.#messageId,
      ending: this.#ending,
      code: this.#code,
      model: this.#model,
      call,
      isAborted: this.#isAborted,
      warnings: this.#warnings,
      usage: this.#usage,
      hasFeedback: this.#hasFeedback,
      problems: [
        ...this.#problems,
        ...problems,
        ...(isShort ? [`ended in the middle of the text of call ${String(call)}`] : []),
      ],
    }
  }
}

interface Reading {
  readonly plan: RequestPlan
  readonly caller: AbortController
  readonly log: AnswerLog
}

async function readAnswer(answer: Answer, reading: Reading): Promise<Ending> {
  const { log, plan } = reading
  switch (plan.reader.kind) {
    case 'never-reads':
      return 'never-read'
    case 'reads-text':
      return readText(answer, log)
    case 'leaves':
      if (plan.reader.afterParts === 0) return leaveAtOnce(answer)
      break
    case 'aborts':
      if (plan.reader.afterParts === 0) abort(reading)
      break
    case 'aborts-waiting':
      return readUntilAborted(answer, reading, plan.reader.afterMs)
    default:
  }
  return readParts(answer, reading)
}

async function readUntilAborted(
  answer: Answer,
  reading: Reading,
  afterMs: number,
): Promise<Ending> {
  const over = new AbortController()
  const aborted = systemRuntime.sleep(afterMs, over.signal).then(
    () => abort(reading),
    () => undefined,
  )
  const ending = await readParts(answer, reading)
  over.abort()
  await aborted
  return ending
}

async function readParts(answer: Answer, reading: Reading): Promise<Ending> {
  const { log, plan } = reading
  let parts = 0
  for await (const part of answer.parts) {
    log.part(part)
    parts += 1
    if (part.type === 'end' || part.type === 'error') continue
    if (plan.reader.kind === 'leaves' && parts >= plan.reader.afterParts) return 'left'
    if (plan.reader.kind === 'aborts' && parts === plan.reader.afterParts) abort(reading)
    if (plan.reader.kind === 'is-slow') await systemRuntime.sleep(plan.reader.waitMs)
  }
  if (log.ending === 'left') log.problem('the parts ended without a last one')
  return log.ending
}

function abort({ caller, log }: Reading): void {
  log.aborted()
  caller.abort()
}

/** Takes the iterator, and gives it back without a pull. */
async function leaveAtOnce(answer: Answer): Promise<Ending> {
  await answer.parts[Symbol.asyncIterator]().return?.()
  return 'never-read'
}

async function readText(answer: Answer, log: AnswerLog): Promise<Ending> {
  try {
    log.text(await answer.text())
    return 'end'
  } catch (error) {
    log.ended('error', error)
    return 'error'
  }
}

async function giveFeedback(plan: RequestPlan, router: Router, log: AnswerLog): Promise<void> {
  const { feedback: signal, tenantId, userId } = plan
  const messageId = log.rateable
  if (signal === undefined || messageId === undefined) return
  try {
    const { changed } = await router.feedback({ messageId, tenantId, userId, signal })
    log.rated(changed)
  } catch (error) {
    log.problem(`its feedback was refused: ${String(error)}`)
  }
}
