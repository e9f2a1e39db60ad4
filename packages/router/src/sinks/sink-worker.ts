import type {
  LearningSink,
  OutboxClaim,
  OutboxSettlement,
  RouterEvent,
  Runtime,
  SecretStore,
  Store,
} from '@imrs/core'
import { ImrsError } from '@imrs/core'

import { deliverEntries } from './deliver-entries.ts'
import type { ResolvedSinkDelivery } from './delivery-options.ts'
import { DeliveryRound, pause } from './delivery-round.ts'
import { Nap } from './nap.ts'

export interface SinkWorkerOptions {
  readonly sink: LearningSink
  readonly store: Pick<Store, 'outbox'>
  readonly secrets: SecretStore
  readonly runtime: Runtime
  readonly emit: (event: RouterEvent) => void
  readonly delivery: ResolvedSinkDelivery
}

type Claimed = OutboxClaim & { readonly kind: 'claimed' }

/** So many entries are held in memory and settled together. */
const ENTRIES_TOGETHER = 64

/**
 * Brings what waits for one sink to it: one round after the other while something is due, else until
 * somebody wakes it or `pollMs` is over. Of all processes one delivers at a time.
 */
export class SinkWorker {
  readonly #options: SinkWorkerOptions
  readonly #holder: string
  readonly #closing = new AbortController()
  readonly #stopped = new AbortController()
  readonly #nap: Nap
  #running: Promise<void> | undefined
  #streak = 0
  /** Delivered, and not written down since the store was away. */
  #unsettled: OutboxSettlement | undefined
  #isStoreAway = false

  constructor(options: SinkWorkerOptions) {
    this.#options = options
    this.#holder = options.runtime.newId()
    this.#nap = new Nap(options.runtime, this.#closing.signal)
  }

  start(): void {
    this.#running ??= this.#run()
  }

  /** Something may be due now. Does nothing while the sink is left alone. */
  wake(): void {
    this.#nap.end()
  }

  /** The sink is not to be left alone any longer. */
  resume(): void {
    this.#nap.endPause()
  }

  /** Waits `closeMs` at most for what is on its way; the rest stays in the outbox. Idempotent. */
  async close(): Promise<void> {
    const { runtime, delivery, sink } = this.#options
    this.#closing.abort()
    const ended = new AbortController()
    const late = runtime.sleep(delivery.closeMs, ended.signal).then(
      () => this.#stopped.abort(new ImrsError('closed', 'The router is closed')),
      () => undefined,
    )
    await this.#running
    ended.abort()
    await late
    await sink.close()
  }

  async #run(): Promise<void> {
    while (!this.#closing.signal.aborted) {
      try {
        await this.#round()
        this.#isStoreAway = false
      } catch (error) {
        this.#tellFailure(error)
        await this.#nap.take(this.#options.delivery.pollMs, { isPause: true })
      }
    }
    await this.#release().catch(() => undefined)
  }

  async #round(): Promise<void> {
    const { sink, store, runtime, delivery } = this.#options
    await this.#settle(this.#unsettled)
    const request = {
      sink: sink.name,
      holder: this.#holder,
      atMs: runtime.now(),
      leaseMs: delivery.leaseMs,
      limit: ENTRIES_TOGETHER,
      withText: sink.wantsText ?? false,
    }
    const claimed = await store.outbox.claim(request, { signal: this.#closing.signal })
    if (claimed.kind === 'claimed') return this.#deliver(claimed)
    const isPause = claimed.kind === 'paused'
    const untilMs = claimed.kind === 'idle' ? claimed.nextAtMs : claimed.untilMs
    const waitMs = Math.max(1, (untilMs ?? Number.POSITIVE_INFINITY) - runtime.now())
    await this.#nap.take(isPause ? waitMs : Math.min(waitMs, delivery.pollMs), { isPause })
  }

  async #deliver({ entries, failureCount }: Claimed): Promise<void> {
    const { sink, runtime, delivery } = this.#options
    const beganMs = runtime.monotonic()
    const start = { sink: sink.name, runtime, delivery, failureCount, streak: 0 }
    const secret = await this.#secret()
    if (this.#closing.signal.aborted) return
    if (secret.kind === 'missing') return this.#withoutSecret(start)
    const streak = failureCount > 0 ? 0 : this.#streak
    const round = new DeliveryRound({ ...start, streak })
    const ended = new AbortController()
    const late = new AbortController()
    const timer = runtime.sleep((delivery.leaseMs * 2) / 3, ended.signal).then(
      () => late.abort(new ImrsError('aborted', 'The lease is nearly over')),
      () => undefined,
    )
    await deliverEntries(entries, {
      sink: sink.name,
      // A sink that was down is asked carefully.
      concurrency: failureCount > 0 ? 1 : delivery.concurrency,
      deliver: (record, signal) => sink.deliver(record, { signal, secret: secret.value }),
      goesOn: () =>
        round.goesOn &&
        !this.#closing.signal.aborted &&
        runtime.monotonic() - beganMs < delivery.leaseMs / 3,
      onOutcome: round.note,
      late: late.signal,
      stopped: this.#stopped.signal,
    })
    ended.abort()
    await timer
    this.#streak = round.streak
    await this.#endRound(round.end())
  }

  async #secret(): Promise<
    { readonly kind: 'missing' } | { readonly kind: 'there'; readonly value: string | undefined }
  > {
    const { sink, secrets } = this.#options
    if (sink.secret === undefined) return { kind: 'there', value: undefined }
    // A store that cannot tell is as good as none: nothing is sent.
    const value = await secrets
      .read(sink.secret, { signal: this.#closing.signal })
      .catch(() => undefined)
    return value === undefined ? { kind: 'missing' } : { kind: 'there', value }
  }

  async #withoutSecret(start: ConstructorParameters<typeof DeliveryRound>[0]): Promise<void> {
    const { sink, failureCount, runtime } = start
    const condition = pause(start, { kind: 'credentials' })
    const atMs = runtime.now()
    const { failure, untilMs: retryAtMs } = condition
    await this.#endRound({
      settlement: { sink, delivered: [], failed: [], refused: [], condition },
      events: failureCount > 0 ? [] : [{ type: 'sink-down', atMs, sink, failure, retryAtMs }],
    })
  }

  async #endRound({ settlement, events }: ReturnType<DeliveryRound['end']>): Promise<void> {
    this.#unsettled = settlement
    await this.#settle(settlement)
    if (settlement.condition !== undefined) this.#streak = 0
    // Who comes next when the pause is over need not wait for this process.
    if (settlement.condition?.kind === 'paused') await this.#release()
    for (const event of events) this.#options.emit(event)
  }

  async #settle(settlement: OutboxSettlement | undefined): Promise<void> {
    if (settlement === undefined) return
    await this.#options.store.outbox.settle(settlement, { signal: this.#stopped.signal })
    this.#unsettled = undefined
  }

  async #release(): Promise<void> {
    const { sink, store } = this.#options
    const lease = { sink: sink.name, holder: this.#holder }
    await store.outbox.release(lease, { signal: this.#stopped.signal })
  }

  /** Told once for each time that the store is away. */
  #tellFailure(error: unknown): void {
    if (this.#isStoreAway || this.#closing.signal.aborted) return
    this.#isStoreAway = true
    const { emit, runtime } = this.#options
    const told = error instanceof Error ? error : new ImrsError('internal', 'Deliveries failed')
    emit({ type: 'internal-failed', atMs: runtime.now(), part: 'sinks', error: told })
  }
}
