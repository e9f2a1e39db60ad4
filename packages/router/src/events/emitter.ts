import type { RouterEvent, RouterEventOf, RouterEventType, RouterListener } from '@imrs/core'

type AnyListener = (event: RouterEvent) => void

/** Hands events to listeners, in the order they subscribed. A listener that throws disturbs nobody. */
export class Emitter {
  readonly #listeners = new Map<RouterEventType, Set<AnyListener>>()

  /** Returns what ends the subscription; calling that again does nothing. */
  readonly on = <Type extends RouterEventType>(
    type: Type,
    listener: RouterListener<Type>,
  ): (() => void) => {
    const listeners = this.#listeners.get(type) ?? new Set<AnyListener>()
    this.#listeners.set(type, listeners)
    // A new function each time, so that one listener subscribed twice is two subscriptions.
    const subscription: AnyListener = (event) => {
      listener(event as RouterEventOf<Type>)
    }
    listeners.add(subscription)
    return () => void listeners.delete(subscription)
  }

  readonly emit = (event: RouterEvent): void => {
    const listeners = this.#listeners.get(event.type)
    if (listeners === undefined || listeners.size === 0) return
    Object.freeze(event)
    // A copy: who subscribes or leaves while being told changes the next telling, not this one.
    for (const listener of Array.from(listeners)) {
      try {
        listener(event)
      } catch {
        // The listener is the host's; its failure is not this request's.
      }
    }
  }
}
