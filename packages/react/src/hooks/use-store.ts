import { useSyncExternalStore } from 'react'

import type { Store } from '../client/store.ts'

/** The state of a store, and a render for each change of it. */
export function useStore<State>(store: Store<State>): State {
  return useSyncExternalStore(store.subscribe, store.getSnapshot, store.getServerSnapshot)
}
