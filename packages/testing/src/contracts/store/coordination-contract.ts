import { HEALTH_HINTS_TOPIC, MAX_HEALTH_HINTS } from '@imrs/core'
import type { HealthHint, PaceRequest, Store } from '@imrs/core'
import { expect, it, onTestFinished } from 'vitest'

import { AT } from './samples.ts'
import { errorOf, openFor, openStore } from './setup.ts'
import type { StoreContractSetup } from './setup.ts'

const hint = (changes: Partial<HealthHint> = {}): HealthHint => ({
  providerId: 'p',
  credentialId: 'c',
  modelId: 'p/a',
  failureKind: 'overloaded',
  openings: 1,
  openUntilMs: AT + 30_000,
  ...changes,
})

/** Ten a second, five of them at once. */
const pace = (changes: Partial<PaceRequest> = {}): PaceRequest => ({
  providerId: 'p',
  count: 1,
  spacingMs: 100,
  allowanceMs: 500,
  atMs: AT,
  ...changes,
})

async function openOther(setup: StoreContractSetup): Promise<readonly [Store, Store]> {
  const { store, openAgain } = await openFor(setup)
  if (setup.without?.['shared-data'] !== undefined) return [store, store]
  const other = await openAgain?.()
  if (other === undefined) throw new Error('`openAgain` is missing and not left out')
  onTestFinished(() => other.close())
  return [store, other]
}

export function coordinationContract(setup: StoreContractSetup): void {
  it('gives a name to one holder at a time, and to the next when it is given back', async () => {
    const [store, other] = await openOther(setup)
    const first = await store.coordination.tryLock('sync')
    expect(first?.signal.aborted).toBe(false)
    expect(await other.coordination.tryLock('sync')).toBeUndefined()
    expect(await store.coordination.tryLock('sync')).toBeUndefined()
    expect(await other.coordination.tryLock('another')).toBeDefined()
    await first?.release()
    await first?.release()
    expect(first?.signal.aborted).toBe(true)
    const second = await other.coordination.tryLock('sync')
    expect(second?.signal.aborted).toBe(false)
    expect(await store.coordination.tryLock('sync')).toBeUndefined()
  })

  it('gives a name to one of many that ask at once', async () => {
    const [store, other] = await openOther(setup)
    const asked = Array.from({ length: 10 }, (_, index) => (index % 2 === 0 ? store : other))
    const locks = await Promise.all(asked.map(({ coordination }) => coordination.tryLock('sync')))
    expect(locks.filter((lock) => lock !== undefined)).toHaveLength(1)
  })

  it('gives names back when it is closed', async () => {
    const [store, other] = await openOther(setup)
    const held = await store.coordination.tryLock('sync')
    if (store === other) return
    await store.close()
    expect(held?.signal.aborted).toBe(true)
    await expect.poll(() => other.coordination.tryLock('sync')).toBeDefined()
  })

  it.each(['', 'Sync', '../sync', 'a b', 'x'.repeat(42)])('refuses the name %j', async (name) => {
    const store = await openStore(setup)
    const error = await errorOf(store.coordination.tryLock(name))
    expect(error).toMatchObject({ code: 'invalid-request', field: 'name' })
  })

  it('tells hints until they are over, those that hold longest first', async () => {
    const [store, other] = await openOther(setup)
    const key = hint({ modelId: '*', failureKind: 'credentials', openUntilMs: AT + 60_000 })
    await store.coordination.putHints({ hints: [hint(), key], atMs: AT })
    expect(await other.coordination.listHints({ atMs: AT })).toStrictEqual([key, hint()])
    expect(await other.coordination.listHints({ atMs: AT + 30_000 })).toStrictEqual([key])
    expect(await other.coordination.listHints({ atMs: AT + 60_000 })).toEqual([])
    expect(await store.changes.versions([HEALTH_HINTS_TOPIC])).toEqual([1])
  })

  it('of two hints of one key keeps the one that ends later', async () => {
    const store = await openStore(setup)
    const { coordination } = store
    const later = hint({ openings: 2, openUntilMs: AT + 90_000, failureKind: 'rate-limited' })
    const elsewhere = hint({ credentialId: 'd' })
    await coordination.putHints({ hints: [hint(), elsewhere], atMs: AT })
    await coordination.putHints({ hints: [later, hint()], atMs: AT })
    await coordination.putHints({ hints: [hint()], atMs: AT })
    expect(await coordination.listHints({ atMs: AT })).toStrictEqual([later, elsewhere])
  })

  it('takes no hint that is over, and forgets those that are', async () => {
    const store = await openStore(setup)
    const { coordination } = store
    await coordination.putHints({ hints: [hint({ openUntilMs: AT })], atMs: AT })
    expect(await store.changes.versions([HEALTH_HINTS_TOPIC])).toEqual([0])
    await coordination.putHints({ hints: [hint()], atMs: AT })
    await coordination.putHints({
      hints: [hint({ modelId: 'p/b', openUntilMs: AT + 90_000 })],
      atMs: AT + 40_000,
    })
    // Asked for an earlier time, it would still be there.
    expect((await coordination.listHints({ atMs: AT })).map(({ modelId }) => modelId)).toEqual([
      'p/b',
    ])
  })

  it(`gives no more than ${MAX_HEALTH_HINTS} hints`, async () => {
    const store = await openStore(setup)
    const hints = Array.from({ length: MAX_HEALTH_HINTS + 5 }, (_, index) =>
      hint({ modelId: `p/${index}`, openUntilMs: AT + 1 + index }),
    )
    await store.coordination.putHints({ hints, atMs: AT })
    const listed = await store.coordination.listHints({ atMs: AT })
    expect(listed).toHaveLength(MAX_HEALTH_HINTS)
    expect(listed[0]?.modelId).toBe(`p/${MAX_HEALTH_HINTS + 4}`)
  })

  it('gives the burst at once, then one each time there is room, and says how long there is none', async () => {
    const [store, other] = await openOther(setup)
    const first = await store.coordination.takePace(pace({ count: 3 }))
    expect(first).toEqual({ granted: 3, waitMs: 0 })
    expect(await other.coordination.takePace(pace({ count: 3 }))).toEqual({ granted: 2, waitMs: 0 })
    expect(await store.coordination.takePace(pace())).toEqual({ granted: 0, waitMs: 100 })
    const soon = pace({ atMs: AT + 60 })
    expect(await other.coordination.takePace(soon)).toEqual({ granted: 0, waitMs: 40 })
    const then = pace({ count: 9, atMs: AT + 200 })
    expect(await store.coordination.takePace(then)).toEqual({ granted: 2, waitMs: 0 })
    expect(await store.coordination.takePace(pace({ providerId: 'q' }))).toMatchObject({
      granted: 1,
    })
  })

  it('never gives more than there are when many ask at once', async () => {
    const [store, other] = await openOther(setup)
    const given = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        (index % 2 === 0 ? store : other).coordination.takePace(
          pace({ count: 1 + (index % 3), allowanceMs: 2_000 }),
        ),
      ),
    )
    expect(given.reduce((sum, { granted }) => sum + granted, 0)).toBe(20)
  })

  it('forgets what a clock took that was far ahead', async () => {
    const store = await openStore(setup)
    await store.coordination.takePace(pace({ count: 5, atMs: AT + 86_400_000 }))
    expect(await store.coordination.takePace(pace())).toEqual({ granted: 1, waitMs: 0 })
  })
}
