/** State that can be watched: what `useSyncExternalStore` takes. The methods need no `this`. */
export interface Store<State> {
  /** The same object until something changes. */
  readonly getSnapshot: () => State
  /** What a server renders, and the browser at first. */
  readonly getServerSnapshot: () => State
  /** Returns the function that ends it. */
  readonly subscribe: (listener: () => void) => () => void
}

/** A {@link Store} in the hands of its owner. */
export interface OwnStore<State> extends Store<State> {
  /** Puts fields in place of others, and tells. Does nothing when all of them are the same. */
  readonly update: (change: Partial<State>) => void
}

/**
 * @param onUse called when the first subscriber comes; what it returns, when the last has gone.
 */
export function createStore<State extends object>(
  initial: State,
  onUse?: () => () => void,
): OwnStore<State> {
  let state = initial
  let stop: (() => void) | undefined
  const listeners = new Set<() => void>()
  return {
    getSnapshot: () => state,
    getServerSnapshot: () => initial,
    subscribe: (listener) => {
      // Its own function, so that one listener may subscribe twice.
      const own = (): void => listener()
      listeners.add(own)
      if (listeners.size === 1) stop = onUse?.()
      return () => {
        if (listeners.delete(own) && listeners.size === 0) stop?.()
      }
    },
    update: (change) => {
      const keys = Object.keys(change) as (keyof State)[]
      if (keys.every((key) => Object.is(state[key], change[key]))) return
      state = { ...state, ...change }
      callAll(listeners)
    },
  }
}

export function callAll(functions: Iterable<() => void>): void {
  for (const each of functions) each()
}
