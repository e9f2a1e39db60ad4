import type { Store } from '../client/store.ts'

/** Resolves with the first state that fits, the present one included. */
export function reached<State>(
  store: Store<State>,
  fits: (state: State) => boolean,
): Promise<State> {
  return new Promise((resolve) => {
    let stop: (() => void) | undefined
    let isDone = false
    const look = (): void => {
      const state = store.getSnapshot()
      if (isDone || !fits(state)) return
      isDone = true
      stop?.()
      resolve(state)
    }
    stop = store.subscribe(look)
    look()
    if (isDone) stop()
  })
}
