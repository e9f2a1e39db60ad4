import { budgetWindow } from '@imrs/core'
import { expect, it } from 'vitest'

import { EXPIRES, TENANT, counted, reserve, rule, settle, usageOf } from './budget-samples.ts'
import { AT, attempt, message, newId } from './samples.ts'
import { errorOf, openStore } from './setup.ts'
import type { StoreContractSetup } from './setup.ts'

/** What becomes of what was set aside. */
export function budgetSettlementContract(setup: StoreContractSetup): void {
  it('gives a reservation back, once', async () => {
    const store = await openStore(setup)
    await store.budgets.put(rule())
    const [id, other] = [newId(), newId()]
    await reserve(store, { id })
    await reserve(store, { id: other })
    const key = { tenantId: TENANT, reservationId: id }
    await store.budgets.release({ ...key, tenantId: 'tenant-2' })
    expect(await counted(store)).toBe('0 + 200')
    await store.budgets.release(key)
    await store.budgets.release(key)
    await settle(store, id, { r: 70 })
    expect(await counted(store)).toBe('0 + 100')
    await settle(store, other, { r: 70 })
    await store.budgets.release({ ...key, reservationId: other })
    expect(await counted(store)).toBe('70 + 0')
  })

  it.each([
    ['less than', 30],
    ['nothing of', 0],
    ['all of', 100],
    ['more than', 5_000],
  ])('settles %s what was reserved', async (_how, amount) => {
    const store = await openStore(setup)
    await store.budgets.put(rule())
    const id = newId()
    await reserve(store, { id })
    await settle(store, id, { r: amount })
    expect(await counted(store)).toBe(`${amount} + 0`)
    await settle(store, id, { r: amount })
    expect(await counted(store)).toBe(`${amount} + 0`)
    const left = await reserve(store, { charges: [{ amount: 1_000 - Math.min(999, amount) }] })
    expect(left.kind).toBe(amount > 1_000 ? 'refused' : 'reserved')
  })

  it('settles a rule that is not named at what was reserved', async () => {
    const store = await openStore(setup)
    for (const id of ['r', 's']) await store.budgets.put(rule({ id }))
    const id = newId()
    await reserve(store, { id, charges: [{}, { ruleId: 's' }] })
    await settle(store, id, { s: 40, unknown: 9 })
    expect(await counted(store)).toBe('100 + 0')
    expect(await counted(store, 's')).toBe('40 + 0')
    expect((await usageOf(store))[0]?.assumed).toBe(0)
  })

  it('settles many in one batch, together with the rows that say so, and replays it', async () => {
    const store = await openStore(setup)
    for (const id of ['r', 's']) await store.budgets.put(rule({ id, limit: 100_000 }))
    const ids = Array.from({ length: 300 }, () => newId())
    const charges = [{ limit: 100_000 }, { ruleId: 's', limit: 100_000 }]
    for (const id of ids) await reserve(store, { id, charges })
    const sent = message()
    const attempts = ids.map((id, index) => attempt(sent.id, { id, position: index + 1 }))
    const settlements = ids.map((reservationId, index) => ({
      tenantId: TENANT,
      reservationId,
      actual: [{ ruleId: 'r', amount: index }],
    }))
    const batch = { decisions: [], attempts, messages: [sent], settlements }
    await Promise.all([store.ledger.append(batch), store.ledger.append(batch)])
    await store.ledger.append(batch)
    expect(await counted(store)).toBe(`${(299 * 300) / 2} + 0`)
    expect(await counted(store, 's')).toBe('30000 + 0')
  })

  it('settles nothing of a batch that was not written', async () => {
    const store = await openStore(setup)
    await store.budgets.put(rule())
    const id = newId()
    await reserve(store, { id })
    const settlements = [{ tenantId: TENANT, reservationId: id, actual: [] }]
    const batch = { decisions: [], attempts: [], messages: [message()], settlements }
    const signal = AbortSignal.abort('enough')
    expect(await errorOf(store.ledger.append(batch, { signal }))).toBe('enough')
    expect(await counted(store)).toBe('0 + 100')
  })

  it('settles what expired at what it reserved, and gives it to one caller only', async () => {
    const store = await openStore(setup)
    for (const id of ['r', 's']) await store.budgets.put(rule({ id }))
    const ids = Array.from({ length: 6 }, () => newId())
    for (const [index, id] of ids.entries()) {
      const charges = [{ amount: 10 + index }, { ruleId: 's', amount: 1 }]
      await reserve(store, { id, charges, expiresAtMs: EXPIRES + index })
    }
    const early = { atMs: EXPIRES - 1, limit: 10 }
    expect(await store.budgets.expire(early)).toEqual([])
    const given = { atMs: EXPIRES + 4, limit: 10 }
    const all = await Promise.all(Array.from({ length: 5 }, () => store.budgets.expire(given)))
    const expired = all.flat().sort((left, right) => left.expiresAtMs - right.expiresAtMs)
    expect(expired.map(({ id }) => id)).toEqual(ids.slice(0, 5))
    const windowStartMs = budgetWindow('day', AT).startMs
    expect(expired[1]).toStrictEqual({
      id: ids[1],
      tenantId: TENANT,
      holds: [
        { ruleId: 'r', subject: TENANT, windowStartMs, amount: 11 },
        { ruleId: 's', subject: TENANT, windowStartMs, amount: 1 },
      ],
      expiresAtMs: EXPIRES + 1,
    })
    expect(await usageOf(store)).toMatchObject([{ used: 60, assumed: 60, reserved: 15 }])
    expect(await counted(store, 's')).toBe('5 + 1')
    await settle(store, ids[0] ?? '', { r: 0 })
    expect(await counted(store)).toBe('60 + 15')
  })

  it('expires what expired first, as many as asked', async () => {
    const store = await openStore(setup)
    const ids = [newId(), newId(), newId()]
    const charges = [{}, { ruleId: 's' }]
    for (const [index, id] of ids.entries()) {
      await reserve(store, { id, charges, expiresAtMs: EXPIRES + ((index + 2) % 3) })
    }
    const atMs = EXPIRES + 10
    const next = async (limit: number): Promise<readonly string[]> =>
      (await store.budgets.expire({ atMs, limit })).map(({ id }) => id)
    expect(await next(2)).toEqual([ids[1], ids[2]])
    expect(await next(2)).toEqual([ids[0]])
    expect(await next(2)).toEqual([])
    for (const limit of [0, 1_001, 1.5]) {
      expect(await errorOf(store.budgets.expire({ atMs, limit }))).toMatchObject({
        code: 'invalid-request',
      })
    }
  })
}
