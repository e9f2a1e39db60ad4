import type { HealthStatus, ProviderHealth, ProviderHealthChange, Store } from '@imrs/core'
import { expect, it } from 'vitest'

import { AT, ODD_TEXT } from './samples.ts'
import { errorOf, openFor, openStore } from './setup.ts'
import type { StoreContractSetup } from './setup.ts'

function health(
  status: HealthStatus,
  afterMs: number,
  more: Partial<ProviderHealth> = {},
): ProviderHealth {
  return { providerId: 'p', status, checkedAtMs: AT + afterMs, ...more }
}

/** What changed, without the numbers. */
async function changesOf(store: Store): Promise<readonly object[]> {
  const changes = await store.providers.listHealthChanges({ limit: 1_000 })
  return changes.map(({ seq: _seq, ...change }) => change)
}

export function healthHistoryContract(setup: StoreContractSetup): void {
  it('keeps each change of a stored status once, and nothing else', async () => {
    const store = await openStore(setup)
    const { providers } = store
    // Counted as healthy before.
    await providers.putHealth(health('healthy', 0))
    await providers.putHealth(health('degraded', 1, { error: ODD_TEXT }))
    await providers.putHealth(health('degraded', 2, { error: 'Another.' }))
    await providers.putHealth(health('down', 2, { error: 'Down.' }))
    // Older than what is stored.
    await providers.putHealth(health('healthy', 1))
    await providers.putHealth(health('healthy', 3))
    await providers.putHealth(health('down', 0, { providerId: 'never-seen' }))
    expect(await changesOf(store)).toStrictEqual([
      { providerId: 'never-seen', atMs: AT, from: 'healthy', to: 'down' },
      { providerId: 'p', atMs: AT + 3, from: 'down', to: 'healthy' },
      { providerId: 'p', atMs: AT + 2, from: 'degraded', to: 'down', error: 'Down.' },
      { providerId: 'p', atMs: AT + 1, from: 'healthy', to: 'degraded', error: ODD_TEXT },
    ])
    expect(await providers.listHealth()).toStrictEqual([
      { providerId: 'never-seen', status: 'down', checkedAtMs: AT },
      { providerId: 'p', status: 'healthy', checkedAtMs: AT + 3 },
    ])
  })

  it('keeps nothing of a status that was not stored', async () => {
    const store = await openStore(setup)
    const signal = AbortSignal.abort(new Error('enough'))
    await errorOf(store.providers.putHealth(health('down', 0), { signal }))
    expect(await changesOf(store)).toEqual([])
    expect(await store.providers.listHealth()).toEqual([])
  })

  it('gives changes page by page, of one provider and of some time', async () => {
    const store = await openStore(setup)
    for (let step = 0; step < 5; step += 1) {
      for (const providerId of ['a', 'b']) {
        const status = step % 2 === 0 ? 'down' : 'healthy'
        await store.providers.putHealth(health(status, step, { providerId }))
      }
    }
    const all = await store.providers.listHealthChanges()
    expect(all.map(({ seq }) => seq)).toEqual(all.map(({ seq }) => seq).toSorted((a, b) => b - a))
    expect(all).toHaveLength(10)
    const seen: ProviderHealthChange[] = []
    for (let page = all.slice(0, 3); page.length > 0;) {
      seen.push(...page)
      const beforeSeq = page.at(-1)?.seq
      page = [...(await store.providers.listHealthChanges({ beforeSeq, limit: 3 }))]
    }
    expect(seen).toStrictEqual(all)
    const ofA = all.filter(({ providerId }) => providerId === 'a')
    expect(await store.providers.listHealthChanges({ providerId: 'a' })).toStrictEqual(ofA)
    const span = { providerId: 'a', fromMs: AT + 1, toMs: AT + 3 }
    expect(await store.providers.listHealthChanges(span)).toStrictEqual(
      ofA.filter(({ atMs }) => atMs === AT + 1 || atMs === AT + 2),
    )
    const last = { ...span, beforeSeq: ofA[2]?.seq, limit: 1 }
    expect(await store.providers.listHealthChanges(last)).toStrictEqual([ofA[3]])
    expect(await store.providers.listHealthChanges({ providerId: 'c' })).toEqual([])
  })

  it.each([0, 1_001, 1.5])('refuses %d changes', async (limit) => {
    const store = await openStore(setup)
    expect(await errorOf(store.providers.listHealthChanges({ limit }))).toMatchObject({
      code: 'invalid-request',
    })
  })

  it.skipIf(setup.without?.['shared-data'] !== undefined)(
    'keeps a change once when several stores notice it at once',
    async () => {
      const { store, openAgain } = await openFor(setup)
      const stores = [store]
      while (openAgain !== undefined && stores.length < 4) stores.push(await openAgain())
      const steps = Array.from({ length: 20 }, (_, index) => index + 1)
      // Each of them sees the provider go down and come back, again and again, at its own pace.
      const notice = async ({ providers }: Store, providerId: string): Promise<void> => {
        for (const step of steps) {
          const status = step % 2 === 0 ? 'healthy' : 'down'
          await providers.putHealth(health(status, step, { providerId }))
        }
      }
      await Promise.all(stores.flatMap((each) => [notice(each, 'a'), notice(each, 'b')]))
      for (const providerId of ['a', 'b']) {
        const kept = await store.providers.listHealthChanges({ providerId, limit: 1_000 })
        expect(kept.toReversed().map(({ atMs }) => atMs - AT)).toEqual(steps)
      }
      await Promise.all(stores.map((each) => each.close()))
    },
  )
}
