import type { Runtime, Store } from '@imrs/core'
import { anthropic, google, openRouter, openai, requesty } from '@imrs/providers'
import { memorySecrets } from '@imrs/secrets'
import { sqliteStore } from '@imrs/store-sqlite'
import type { SimulatedDialect } from '@imrs/testing/simulator'

import { createRouter } from '../../create-router.ts'
import type { RouterOptions } from '../../options.ts'
import type { Router } from '../../router.ts'
import type { SoakProcessOptions, SoakProvider } from './messages.ts'
import { shuffled } from './shuffled.ts'

const FACTORIES = { openrouter: openRouter, openai, requesty, google, anthropic } as const

/** The one tenant with budgets; they are too large to refuse anything. */
export const BUDGETED_TENANT = 'tenant-0'
const ENOUGH = 1_000_000_000

export interface SoakRouter {
  readonly router: Router
  readonly store: Store
}

export interface SoakRouterOptions {
  readonly runtime: Runtime
  /** Whether it starts a second model beside one that is slow to begin. */
  readonly isHedging: boolean
}

/**
 * A router on the soak's file and providers. Its times are of the fast clock: the limits are wide
 * enough that a busy machine seldom reaches them.
 */
export async function soakRouter(
  options: SoakProcessOptions,
  { runtime, isHedging }: SoakRouterOptions,
): Promise<SoakRouter> {
  const { databasePath, spoolDirectory, providers, clock } = options
  const store = sqliteStore({ path: databasePath })
  const router = await createRouter({
    ...limitsOf(options),
    ...providersOf(Object.entries(providers) as [SimulatedDialect, SoakProvider][]),
    store,
    runtime,
    unconfiguredAgents: 'all',
    strategy: shuffled(),
    startTimeoutMs: 10_000 * clock.speed,
    ...(isHedging ? { hedging: { afterMs: 25 * clock.speed } } : {}),
    ...(spoolDirectory === undefined ? {} : { spool: { directory: spoolDirectory } }),
  })
  for (const unit of ['requests', 'tokens'] as const) {
    const budget = { id: unit, scope: 'tenant', unit, period: 'month', limit: ENOUGH } as const
    await router.budgets.set({ tenantId: BUDGETED_TENANT, ...budget })
  }
  return { router, store }
}

function providersOf(
  declared: readonly [SimulatedDialect, SoakProvider][],
): Pick<RouterOptions, 'providers' | 'secrets'> {
  return {
    secrets: memorySecrets(Object.fromEntries(declared.map(([id, { key }]) => [id, key]))),
    providers: declared.map(([dialect, { apiBase }]) =>
      FACTORIES[dialect]({ id: dialect, apiBase, policy: { backoffMs: 200 } }),
    ),
  }
}

function limitsOf({ clock: { speed }, patience = 1 }: SoakProcessOptions): Partial<RouterOptions> {
  const longer = speed * patience
  return {
    timeouts: {
      headersMs: 1_500 * longer,
      firstPartMs: 2_000 * longer,
      idleMs: 1_500 * longer,
      totalMs: 8_000 * longer,
    },
    // A few in a real second, so that it runs out now and then.
    retries: { budgetPerSecond: 5 / speed },
    maxWaitMs: 400 * speed,
  }
}
