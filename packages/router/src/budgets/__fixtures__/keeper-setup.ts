import type { BudgetRule, Model, RouterEvent, Store } from '@imrs/core'
import { createTestRuntime, memoryStore } from '@imrs/testing/host'
import type { TestRuntime } from '@imrs/testing/host'

import { switchableStore } from '../../__fixtures__/switchable-store.ts'
import type { SwitchableStore } from '../../__fixtures__/switchable-store.ts'
import { BudgetKeeper } from '../budget-keeper.ts'
import type { WhenBudgetsUnavailable } from '../budget-keeper.ts'
import type { BudgetedCall } from '../budgeted-call.ts'

/** 2026-03-14T09:26:53.589Z, in the middle of a month. */
export const AT: number = Date.UTC(2026, 2, 14, 9, 26, 53, 589)
export const LIFETIME_MS = 660_000

/** A model at one dollar per 1,000,000 tokens, in and out. */
export function aModel(name: string, fields: Partial<Model> = {}): Model {
  return {
    id: `p/${name}`,
    providerId: 'p',
    externalId: name,
    displayName: `Model ${name}`,
    modelType: 'chat',
    capabilities: ['text'],
    pricing: { input: '1', output: '1' },
    isAvailable: true,
    metadata: {},
    priority: 50,
    domains: [],
    origin: 'sync',
    createdAtMs: 0,
    updatedAtMs: 0,
    ...fields,
  }
}

/** Ten requests a day for the whole tenant. */
export function aRule(fields: Partial<BudgetRule> = {}): BudgetRule {
  return {
    tenantId: 't',
    id: 'daily',
    scope: 'tenant',
    subject: fields.tenantId ?? 't',
    unit: 'requests',
    period: 'day',
    limit: 10,
    createdAtMs: AT,
    updatedAtMs: AT,
    ...fields,
  }
}

export interface KeeperSetup {
  readonly keeper: BudgetKeeper
  readonly runtime: TestRuntime
  /** The real one. */
  readonly store: Store
  readonly switchable: SwitchableStore
  readonly events: readonly RouterEvent[]
  /** A call of an id of its own, now. */
  readonly call: (fields?: Partial<BudgetedCall>) => BudgetedCall
  /** What is counted of a rule now, as `used + reserved`. */
  readonly counted: (ruleId?: string) => Promise<string>
  /** Another keeper on the same store. */
  readonly another: () => BudgetKeeper
}

/** A store that gives rows that are new objects each time, as databases do. */
function withFreshRows(store: Store): Store {
  const list: Store['budgets']['list'] = async (query, options) =>
    structuredClone(await store.budgets.list(query, options))
  return { ...store, budgets: { ...store.budgets, list } }
}

/** A keeper that has read the rules. */
export async function makeKeeper(
  rules: readonly BudgetRule[],
  whenUnavailable: WhenBudgetsUnavailable = 'refuse',
): Promise<KeeperSetup> {
  const runtime = createTestRuntime({ start: AT })
  const store = memoryStore()
  const switchable = switchableStore(withFreshRows(store))
  const events: RouterEvent[] = []
  const emit = (event: RouterEvent): void => void events.push(event)
  for (const rule of rules) await store.budgets.put(rule)
  const options = { runtime, emit, whenUnavailable, lifetimeMs: LIFETIME_MS }
  const another = (): BudgetKeeper => new BudgetKeeper({ ...options, store: switchable.store })
  const keeper = another()
  await keeper.start()
  await keeper.settled()
  return {
    keeper,
    runtime,
    store,
    switchable,
    events,
    another,
    call: (fields = {}) => ({
      attemptId: runtime.newId(),
      tenantId: 't',
      agentId: 'a',
      userId: 'u',
      model: aModel('m'),
      inputTokens: 100,
      atMs: runtime.now(),
      ...fields,
    }),
    counted: async (ruleId = 'daily') => {
      const query = { tenantId: 't', atMs: runtime.now(), ruleId }
      const [row] = await store.budgets.usage(query)
      return `${row?.used ?? 0} + ${row?.reserved ?? 0}`
    },
  }
}
