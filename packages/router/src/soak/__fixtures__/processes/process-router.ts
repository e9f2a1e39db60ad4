import type { Runtime, Store } from '@imrs/core'
import { anthropic, google, openRouter, openai, requesty } from '@imrs/providers'
import { memorySecrets } from '@imrs/secrets'
import { postgresStore } from '@imrs/store-postgres'
import { sqliteStore } from '@imrs/store-sqlite'
import type { SimulatedDialect } from '@imrs/testing/simulator'

import { createRouter } from '../../../create-router.ts'
import type { Router } from '../../../router.ts'
import type { SoakProvider } from '../messages.ts'
import { shuffled } from '../shuffled.ts'
import type { ProcessOptions } from './messages.ts'

const FACTORIES = { openrouter: openRouter, openai, requesty, google, anthropic } as const

/** The one tenant whose requests are counted, and how many it has. */
export const BUDGETED_TENANT = 'tenant-0'
export const BUDGET = { id: 'all', scope: 'tenant', unit: 'requests', period: 'month' } as const

/** How often lists are read, by whichever process. */
export const REFRESH_EVERY_MS = 2_000

/** Whose models are changed all the time; nobody asks it anything. */
export const WATCHED_AGENT = { tenantId: 'watched', agentId: 'watched' } as const

export interface ProcessRouter {
  readonly router: Router
  readonly store: Store
}

/** A router on the soak's store and providers, with cool-downs so short that somebody is always there. */
export async function processRouter(
  { store: where, providers }: Pick<ProcessOptions, 'store' | 'providers'>,
  runtime?: Runtime,
): Promise<ProcessRouter> {
  const declared = Object.entries(providers) as [SimulatedDialect, SoakProvider][]
  const store =
    where.kind === 'sqlite'
      ? sqliteStore({ path: where.path, busyTimeoutMs: 30_000 })
      : postgresStore({ connectionString: where.url })
  const router = await createRouter({
    secrets: memorySecrets(Object.fromEntries(declared.map(([id, { key }]) => [id, key]))),
    providers: declared.map(([dialect, { apiBase }]) =>
      FACTORIES[dialect]({ id: dialect, apiBase, policy: { backoffMs: 20 } }),
    ),
    store,
    unconfiguredAgents: 'all',
    strategy: shuffled(),
    breaker: { openMs: 100, longestOpenMs: 400, probeMs: 2_000 },
    timeouts: { headersMs: 20_000, firstPartMs: 20_000, idleMs: 20_000, totalMs: 30_000 },
    maxWaitMs: 500,
    refreshEveryMs: REFRESH_EVERY_MS,
    ...(runtime === undefined ? {} : { runtime }),
  })
  return { router, store }
}
