import type { Runtime, StopWatching } from '@imrs/core'
import type { ProcessSupport, WatchRequest } from '@imrs/store-kysely'

import { ChangeListener, pollChanges } from './change-listener.ts'
import type { PostgresClient } from './options.ts'
import { postgresLocks } from './postgres-locks.ts'

export interface PostgresProcessesOptions {
  /** Gives a client that nobody else uses until it is released. */
  readonly connect: () => Promise<PostgresClient>
  readonly schema: string | undefined
  readonly changes: 'listen' | { readonly pollEveryMs: number }
  readonly runtime: Pick<Runtime, 'sleep' | 'random'>
}

/** How processes on one PostgreSQL database hear of each other. Nothing is opened before it is asked for. */
export function postgresProcesses(options: PostgresProcessesOptions): ProcessSupport {
  const { changes, runtime } = options
  const locks = postgresLocks(options)
  const listener = new ChangeListener(options)
  const closing = new AbortController()
  const polls = new Set<Promise<void>>()
  const poll = async (request: WatchRequest, everyMs: number): Promise<StopWatching> => {
    const stopping = new AbortController()
    const signal = AbortSignal.any([closing.signal, stopping.signal])
    const polling = pollChanges(request, { everyMs, closing: signal, sleep: runtime.sleep })
    polls.add(polling)
    return async () => {
      stopping.abort()
      await polling
      polls.delete(polling)
    }
  }
  return {
    watch: (request) =>
      changes === 'listen' ? listener.watch(request) : poll(request, changes.pollEveryMs),
    tryLock: (name, call) => locks.tryLock(name, call),
    close: async () => {
      closing.abort()
      locks.close()
      await listener.close()
      await Promise.all(polls)
    },
  }
}
