import type { ModelsResponse } from '@imrs/core'

import { keptIn, onPage } from '../client/client-storage.ts'
import type { ClientContext } from '../client/imrs-client.ts'
import { callAll, createStore } from '../client/store.ts'
import type { OwnStore, Store } from '../client/store.ts'
import { toUnreadable } from '../http/client-error.ts'
import { catalogEvents } from './catalog-events.ts'
import { COPY_FOR_MS, isModelsCopy } from './models-copy.ts'
import type { ModelsCopy } from './models-copy.ts'
import { NO_MODELS, stateOf } from './models-state.ts'
import type { ModelsState } from './models-state.ts'

export interface RefreshOptions {
  /** Has the server read the providers' lists again, past its caches. It allows a few a minute. */
  readonly force?: boolean | undefined
}

/** {@link modelsStore}. */
export interface ModelsStore extends Store<ModelsState> {
  /**
   * Reads the list again. Resolves when that has ended, well or not: `error` says so. A call while
   * another of the same kind is on its way waits for that one.
   */
  readonly refresh: (options?: RefreshOptions) => Promise<void>
}

/** A list older than this is read again when somebody looks. */
const FRESH_FOR_MS = 60_000
/** A sync tells of each model; what comes within this long leads to one reading. */
const GATHER_MS = 250

/**
 * The catalogue. Read when it is first watched: the local copy of the last 24 hours is shown at once,
 * as stale, and the server asked behind it; then again when the window is looked at after a minute,
 * when the connection is back, and when the server tells of changes.
 */
export function modelsStore(context: ClientContext): ModelsStore {
  const { store, refresh } = new ModelsReader(context)
  return { ...store, refresh }
}

class ModelsReader {
  readonly store: OwnStore<ModelsState>
  readonly #context: ClientContext
  readonly #kept
  #copy: ModelsCopy | undefined
  #running: { readonly force: boolean; readonly done: Promise<void> } | undefined
  #isGathering = false

  constructor(context: ClientContext) {
    const { initialModels: response } = context.options
    this.#context = context
    this.#kept = keptIn(context.storage, context.keyOf('models'), isModelsCopy)
    if (response !== undefined) {
      this.#copy = { version: 1, response, etag: null, atMs: 0 }
    }
    const initial = { ...NO_MODELS, ...(this.#copy && stateOf(this.#copy)) }
    this.store = createStore<ModelsState>(initial, () => this.#begin())
  }

  readonly refresh: ModelsStore['refresh'] = ({ force = false } = {}) => {
    const before = this.#running
    if (before !== undefined && (before.force || !force)) return before.done
    const done = this.#read(force, before?.done)
    this.#running = { force, done }
    return done
  }

  #begin(): () => void {
    const { userKeys, options, part } = this.#context
    this.#takeCopy()
    this.#look()
    const stops = [
      onPage('focus', () => this.#look()),
      onPage('online', () => void this.refresh()),
      userKeys.subscribe(() => void this.refresh()),
    ]
    if (options.isLive ?? true) {
      const events = part(catalogEvents)
      stops.push(
        events.listen(() => void this.#gather()),
        events.subscribe(() => {}),
      )
    }
    return () => callAll(stops)
  }

  /** What an earlier page kept, unless something newer is shown, or a user's key would show more. */
  #takeCopy(): void {
    const copy = this.#hasUserKeys() ? undefined : this.#kept.read()
    if (copy === undefined || this.#context.runtime.now() - copy.atMs > COPY_FOR_MS) return
    if (this.#copy !== undefined) return
    this.#copy = copy
    this.store.update({ ...stateOf(copy), isStale: true })
  }

  #look(): void {
    const { isStale, error } = this.store.getSnapshot()
    const ageMs = this.#context.runtime.now() - (this.#copy?.atMs ?? 0)
    if (isStale || error !== undefined || ageMs > FRESH_FOR_MS) void this.refresh()
  }

  async #gather(): Promise<void> {
    if (this.#isGathering) return
    this.#isGathering = true
    await this.#context.runtime.sleep(GATHER_MS)
    this.#isGathering = false
    // One that is under way may have been answered before the change.
    await this.#running?.done
    await this.refresh()
  }

  async #read(force: boolean, before: Promise<void> | undefined): Promise<void> {
    await before
    const { http, userKeys } = this.#context
    const isFirst = this.#copy === undefined
    this.store.update({ isLoading: isFirst, isRefreshing: !isFirst })
    const { headers } = userKeys.getSnapshot()
    const etag = this.#copy?.etag ?? null
    let change: Partial<ModelsState>
    try {
      const response = await http.send(`/api/models${force ? '?force=true' : ''}`, {
        headers: etag === null ? headers : { ...headers, 'if-none-match': etag },
        tries: force ? 1 : 3,
      })
      change = { ...(await this.#take(response)), isStale: false, error: undefined }
    } catch (cause) {
      change = { isStale: !isFirst, error: toUnreadable(cause) }
    }
    if (this.#running?.force === force) this.#running = undefined
    this.store.update({ ...change, isLoading: false, isRefreshing: false })
  }

  async #take(answer: Response): Promise<Partial<ModelsState>> {
    const atMs = this.#context.runtime.now()
    const before = this.#copy
    const isSame = answer.status === 304 && before !== undefined
    const copy: ModelsCopy = isSame
      ? { ...before, atMs }
      : {
          version: 1,
          response: (await answer.json()) as ModelsResponse,
          etag: answer.headers.get('etag'),
          atMs,
        }
    this.#copy = copy
    // What a user's own key shows is nobody else's.
    if (!this.#hasUserKeys()) this.#kept.write(copy)
    return isSame ? {} : stateOf(copy)
  }

  #hasUserKeys(): boolean {
    return Object.keys(this.#context.userKeys.getSnapshot().headers).length > 0
  }
}
