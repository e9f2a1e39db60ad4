import { ImrsClientError } from '../http/client-error.ts'
import { createStore } from './store.ts'
import type { Store } from './store.ts'

export interface ResourceState<Data> {
  readonly data: Data | undefined
  readonly isLoading: boolean
  readonly error: ImrsClientError | undefined
}

/** Something that is read once, when it is first watched. */
export interface Resource<Data> extends Store<ResourceState<Data>> {
  /** Reads it again. Never rejects: `error` says what went wrong. */
  readonly reload: () => Promise<void>
}

/** @param load Without it nothing is read. */
export function createResource<Data>(load?: () => Promise<Data>): Resource<Data> {
  let running: Promise<void> | undefined
  const store = createStore<ResourceState<Data>>(
    { data: undefined, isLoading: load !== undefined, error: undefined },
    () => {
      const { data, error } = store.getSnapshot()
      if (data === undefined && error === undefined) void reload()
      return () => {}
    },
  )
  const read = async (): Promise<void> => {
    if (load === undefined) return
    store.update({ isLoading: true })
    try {
      store.update({ data: await load(), error: undefined })
    } catch (error) {
      if (error instanceof ImrsClientError) store.update({ error })
    }
    store.update({ isLoading: false })
  }
  const reload = (): Promise<void> => {
    running ??= read().finally(() => (running = undefined))
    return running
  }
  return { ...store, reload }
}
