import { budgetWindow } from '@imrs/core'
import type { BudgetPeriod, BudgetRule } from '@imrs/core'
import { expect, it } from 'vitest'

import { TENANT, counted, reserve, rule, settle, usageOf } from './budget-samples.ts'
import { AT, ODD_TEXT, newId } from './samples.ts'
import { errorOf, openStore } from './setup.ts'
import type { StoreContractSetup } from './setup.ts'

/** What is counted, for whom and for how long. */
export function budgetWindowContract(setup: StoreContractSetup): void {
  it.each<BudgetPeriod>(['minute', 'day', 'month'])(
    'counts anew with every %s, and settles in the window of the reservation',
    async (period) => {
      const store = await openStore(setup)
      await store.budgets.put(rule({ period }))
      const { startMs, endMs } = budgetWindow(period, AT)
      const now = { windowStartMs: startMs, windowEndMs: endMs, amount: 1_000 }
      const following = budgetWindow(period, endMs)
      const next = { windowStartMs: following.startMs, windowEndMs: following.endMs, amount: 900 }
      const id = newId()
      await reserve(store, { id, charges: [now] })
      expect((await reserve(store, { charges: [now] })).kind).toBe('refused')
      expect((await reserve(store, { charges: [next] })).kind).toBe('reserved')
      await settle(store, id, { r: 700 })
      expect(await counted(store, 'r', endMs - 1)).toBe('700 + 0')
      expect(await counted(store, 'r', endMs)).toBe('0 + 900')
      expect(await usageOf(store, 'r', startMs)).toMatchObject([
        { windowStartMs: startMs, windowEndMs: endMs },
      ])
      expect(await usageOf(store, 'r', startMs - 1)).toEqual([])
    },
  )

  it('forgets windows that are long over, but none in which something is reserved', async () => {
    const store = await openStore(setup)
    await store.budgets.put(rule({ period: 'minute' }))
    const { startMs, endMs } = budgetWindow('minute', AT)
    const now = { windowStartMs: startMs, windowEndMs: endMs }
    const id = newId()
    await reserve(store, { id, charges: [now], expiresAtMs: endMs + 3_600_000 })
    const over = { atMs: endMs + 120_000, limit: 1 }
    await store.budgets.expire(over)
    expect(await counted(store)).toBe('0 + 100')
    await settle(store, id, { r: 50 })
    await store.budgets.expire({ ...over, atMs: over.atMs - 1 })
    expect(await counted(store)).toBe('50 + 0')
    await store.budgets.expire(over)
    expect(await counted(store)).toBe('0 + 0')
  })

  it('keeps what was used when only the limit or the subject changes', async () => {
    const store = await openStore(setup)
    await store.budgets.put(rule())
    const id = newId()
    await reserve(store, { id, charges: [{ amount: 300 }] })
    await reserve(store, { charges: [{ amount: 200 }] })
    await settle(store, id)
    await store.budgets.put(rule({ limit: 400, subject: '*' }))
    expect(await usageOf(store)).toMatchObject([{ used: 300, reserved: 200, subject: TENANT }])
    const refused = await reserve(store, { charges: [{ limit: 400, amount: 1 }] })
    expect(refused).toMatchObject({ kind: 'refused', used: 300, reserved: 200 })
    expect((await reserve(store, { charges: [{ limit: 501, amount: 1 }] })).kind).toBe('reserved')
  })

  it.each<Partial<BudgetRule>>([{ unit: 'requests' }, { period: 'month' }, { scope: 'agent' }])(
    'begins at nothing when %j is another',
    async (change) => {
      const store = await openStore(setup)
      const firstOfMonth = Date.UTC(2026, 2, 1)
      const { startMs, endMs } = budgetWindow('day', firstOfMonth)
      const today = { windowStartMs: startMs, windowEndMs: endMs }
      await store.budgets.put(rule())
      const [settled, open] = [newId(), newId()]
      for (const id of [settled, open]) await reserve(store, { id, charges: [today] })
      await settle(store, settled)
      await store.budgets.put(rule(change))
      expect(await counted(store, 'r', firstOfMonth)).toBe('0 + 0')
      await reserve(store, { charges: [{ ...today, amount: 7 }] })
      await settle(store, open, { r: 5 })
      expect(await counted(store, 'r', firstOfMonth)).toBe('0 + 7')
    },
  )

  it('lists what subjects used, rule by rule, those with most first', async () => {
    const store = await openStore(setup)
    await store.budgets.put(rule({ id: 'b', scope: 'user', subject: '*' }))
    await store.budgets.put(rule({ id: 'a', scope: 'agent', subject: ODD_TEXT }))
    const amounts = { u1: 5, u2: 50, u3: 5, u4: 20 }
    for (const [subject, amount] of Object.entries(amounts)) {
      await reserve(store, { charges: [{ ruleId: 'b', subject, amount }] })
    }
    const id = newId()
    await reserve(store, { id, charges: [{ ruleId: 'a', subject: ODD_TEXT, amount: 1 }] })
    const gone = newId()
    await reserve(store, { id: gone, charges: [{ ruleId: 'b', subject: 'u9' }] })
    await store.budgets.release({ tenantId: TENANT, reservationId: gone })
    const subjects = async (query: object): Promise<readonly string[]> =>
      (await store.budgets.usage({ tenantId: TENANT, atMs: AT, ...query })).map(
        ({ subject }) => subject,
      )
    expect(await subjects({})).toEqual([ODD_TEXT, 'u2', 'u4', 'u1', 'u3'])
    expect(await subjects({ limit: 2 })).toEqual([ODD_TEXT, 'u2'])
    expect(await subjects({ scope: 'user', limit: 1 })).toEqual(['u2'])
    expect(await subjects({ ruleId: 'a' })).toEqual([ODD_TEXT])
    expect(await subjects({ tenantId: 'tenant-2' })).toEqual([])
    for (const limit of [0, 1_001, 0.5]) {
      expect(await errorOf(subjects({ limit }))).toMatchObject({ code: 'invalid-request' })
    }
  })

  it('keeps tenants, rules and subjects apart', async () => {
    const store = await openStore(setup)
    for (const tenantId of [TENANT, 'tenant-2']) {
      await store.budgets.put(rule({ tenantId, scope: 'user', subject: '*' }))
    }
    const id = newId()
    const all = [{ subject: 'u1', amount: 1_000 }]
    expect((await reserve(store, { id, charges: all })).kind).toBe('reserved')
    expect((await reserve(store, { charges: all })).kind).toBe('refused')
    expect((await reserve(store, { charges: [{ subject: 'U1', amount: 1_000 }] })).kind).toBe(
      'reserved',
    )
    const theirs = { id, tenantId: 'tenant-2', charges: all }
    expect((await reserve(store, theirs)).kind).toBe('reserved')
    await settle(store, id, { r: 3 })
    const usage = await store.budgets.usage({ tenantId: 'tenant-2', atMs: AT })
    expect(usage).toMatchObject([{ subject: 'u1', used: 0, reserved: 1_000 }])
    await store.budgets.delete({ tenantId: TENANT, ruleId: 'r' })
    expect(await store.budgets.usage({ tenantId: 'tenant-2', atMs: AT })).toEqual(usage)
  })
}
