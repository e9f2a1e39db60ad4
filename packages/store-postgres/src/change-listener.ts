import type { ChangeWatcher, Runtime, StopWatching } from '@imrs/core'
import { catchUp } from '@imrs/store-kysely'
import type { WatchRequest } from '@imrs/store-kysely'

import { CHANGES_CHANNEL } from './change-trigger.ts'
import { openKeptSession } from './kept-session.ts'
import type { KeptSession, KeptSessionOptions } from './kept-session.ts'

export interface ChangeListenerOptions extends Pick<KeptSessionOptions, 'connect'> {
  readonly runtime: Pick<Runtime, 'sleep' | 'random'>
  readonly schema: string | undefined
}

const FIRST_PAUSE_MS = 100
const LONGEST_PAUSE_MS = 5_000

/**
 * Listens on one connection for all watchers, from the first of them until closed. A connection that
 * is lost is opened again after pauses that grow to five seconds, and then every watcher's versions
 * are compared: a notification is not kept for who was away.
 */
export class ChangeListener {
  readonly #options: ChangeListenerOptions
  readonly #watches = new Set<WatchRequest>()
  readonly #closing = new AbortController()
  /** Resolves when it listens, or has tried once. */
  #began: Promise<void> | undefined
  #running: Promise<void> | undefined
  #schema: string | undefined

  constructor(options: ChangeListenerOptions) {
    this.#options = options
  }

  async watch(request: WatchRequest): Promise<StopWatching> {
    this.#watches.add(request)
    this.#began ??= this.#begin()
    await this.#began
    // Copies may be older than the moment from which on it hears of everything.
    await this.#catchUp(request)
    return async () => {
      this.#watches.delete(request)
    }
  }

  /** Idempotent; never rejects. */
  async close(): Promise<void> {
    this.#watches.clear()
    this.#closing.abort(new Error('The store is closed'))
    await this.#running
  }

  async #begin(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#running = this.#listenUntilClosed(resolve)
    await promise
  }

  async #listenUntilClosed(tried: () => void): Promise<void> {
    const { signal } = this.#closing
    let pauseMs = FIRST_PAUSE_MS
    let isTold = false
    while (!signal.aborted) {
      let session: KeptSession | undefined
      try {
        session = await this.#listen()
        await Promise.all([...this.#watches].map((request) => catchUp(request)))
        tried()
        pauseMs = FIRST_PAUSE_MS
        isTold = false
        await ended(session.ended, signal)
        if (!signal.aborted) this.#tellFailed(session.ended.reason)
        isTold = true
      } catch (error) {
        if (!isTold) this.#tellFailed(error)
        isTold = true
        tried()
      } finally {
        session?.close()
      }
      await this.#pause(pauseMs)
      pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2)
    }
  }

  async #listen(): Promise<KeptSession> {
    const { schema } = this.#options
    const onNotification = (payload: string): void => this.#told(payload)
    const session = await openKeptSession({ ...this.#options, onNotification })
    try {
      const [row] = await session.query('select coalesce($1, current_schema()) as name', [schema])
      this.#schema = textOf(row, 'name')
      await session.query(`listen ${CHANGES_CHANNEL}`)
      return session
    } catch (error) {
      session.close()
      throw error
    }
  }

  #told(payload: string): void {
    const change: unknown = parsed(payload)
    const topic = textOf(change, 'topic')
    if (topic === undefined || textOf(change, 'schema') !== this.#schema) return
    const version = Number(textOf(change, 'version'))
    for (const { watcher } of this.#watches) {
      const known = watcher.versionOf(topic)
      // What this process wrote itself comes back too, when its copy is new already.
      if (known !== undefined && known < version) watcher.moved([topic])
    }
  }

  async #catchUp(request: WatchRequest): Promise<void> {
    try {
      await catchUp(request)
    } catch (error) {
      request.watcher.failed(error)
    }
  }

  #tellFailed(error: unknown): void {
    for (const { watcher } of this.#watches) watcher.failed(error)
  }

  async #pause(pauseMs: number): Promise<void> {
    const { sleep, random } = this.#options.runtime
    // Not all processes at the same moment, once the database is back.
    const delayMs = pauseMs * (0.5 + random() / 2)
    await sleep(delayMs, this.#closing.signal, { isBackground: true }).catch(() => undefined)
  }
}

/** Compares the versions of a watcher this often, where no connection can be kept. */
export async function pollChanges(
  request: WatchRequest,
  given: {
    readonly everyMs: number
    readonly closing: AbortSignal
    readonly sleep: Runtime['sleep']
  },
): Promise<void> {
  const { everyMs, closing, sleep } = given
  let isTold = false
  while (!closing.aborted) {
    try {
      await sleep(everyMs, closing, { isBackground: true })
      await catchUp(request)
      isTold = false
    } catch (error) {
      if (!closing.aborted && !isTold) tell(request.watcher, error)
      isTold = true
    }
  }
}

function tell(watcher: ChangeWatcher, error: unknown): void {
  watcher.failed(error)
}

function ended(...signals: readonly AbortSignal[]): Promise<void> {
  const any = AbortSignal.any([...signals])
  if (any.aborted) return Promise.resolve()
  return new Promise((resolve) => {
    any.addEventListener('abort', () => resolve(), { once: true })
  })
}

function parsed(payload: string): unknown {
  try {
    return JSON.parse(payload)
  } catch {
    // Somebody else's, on a channel of our name.
    return undefined
  }
}

function textOf(value: unknown, key: string): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const found: unknown = Reflect.get(value, key)
  return typeof found === 'string' || typeof found === 'number' ? String(found) : undefined
}
