import type { Attempt, CallPlace, CallQuery, Store } from '@imrs/core'
import { expect, it } from 'vitest'

import { AGENT, AT, attempt, newId } from './samples.ts'
import { errorOf, openStore } from './setup.ts'
import type { StoreContractSetup } from './setup.ts'

const { tenantId } = AGENT
const MONTH_MS = 31 * 86_400_000

async function append(store: Store, attempts: readonly Attempt[]): Promise<void> {
  await store.ledger.append({ decisions: [], messages: [], attempts })
}

/** As many pages as it takes. */
async function allPages(store: Store, query: CallQuery): Promise<readonly Attempt[]> {
  const seen: Attempt[] = []
  for (let after: CallPlace | undefined = query.after, isDone = false; !isDone;) {
    const { items, next } = await store.ledger.listCalls({ ...query, after })
    expect(items.length).toBeLessThanOrEqual(query.limit ?? 100)
    seen.push(...items)
    after = next
    isDone = next === undefined
  }
  return seen
}

const newestFirst = (left: Attempt, right: Attempt): number =>
  right.startedAtMs - left.startedAtMs || (left.id < right.id ? 1 : -1)

export function callListContract(setup: StoreContractSetup): void {
  it('gives every call of a tenant once, newest first, however long the pages are', async () => {
    const store = await openStore(setup)
    // Some of the same moment, and in several months.
    const calls = Array.from({ length: 24 }, (_, index) =>
      attempt(newId(), { startedAtMs: AT - Math.floor(index / 5) * MONTH_MS, totalMs: index }),
    )
    await append(store, calls)
    await append(store, [attempt(newId(), { tenantId: 'tenant-2' })])
    const expected = calls.toSorted(newestFirst)
    for (const limit of [1, 2, 7, 24, 100]) {
      expect(await allPages(store, { tenantId, limit })).toStrictEqual(expected)
    }
    expect(await store.ledger.listCalls({ tenantId, limit: 24 })).not.toHaveProperty('next')
  })

  it('gives those of an agent, a user, a model and a period', async () => {
    const store = await openStore(setup)
    const calls = Array.from({ length: 16 }, (_, index) =>
      attempt(newId(), {
        startedAtMs: AT + index,
        agentId: index % 2 === 0 ? 'even' : 'odd',
        ...(index % 3 === 0 ? { userId: 'ann' } : {}),
        modelId: index % 4 === 0 ? 'p/a' : 'p/b',
      }),
    )
    await append(store, calls)
    const found = async (query: Omit<CallQuery, 'tenantId'>): Promise<readonly number[]> => {
      const items = await allPages(store, { ...query, tenantId, limit: 3 })
      return items.map(({ startedAtMs }) => startedAtMs - AT).toReversed()
    }
    expect(await found({ userId: 'ann' })).toEqual([0, 3, 6, 9, 12, 15])
    expect(await found({ agentId: 'odd', userId: 'ann' })).toEqual([3, 9, 15])
    expect(await found({ modelId: 'p/a' })).toEqual([0, 4, 8, 12])
    expect(await found({ fromMs: AT + 4, toMs: AT + 8 })).toEqual([4, 5, 6, 7])
    expect(await found({ modelId: 'p/a', fromMs: AT + 1, toMs: AT + 12 })).toEqual([4, 8])
    expect(await found({ userId: 'nobody' })).toEqual([])
  })

  it('finds few among many in the end, none left out and none twice', async () => {
    const store = await openStore(setup)
    const calls = Array.from({ length: 4_500 }, (_, index) =>
      attempt(newId(), {
        startedAtMs: AT + Math.floor(index / 3),
        userId: index % 1_000 === 7 ? 'rare' : 'common',
      }),
    )
    for (let first = 0; first < calls.length; first += 1_000) {
      await append(store, calls.slice(first, first + 1_000))
    }
    const rare = calls.filter(({ userId }) => userId === 'rare').toSorted(newestFirst)
    expect(rare).toHaveLength(5)
    for (const limit of [2, 100]) {
      const found = await allPages(store, { tenantId, userId: 'rare', limit })
      expect(found).toStrictEqual(rare)
    }
  })

  it.each([0, 1_001, 1.5])('refuses %d calls', async (limit) => {
    const store = await openStore(setup)
    expect(await errorOf(store.ledger.listCalls({ tenantId, limit }))).toMatchObject({
      code: 'invalid-request',
    })
  })
}
