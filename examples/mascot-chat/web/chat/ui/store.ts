import type { Store } from '@imrs/react'

/** A store in the hands of its owner. */
export interface OwnStore<State> extends Store<State> {
  /** Puts fields in place of others, and tells. */
  readonly update: (change: Partial<State>) => void
}

export function createStore<State extends object>(initial: State): OwnStore<State> {
  let state = initial
  const listeners = new Set<() => void>()
  return {
    getSnapshot: () => state,
    getServerSnapshot: () => initial,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    update: (change) => {
      state = { ...state, ...change }
      for (const listener of listeners) listener()
    },
  }
}
