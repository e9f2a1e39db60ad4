import type {
  OutboxKey,
  OutboxSettlement,
  RouterEvent,
  Runtime,
  SinkCondition,
  SinkFailureKind,
} from '@imrs/core'

import type { EntryOutcome } from './deliver-entries.ts'
import type { ResolvedSinkDelivery } from './delivery-options.ts'
import { retryDelayMs } from './retry-delay.ts'

/** So many failures in a row are the sink's, not the records'. */
const FAILURES_UNTIL_DOWN = 3

export interface RoundStart {
  readonly sink: string
  readonly runtime: Pick<Runtime, 'now' | 'random'>
  readonly delivery: Pick<ResolvedSinkDelivery, 'firstRetryMs' | 'maxRetryMs'>
  /** How often in a row the sink was found down. */
  readonly failureCount: number
  /** Failures in a row in the rounds before. */
  readonly streak: number
}

interface Failure {
  readonly kind: SinkFailureKind
  readonly retryAfterMs?: number | undefined
}

/**
 * What is learned in one round of deliveries: of each entry, and of the sink. The sink is down after
 * three failures in a row; at once when it asks to be left alone; and after a round that found it down
 * still. A refusal is an answer: the sink works.
 */
export class DeliveryRound {
  readonly #start: RoundStart
  readonly #delivered: OutboxKey[] = []
  readonly #failed: OutboxSettlement['failed'][number][] = []
  readonly #refused: OutboxSettlement['refused'][number][] = []
  readonly #setAside: RouterEvent[] = []
  #streak: number
  #works = false
  #last: Failure | undefined
  #asked: Failure | undefined

  constructor(start: RoundStart) {
    this.#start = start
    this.#streak = start.streak
  }

  get streak(): number {
    return this.#streak
  }

  /** Whether to try another entry: a sink that was down is only asked until it takes one. */
  get goesOn(): boolean {
    if (this.#asked !== undefined) return false
    if (this.#start.failureCount > 0 && this.#works) return false
    return this.#streak < FAILURES_UNTIL_DOWN
  }

  readonly note = (outcome: EntryOutcome): void => {
    if (outcome.kind === 'left') return
    if (outcome.kind === 'failed') this.#noteFailure(outcome)
    else this.#noteAnswer(outcome)
  }

  #noteFailure({ entry, failure, reason, retryAfterMs }: EntryOutcome & { kind: 'failed' }): void {
    const { runtime, delivery } = this.#start
    this.#streak += 1
    this.#last = { kind: failure, retryAfterMs }
    if (failure === 'rate-limited' || (retryAfterMs ?? 0) > 0) this.#asked ??= this.#last
    const failures = entry.attemptCount + 1
    const delayMs = retryDelayMs({ failures, retryAfterMs }, delivery, runtime.random)
    this.#failed.push({ ...keyOf(entry), reason, retryAtMs: runtime.now() + delayMs })
  }

  #noteAnswer(outcome: EntryOutcome & { kind: 'delivered' | 'refused' }): void {
    const { sink, runtime } = this.#start
    this.#streak = 0
    this.#works = true
    if (outcome.kind === 'delivered') {
      this.#delivered.push(keyOf(outcome.entry))
      return
    }
    const { entry, reason } = outcome
    const atMs = runtime.now()
    this.#refused.push({ ...keyOf(entry), reason, atMs })
    const { id: eventId, messageId } = entry.record.event
    const about = { tenantId: entry.tenantId, messageId, eventId }
    this.#setAside.push({ type: 'delivery-set-aside', atMs, sink, ...about, reason })
  }

  /** What to write down, and what to tell when it is written. */
  end(): { readonly settlement: OutboxSettlement; readonly events: readonly RouterEvent[] } {
    const { sink, failureCount, runtime } = this.#start
    const condition = this.#condition()
    const events = [...this.#setAside]
    const atMs = runtime.now()
    if (condition?.kind === 'working') events.push({ type: 'sink-recovered', atMs, sink })
    if (condition?.kind === 'paused' && failureCount === 0) {
      const { failure, untilMs: retryAtMs } = condition
      events.push({ type: 'sink-down', atMs, sink, failure, retryAtMs })
    }
    const entries = { delivered: this.#delivered, failed: this.#failed, refused: this.#refused }
    return { settlement: { sink, ...entries, condition }, events }
  }

  /** `undefined`: as it was. */
  #condition(): SinkCondition | undefined {
    const { failureCount } = this.#start
    const wasDown = failureCount > 0
    const failure = this.#asked ?? this.#last
    const isDown =
      this.#asked !== undefined ||
      this.#streak >= FAILURES_UNTIL_DOWN ||
      (wasDown && !this.#works && failure !== undefined)
    if (isDown && failure !== undefined) return pause(this.#start, failure)
    return wasDown && this.#works ? { kind: 'working' } : undefined
  }
}

/** The sink is left alone for longer, each time it is found down. */
export function pause(
  { failureCount, runtime, delivery }: Pick<RoundStart, 'failureCount' | 'runtime' | 'delivery'>,
  { kind, retryAfterMs }: Failure,
): SinkCondition & { readonly kind: 'paused' } {
  const failures = failureCount + 1
  const delayMs = retryDelayMs({ failures, retryAfterMs }, delivery, runtime.random)
  return {
    kind: 'paused',
    failureCount: failures,
    failure: kind,
    untilMs: runtime.now() + delayMs,
  }
}

function keyOf({ tenantId, seq }: OutboxKey): OutboxKey {
  return { tenantId, seq }
}
