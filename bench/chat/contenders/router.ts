import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { ChatRequest, Store } from '@imrs/core'
import { openaiCompatible } from '@imrs/providers'
import { createRouter } from '@imrs/router'
import type { Router } from '@imrs/router'
import { memorySecrets } from '@imrs/secrets'
import { postgresStore } from '@imrs/store-postgres'
import { sqliteStore } from '@imrs/store-sqlite'

import { KEY, QUESTION } from '../contender.ts'
import type { Contender, Course } from '../contender.ts'
import { MODEL, baseUrlOf } from '../server-mode.ts'

/** A user with a stored choice, which is in the cache; everybody else's is the router's. */
const USER = 'user-with-a-choice'
const PROVIDER = 'bench'

interface Setup {
  readonly wish: Pick<ChatRequest, 'model' | 'userId'>
  /** The caller's, for every call. Default: none. */
  readonly signal?: AbortSignal | undefined
  readonly setUp?: ((router: Router) => Promise<void>) | undefined
}

/** The usual case: a user who chose a model, SQLite on the disk, default durability, no budget. */
export function routerChat(course: Course, signal?: AbortSignal): Promise<Contender> {
  return onSqlite(course, { wish: { userId: USER }, signal })
}

/** The router chooses among 64 models and writes down all of them. */
export function routerAuto(course: Course): Promise<Contender> {
  return onSqlite(course, { wish: { model: 'auto' } })
}

/** The usual case under a limit of money, which every request reserves of and settles. */
export function routerBudget(course: Course): Promise<Contender> {
  const limit = { scope: 'tenant', unit: 'usd', period: 'month', limit: 1_000_000 } as const
  return onSqlite(course, {
    wish: { userId: USER },
    setUp: async (router) => void (await router.budgets.set({ id: 'month', ...limit })),
  })
}

/** The usual case on PostgreSQL, on this machine and without `fsync`. */
export async function routerPostgres(course: Course): Promise<Contender | undefined> {
  if (course.postgresUrl === undefined) return undefined
  const store = postgresStore({ connectionString: course.postgresUrl })
  const router = await openRouter(course, store)
  return { call: caller(router, course, { wish: { userId: USER } }), close: () => router.close() }
}

async function onSqlite(course: Course, { wish, signal, setUp }: Setup): Promise<Contender> {
  const folder = mkdtempSync(join(tmpdir(), 'imrs-bench-'))
  const router = await openRouter(course, sqliteStore({ path: join(folder, 'imrs.db') }))
  await setUp?.(router)
  return {
    call: caller(router, course, { wish, signal }),
    close: async () => {
      await router.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A router with the one provider of the course, and a user who chose {@link MODEL}. */
async function openRouter({ serverUrl, mode }: Course, store: Store): Promise<Router> {
  const router = await createRouter({
    store,
    secrets: memorySecrets({ [PROVIDER]: KEY }),
    providers: [openaiCompatible({ id: PROVIDER, apiBase: baseUrlOf(serverUrl, mode) })],
    unconfiguredAgents: 'all',
  })
  await router.preferences.set({ userId: USER, model: `${PROVIDER}/${MODEL}` })
  return router
}

function caller(router: Router, { mode }: Course, { wish, signal }: Setup): Contender['call'] {
  const messages = [{ role: 'user', content: QUESTION }] as const
  const request: ChatRequest = { messages, stream: mode.isStreamed, ...wish }
  return async (onText) => {
    const { parts } = await router.chat(request, { signal })
    for await (const part of parts) {
      if (part.type === 'text-delta') onText(part.text)
      else if (part.type === 'error' || part.type === 'warning') throw new Error(part.message)
    }
  }
}
