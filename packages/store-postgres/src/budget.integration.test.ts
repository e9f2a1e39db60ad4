import { budgetWindow, seededRandom, systemRuntime } from '@imrs/core'
import type { BudgetRule, Store } from '@imrs/core'
import { expect, it, onTestFinished } from 'vitest'

import { openTestDatabase } from './__fixtures__/test-database.ts'
import { postgresStore } from './postgres-store.ts'

const STORES = 8
/** How many attempts of one store go on at the same time, each on a connection. */
const AT_ONCE = 5
const ATTEMPTS = 10_000
const LIMIT = 1_000
const LARGEST_AMOUNT = 5

const rule: BudgetRule = {
  tenantId: 't',
  id: 'daily',
  scope: 'tenant',
  subject: 't',
  unit: 'tokens',
  period: 'day',
  limit: LIMIT,
  createdAtMs: 0,
  updatedAtMs: 0,
}

const random = seededRandom(7)
const upTo = (most: number): number => Math.floor(random() * (most + 1))

/** What one attempt used, or abandoned, or nothing when it was refused. */
async function attempt(store: Store): Promise<{ used: number; abandoned: number }> {
  const { tenantId, id: ruleId, subject } = rule
  const { startMs: windowStartMs, endMs: windowEndMs } = budgetWindow('day', 0)
  const amount = 1 + upTo(LARGEST_AMOUNT - 1)
  const id = systemRuntime.newId()
  const charges = [{ ruleId, subject, windowStartMs, windowEndMs, limit: LIMIT, amount }]
  const outcome = await store.budgets.reserve({ id, tenantId, charges, expiresAtMs: 1 })
  if (outcome.kind === 'refused') return { used: 0, abandoned: 0 }
  if (upTo(49) === 0) return { used: 0, abandoned: amount }
  const used = upTo(amount)
  const settlements = [{ tenantId, reservationId: id, actual: [{ ruleId, amount: used }] }]
  await store.ledger.append({ decisions: [], attempts: [], messages: [], settlements })
  return { used, abandoned: 0 }
}

it('is not overspent by a unit by eight stores of their own connections with 10,000 attempts', async () => {
  const database = await openTestDatabase()
  onTestFinished(database.drop)
  const stores = Array.from({ length: STORES }, () =>
    postgresStore({ connectionString: database.url }),
  )
  onTestFinished(async () => void (await Promise.all(stores.map((store) => store.close()))))
  const [store] = stores
  if (store === undefined) throw new Error('There is no store')
  await store.migrate()
  await store.budgets.put(rule)

  const sums = { attempts: 0, used: 0, abandoned: 0 }
  const spend = async (own: Store): Promise<void> => {
    for (let count = 0; count < ATTEMPTS / STORES / AT_ONCE; count += 1) {
      const { used, abandoned } = await attempt(own)
      sums.attempts += 1
      sums.used += used
      sums.abandoned += abandoned
    }
  }
  await Promise.all(stores.flatMap((own) => Array.from({ length: AT_ONCE }, () => spend(own))))
  expect(sums.attempts).toBe(ATTEMPTS)
  expect(sums.used + sums.abandoned).toBe(LIMIT)
  const query = { tenantId: rule.tenantId, atMs: 0 }
  expect(await store.budgets.usage(query)).toMatchObject([
    { used: sums.used, reserved: sums.abandoned, assumed: 0 },
  ])
  await store.budgets.expire({ atMs: 1, limit: 1_000 })
  expect(await store.budgets.usage(query)).toMatchObject([
    { used: LIMIT, reserved: 0, assumed: sums.abandoned },
  ])
}, 120_000)
