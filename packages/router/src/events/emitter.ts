import type {
  RouterEvent,
  RouterEventOf,
  RouterEventType,
  RouterListener,
  Runtime,
} from '@imrs/core'
import { ImrsError } from '@imrs/core'

import { Subscription } from './subscription.ts'
import type { AnyListener } from './subscription.ts'

/** How long listeners may work before other work of the process gets its turn. */
const TURN_MS = 5

interface Delivery {
  readonly subscription: Subscription
  readonly event: RouterEvent
}

/**
 * Hands events to listeners, in the order of the events, each to its listeners in the order they
 * subscribed.
 *
 * Not while something is going on: an event waits for a turn of its own, so that a listener that is
 * slow, throws or rejects keeps no request back. A listener's promise is not waited for. For each
 * listener 1,000 events may be unfinished; those above are dropped for it. What a listener does
 * wrong is told as `internal-failed`, part `listener`, once a minute for each listener.
 */
export class Emitter {
  readonly #runtime: Pick<Runtime, 'now' | 'monotonic' | 'sleep'>
  readonly #subscriptions = new Map<RouterEventType, Set<Subscription>>()
  readonly #ownListeners = new Map<RouterEventType, Set<(event: RouterEvent) => void>>()
  #waiting: Delivery[] = []
  #isDelivering = false

  constructor(runtime: Pick<Runtime, 'now' | 'monotonic' | 'sleep'>) {
    this.#runtime = runtime
  }

  /**
   * Returns what ends the subscription; calling that again does nothing. Events that wait for the
   * listener when it ends are not handed over.
   */
  readonly on = <Type extends RouterEventType>(
    type: Type,
    listener: RouterListener<Type>,
  ): (() => void) => {
    // A subscription is told of its own type only.
    const ofType: AnyListener = (event) => listener(event as RouterEventOf<Type>)
    const subscription = new Subscription(ofType, this.#failed)
    addTo(this.#subscriptions, type, subscription)
    return () => {
      subscription.end()
      this.#subscriptions.get(type)?.delete(subscription)
    }
  }

  /**
   * For parts of the router that must know before anything else goes on: called within `emit`. They
   * are short and do not throw.
   */
  readonly onAtOnce = <Type extends RouterEventType>(
    type: Type,
    listener: (event: RouterEventOf<Type>) => void,
  ): void => {
    // It is told of its own type only.
    addTo(this.#ownListeners, type, (event) => listener(event as RouterEventOf<Type>))
  }

  readonly emit = (event: RouterEvent): void => {
    for (const listener of this.#ownListeners.get(event.type) ?? []) listener(event)
    const subscriptions = this.#subscriptions.get(event.type)
    if (subscriptions === undefined || subscriptions.size === 0) return
    Object.freeze(event)
    for (const subscription of Array.from(subscriptions)) {
      if (subscription.reserve()) {
        this.#waiting.push({ subscription, event })
      } else if (!isAboutListeners(event)) {
        subscription.drops.add()
        this.#reportDrops(subscription, event)
      }
    }
    this.#deliverSoon()
  }

  /** Hands over all that waits, now. Promises that listeners returned are not waited for. */
  readonly flush = (): void => {
    while (this.#waiting.length > 0) this.#deliver(Number.POSITIVE_INFINITY)
  }

  #deliverSoon(): void {
    if (this.#isDelivering || this.#waiting.length === 0) return
    this.#isDelivering = true
    void this.#deliverInTurns()
  }

  async #deliverInTurns(): Promise<void> {
    while (this.#waiting.length > 0) {
      await this.#runtime.sleep(0)
      this.#deliver(this.#runtime.monotonic() + TURN_MS)
    }
    this.#isDelivering = false
  }

  /** Hands over what waits until it is late; the rest goes on waiting, before what came meanwhile. */
  #deliver(untilMs: number): void {
    const deliveries = this.#waiting
    this.#waiting = []
    let done = 0
    for (const { subscription, event } of deliveries) {
      subscription.handOver(event)
      this.#reportDrops(subscription, event)
      done += 1
      if (this.#runtime.monotonic() >= untilMs) break
    }
    if (done < deliveries.length) this.#waiting = [...deliveries.slice(done), ...this.#waiting]
  }

  readonly #failed = (subscription: Subscription, event: RouterEvent, error: unknown): void => {
    if (isAboutListeners(event)) return
    subscription.failures.add()
    const times = subscription.failures.take(this.#runtime.monotonic())
    if (times === 0) return
    const often = times === 1 ? '' : `, ${times} times since this was told last`
    this.#tell(`A listener of ${event.type} failed${often}: ${reasonOf(error)}`, error)
  }

  #reportDrops(subscription: Subscription, event: RouterEvent): void {
    const dropped = subscription.drops.take(this.#runtime.monotonic())
    if (dropped === 0) return
    this.#tell(`A listener of ${event.type} is too slow: ${dropped} events were dropped for it`)
  }

  #tell(message: string, cause?: unknown): void {
    const error = new ImrsError('internal', message, { cause })
    this.emit({ type: 'internal-failed', atMs: this.#runtime.now(), part: 'listener', error })
  }
}

/** What goes wrong while a listener is told of listeners is not told: it would never end. */
function isAboutListeners(event: RouterEvent): boolean {
  return event.type === 'internal-failed' && event.part === 'listener'
}

/** Anything can be thrown, also what cannot be made text of. */
function reasonOf(error: unknown): string {
  try {
    return error instanceof Error ? error.message : String(error)
  } catch {
    return 'something that is no error'
  }
}

function addTo<Value>(
  sets: Map<RouterEventType, Set<Value>>,
  type: RouterEventType,
  value: Value,
): void {
  const values = sets.get(type) ?? new Set<Value>()
  sets.set(type, values)
  values.add(value)
}
