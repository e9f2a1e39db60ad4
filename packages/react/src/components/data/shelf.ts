import { keptIn } from '../../client/client-storage.ts'
import type { ClientContext } from '../../client/imrs-client.ts'
import { createStore } from '../../client/store.ts'
import type { Store } from '../../client/store.ts'

export interface ShelfState {
  /** Model ids, in the order they were marked. */
  readonly favourites: readonly string[]
  /** Model ids, the last used first; at most five. */
  readonly recent: readonly string[]
}

/** What the user put within reach; kept in this browser, the same in all tabs. */
export interface Shelf extends Store<ShelfState> {
  readonly toggleFavourite: (modelId: string) => void
  readonly used: (modelId: string) => void
}

const MOST_RECENT = 5
const EMPTY: ShelfState = { favourites: [], recent: [] }

export function shelf({ storage, keyOf }: ClientContext): Shelf {
  const kept = keptIn(storage, keyOf('shelf'), isShelf)
  const read = (): void => store.update(kept.read() ?? EMPTY)
  const store = createStore<ShelfState>(EMPTY, () => {
    read()
    return kept.onForeignWrite(read)
  })
  const change = (fields: Partial<ShelfState>): void => {
    store.update(fields)
    kept.write(store.getSnapshot())
  }
  return {
    ...store,
    toggleFavourite: (id) => {
      const { favourites } = store.getSnapshot()
      const without = favourites.filter((each) => each !== id)
      change({ favourites: without.length < favourites.length ? without : [...favourites, id] })
    },
    used: (id) => {
      const others = store.getSnapshot().recent.filter((each) => each !== id)
      change({ recent: [id, ...others].slice(0, MOST_RECENT) })
    },
  }
}

function isShelf(value: unknown): value is ShelfState {
  const state = value as Partial<ShelfState> | null
  return Array.isArray(state?.favourites) && Array.isArray(state.recent)
}
