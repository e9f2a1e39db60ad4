import { BUDGETS_TOPIC, budgetWindow } from '@imrs/core'
import type { BudgetPeriod, BudgetRule } from '@imrs/core'
import { expect, it, onTestFinished } from 'vitest'

import { EXPIRES, TENANT, counted, reserve, rule, settle, usageOf } from './budget-samples.ts'
import { AT, ODD_TEXT, attempt, message, newId } from './samples.ts'
import { errorOf, openFor, openStore } from './setup.ts'
import type { StoreContractSetup } from './setup.ts'

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
