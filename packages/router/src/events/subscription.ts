import type { RouterEvent } from '@imrs/core'

/** Called with an event; what it returns is looked at in case it is a promise. */
export type AnyListener = (event: RouterEvent) => unknown

/** Events that may wait for one listener, those it has not finished with included. */
const MAX_UNFINISHED = 1000

/** How often the same trouble with one listener is told. */
const REPORT_EVERY_MS = 60_000

/** Told that a listener threw, or that its promise was rejected. */
export type OnListenerFailure = (
  subscription: Subscription,
  event: RouterEvent,
  error: unknown,
) => void

/** One listener of one type of event, with what it has not finished yet. */
export class Subscription {
  readonly #listener: AnyListener
  readonly #onFailure: OnListenerFailure
  readonly failures: Troubles = new Troubles()
  readonly drops: Troubles = new Troubles()
  #unfinished = 0
  #isEnded = false

  constructor(listener: AnyListener, onFailure: OnListenerFailure) {
    this.#listener = listener
    this.#onFailure = onFailure
  }

  /** Takes a place for an event that is to be handed over; `false` when there is none left. */
  reserve(): boolean {
    if (this.#unfinished >= MAX_UNFINISHED) return false
    this.#unfinished += 1
    return true
  }

  /**
   * Hands an event over, after {@link reserve}. Never throws. A promise that the listener returns is
   * not waited for; the place is free again when it settles.
   */
  handOver(event: RouterEvent): void {
    if (this.#isEnded) return
    try {
      const result = this.#listener(event)
      if (isThenable(result)) this.#follow(result, event)
      else this.#finished()
    } catch (error) {
      this.#failed(event, error)
    }
  }

  /** No event is handed over from now on, those that wait included. */
  end(): void {
    this.#isEnded = true
  }

  #follow(result: PromiseLike<unknown>, event: RouterEvent): void {
    // In a promise of ours, so that a thenable that misbehaves is a rejection and nothing else.
    void Promise.resolve(result).then(
      () => this.#finished(),
      (error: unknown) => this.#failed(event, error),
    )
  }

  #finished(): void {
    this.#unfinished -= 1
  }

  #failed(event: RouterEvent, error: unknown): void {
    this.#finished()
    this.#onFailure(this, event, error)
  }
}

/** Counts what went wrong and says when to tell it: the first time, and once a minute after that. */
export class Troubles {
  #untold = 0
  #toldAt: number | undefined

  add(): void {
    this.#untold += 1
  }

  /** How many there were since this was told last; 0 when there are none, or it is too early to tell. */
  take(monotonicMs: number): number {
    const isEarly = this.#toldAt !== undefined && monotonicMs - this.#toldAt < REPORT_EVERY_MS
    if (this.#untold === 0 || isEarly) return 0
    const untold = this.#untold
    this.#untold = 0
    this.#toldAt = monotonicMs
    return untold
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return false
  return 'then' in value && typeof value.then === 'function'
}
