import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

import { systemRuntime } from '@imrs/core'
import type { Runtime } from '@imrs/core'
import { createRouter } from '@imrs/router'
import { memorySecrets } from '@imrs/secrets'
import { sqliteStore } from '@imrs/store-sqlite'
import { fakeProvider } from '@imrs/testing/host'

import { openServedDoor } from '../../__fixtures__/served-door.ts'

/** What the process of the door holds. Of two moments at rest all but the heap are the same. */
export interface Held {
  readonly heapBytes: number
  readonly connections: number
  /** Waits of the door that have not ended: timers of streams. */
  readonly sleeps: number
  /** Answers that have begun and not ended. */
  readonly openAnswers: number
  /** Calls to the model that have begun and not ended. */
  readonly openCalls: number
}

export interface SoakDoor {
  readonly baseUrl: string
  /** After a collection of garbage. */
  readonly held: () => Promise<Held>
  readonly close: () => Promise<void>
}

export interface SoakDoorOptions {
  /** Of a SQLite file. Default: in memory. */
  readonly path?: string | undefined
  /** When a client that sends no headers is cut. Good ones are met as well while the whole process stands still. */
  readonly headersTimeoutMs: number
}

/** Asked for by prompts: it says one word and then nothing until the caller leaves. */
export const HANGS = 'hang'

/** A door over a model that answers at once, on a SQLite file or in memory. */
export async function openSoakDoor({
  path = ':memory:',
  headersTimeoutMs,
}: SoakDoorOptions): Promise<SoakDoor> {
  let openCalls = 0
  let openAnswers = 0
  const provider = fakeProvider({
    models: ['small', 'large'],
    answer: ({ messages }) => {
      const hangs = JSON.stringify(messages).includes(HANGS)
      return hangs ? { text: 'one', hangs } : { text: ['one ', 'two ', 'three ', 'four ', 'five'] }
    },
  })
  const router = await createRouter({
    store: sqliteStore({ path }),
    secrets: memorySecrets(),
    providers: [provider.definition],
    unconfiguredAgents: 'all',
  })
  router.on('decision-made', () => {
    openAnswers += 1
    openCalls += 1
  })
  router.on('answer-ended', () => (openAnswers -= 1))
  router.on('attempt-ended', () => (openCalls -= 1))
  const { runtime, sleeps } = counted(systemRuntime)
  const door = await openServedDoor(router, { runtime, serve: { headersTimeoutMs } })
  return {
    baseUrl: door.baseUrl,
    held: async () => {
      // The fake remembers every call, which is none of the door's doing.
      ;(provider.calls as unknown[]).length = 0
      const heapBytes = await heapAfterCollection()
      return { heapBytes, connections: await door.connections(), sleeps: sleeps(), openAnswers, openCalls }
    },
    close: async () => {
      await door.close()
      await router.close()
    },
  }
}

/** A runtime that knows how many wait in it. */
function counted(runtime: Runtime): { readonly runtime: Runtime; readonly sleeps: () => number } {
  let sleeping = 0
  const sleep: Runtime['sleep'] = async (...asked) => {
    sleeping += 1
    try {
      await runtime.sleep(...asked)
    } finally {
      sleeping -= 1
    }
  }
  return { runtime: { ...runtime, sleep }, sleeps: () => sleeping }
}

async function heapAfterCollection(): Promise<number> {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  for (let round = 0; round < 4; round += 1) {
    // What waits for a turn of the event loop or for a finaliser has it.
    await systemRuntime.sleep(20)
    collect()
  }
  return process.memoryUsage().heapUsed
}
