import { BUDGETS_TOPIC, budgetWindow } from '@imrs/core'
import { expect, it, onTestFinished } from 'vitest'

import { TENANT, counted, reserve, rule, settle, usageOf } from './budget-samples.ts'
import { AT, ODD_TEXT, newId } from './samples.ts'
import { openFor, openStore } from './setup.ts'
import type { StoreContractSetup } from './setup.ts'

/** Rules, and what is set aside under them. */
export function budgetContract(setup: StoreContractSetup): void {
  it('gives rules back as they were put, by tenant and id', async () => {
    const store = await openStore(setup)
    const full = rule({ id: ODD_TEXT, scope: 'model', subject: `p/${ODD_TEXT}`, limit: 0 })
    const money = rule({ id: 'B', unit: 'nano-usd', period: 'month', limit: 9_000_000_000_000_000 })
    const theirs = rule({ tenantId: 'tenant-0', id: 'z', scope: 'user', subject: '*' })
    for (const each of [full, rule(), money, theirs]) await store.budgets.put(each)
    const own = [money, rule(), full].sort((left, right) => (left.id < right.id ? -1 : 1))
    expect(await store.budgets.list({ tenantId: TENANT })).toStrictEqual(own)
    expect(await store.budgets.list()).toStrictEqual([theirs, ...own])
    await store.budgets.put(rule({ limit: 7, createdAtMs: AT + 5, updatedAtMs: AT + 5 }))
    const changed = rule({ limit: 7, updatedAtMs: AT + 5 })
    expect(await store.budgets.list({ tenantId: TENANT })).toContainEqual(changed)
  })

  it('deletes a rule once, with what was counted for it, and says so', async () => {
    const store = await openStore(setup)
    const id = newId()
    await store.budgets.put(rule())
    await reserve(store, { id, charges: [{}, { ruleId: 'other' }] })
    const key = { tenantId: TENANT, ruleId: 'r' }
    expect(await store.budgets.delete({ ...key, tenantId: 'tenant-2' })).toBe(false)
    expect(await store.budgets.delete(key)).toBe(true)
    expect(await store.budgets.delete(key)).toBe(false)
    expect(await store.budgets.list()).toEqual([])
    await store.budgets.put(rule())
    await store.budgets.put(rule({ id: 'other' }))
    await reserve(store)
    await settle(store, id)
    expect(await counted(store)).toBe('0 + 100')
    expect(await counted(store, 'other')).toBe('0 + 0')
  })

  it('audits rules when it is told who, and raises the version of the topic', async () => {
    const store = await openStore(setup)
    await store.budgets.put(rule(), { audit: { by: 'ann', atMs: AT } })
    await store.budgets.put(rule({ limit: 5 }))
    const key = { tenantId: TENANT, ruleId: 'r' }
    await store.budgets.delete(key, { audit: { by: 'bob', atMs: AT + 1 } })
    await store.budgets.delete(key, { audit: { by: 'bob', atMs: AT + 2 } })
    const [deleted, put, ...others] = await store.audit.list({ tenantId: TENANT })
    expect(deleted).toMatchObject({ action: 'budget-deleted', actor: 'bob', subject: 'r' })
    expect(put).toMatchObject({ action: 'budget-put', actor: 'ann', subject: 'r', atMs: AT })
    expect(put?.details).toEqual({
      scope: 'tenant',
      subject: TENANT,
      unit: 'tokens',
      period: 'day',
      limit: 1_000,
    })
    expect(others).toEqual([])
    expect(await store.changes.versions([BUDGETS_TOPIC])).toEqual([3])
  })

  it('reserves what fits, to the last unit, and refuses the rest with what is left', async () => {
    const store = await openStore(setup)
    await store.budgets.put(rule())
    const [first] = [newId()]
    expect(await reserve(store, { id: first, charges: [{ amount: 600 }] })).toEqual({
      kind: 'reserved',
    })
    expect(await reserve(store, { charges: [{ amount: 401 }] })).toEqual({
      kind: 'refused',
      ruleId: 'r',
      used: 0,
      reserved: 600,
      resetsAtMs: budgetWindow('day', AT).endMs,
    })
    expect(await reserve(store, { charges: [{ amount: 400 }] })).toEqual({ kind: 'reserved' })
    await settle(store, first, { r: 600 })
    expect(await reserve(store, { charges: [{ amount: 1 }] })).toMatchObject({
      kind: 'refused',
      used: 600,
      reserved: 400,
    })
    expect(await reserve(store, { charges: [{ amount: 0 }] })).toEqual({ kind: 'reserved' })
    expect(await counted(store)).toBe('600 + 400')
  })

  it('refuses what no window could hold, and leaves nothing behind', async () => {
    const store = await openStore(setup)
    await store.budgets.put(rule())
    const refused = { kind: 'refused', used: 0, reserved: 0 }
    expect(await reserve(store, { charges: [{ amount: 1_001 }] })).toMatchObject(refused)
    expect(await reserve(store, { charges: [{ limit: 0, amount: 1 }] })).toMatchObject(refused)
    expect(await usageOf(store)).toEqual([])
    expect(await reserve(store, { charges: [] })).toEqual({ kind: 'reserved' })
  })

  it('lets exactly as many through as fit when 50 come together', async () => {
    const { store, openAgain } = await openFor(setup)
    const other = setup.without?.['shared-data'] === undefined ? await openAgain?.() : undefined
    if (other !== undefined) onTestFinished(() => other.close())
    await store.budgets.put(rule())
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        reserve(index % 2 === 0 ? store : (other ?? store), { charges: [{ amount: 72 }] }),
      ),
    )
    expect(outcomes.filter(({ kind }) => kind === 'reserved')).toHaveLength(13)
    expect(await counted(store)).toBe('0 + 936')
  })

  it('takes all rules or none, whichever of them refuses', async () => {
    const store = await openStore(setup)
    for (const id of ['a', 'b', 'c']) await store.budgets.put(rule({ id }))
    for (const tight of ['a', 'b', 'c']) {
      const charges = ['c', 'a', 'b'].map((ruleId) =>
        ruleId === tight ? { ruleId, limit: 99 } : { ruleId },
      )
      expect(await reserve(store, { charges })).toMatchObject({ kind: 'refused', ruleId: tight })
    }
    for (const id of ['a', 'b', 'c']) expect(await counted(store, id)).toBe('0 + 0')
    const charges = ['c', 'a', 'b'].map((ruleId, index) => ({ ruleId, amount: index + 1 }))
    expect(await reserve(store, { charges })).toEqual({ kind: 'reserved' })
    expect(await Promise.all(['a', 'b', 'c'].map((id) => counted(store, id)))).toEqual([
      '0 + 2',
      '0 + 3',
      '0 + 1',
    ])
    const both = [
      { ruleId: 'b', limit: 1 },
      { ruleId: 'a', limit: 1 },
    ]
    expect(await reserve(store, { charges: both })).toMatchObject({ ruleId: 'a', reserved: 2 })
  })

  it('never lets the sum of several rules through when calls with different ones race', async () => {
    const store = await openStore(setup)
    const ids = ['a', 'b', 'c', 'd']
    for (const id of ids) await store.budgets.put(rule({ id }))
    const outcomes = await Promise.all(
      Array.from({ length: 60 }, (_, index) => {
        const names = ids.filter((_id, place) => ((index >> place) & 1) === 1)
        const ordered = index % 2 === 0 ? names : names.toReversed()
        const charges = ordered.map((ruleId) => ({ ruleId, amount: 150 }))
        return reserve(store, { charges }).then(({ kind }) => ({ kind, names }))
      }),
    )
    for (const id of ids) {
      const through = outcomes.filter(
        ({ kind, names }) => kind === 'reserved' && names.includes(id),
      )
      expect(through.length).toBeLessThanOrEqual(6)
      expect(await counted(store, id)).toBe(`0 + ${through.length * 150}`)
    }
  })

  it('reserves once under one id, also when both come together', async () => {
    const store = await openStore(setup)
    await store.budgets.put(rule())
    const id = newId()
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => reserve(store, { id })))
    expect(new Set(outcomes.map(({ kind }) => kind))).toEqual(new Set(['reserved']))
    expect(await counted(store)).toBe('0 + 100')
    const more = [{}, { ruleId: 'later' }]
    expect(await reserve(store, { id, charges: more })).toEqual({ kind: 'reserved' })
    await store.budgets.put(rule({ id: 'later' }))
    expect(await counted(store, 'later')).toBe('0 + 0')
  })
}
