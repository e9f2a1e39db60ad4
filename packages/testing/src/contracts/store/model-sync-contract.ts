import { CATALOG_TOPIC, NO_LONGER_LISTED } from '@imrs/core'
import type { Model, ModelSync, Store } from '@imrs/core'
import { expect, it } from 'vitest'

import { AT, model, provider } from './samples.ts'
import { errorOf, openStore } from './setup.ts'
import type { StoreContractSetup } from './setup.ts'

const LATER = AT + 3_600_000

function listOf(models: readonly Model[], syncedAtMs: number = AT): ModelSync {
  return { providerId: 'openrouter', syncedAtMs, models }
}

async function everything(store: Store): Promise<unknown> {
  const models = await store.models.list({ limit: 200 })
  return [models, await store.providers.list(), await store.changes.versions([CATALOG_TOPIC])]
}

export function modelSyncContract(setup: StoreContractSetup): void {
  it('says what was added, updated, unchanged and removed, and does it', async () => {
    const store = await openStore(setup)
    await store.models.sync(listOf([model('same'), model('changed'), model('gone')]))
    const changed = model('changed', {
      displayName: 'Changed',
      pricing: { input: '0.1' },
      updatedAtMs: LATER,
    })
    const result = await store.models.sync(listOf([model('new'), changed, model('same')], LATER))
    expect(result).toEqual({
      added: ['openrouter/new'],
      updated: ['openrouter/changed'],
      unchanged: 1,
      removed: ['openrouter/gone'],
      priceChanges: [{ modelId: 'openrouter/changed', from: {}, to: { input: '0.1' } }],
      deprecations: [],
    })
    expect((await store.models.list()).items).toStrictEqual([
      { ...changed, syncedAtMs: LATER },
      model('gone', {
        isAvailable: false,
        unavailableReason: NO_LONGER_LISTED,
        syncedAtMs: AT,
        updatedAtMs: LATER,
      }),
      model('new', { syncedAtMs: LATER }),
      model('same', { syncedAtMs: AT }),
    ])
  })

  it('changes nothing by a list that was read before the last one', async () => {
    const store = await openStore(setup)
    await store.providers.put(provider())
    await store.models.sync(listOf([model('new')], LATER))
    const before = await everything(store)
    expect(await store.models.sync(listOf([model('old'), model('older')], LATER - 1))).toEqual({
      added: [],
      updated: [],
      unchanged: 0,
      removed: [],
      priceChanges: [],
      deprecations: [],
    })
    expect(await everything(store)).toEqual(before)
    expect((await store.models.sync(listOf([model('other')], LATER))).added).toHaveLength(1)
  })

  it('knows when each list was first read, by the models that nobody had named', async () => {
    const store = await openStore(setup)
    expect(await store.models.listFirstReadings()).toEqual([])
    const at = (externalId: string, atMs: number): Model => model(externalId, { createdAtMs: atMs })
    await store.models.put(model('named', { origin: 'code', createdAtMs: AT - 1000 }))
    await store.models.sync(listOf([at('named', AT), at('first', AT), at('other', AT)]))
    await store.models.sync(listOf([at('named', LATER), at('later', LATER)], LATER))
    const azure = { providerId: 'azure', id: 'azure/a', createdAtMs: LATER }
    await store.models.sync({ providerId: 'azure', syncedAtMs: LATER, models: [model('a', azure)] })
    expect(await store.models.listFirstReadings()).toEqual([
      { providerId: 'azure', atMs: LATER },
      { providerId: 'openrouter', atMs: AT },
    ])
  })

  it('changes nothing the second time, but for the time of the last sync', async () => {
    const store = await openStore(setup)
    await store.providers.put(provider())
    const list = [model('a', { metadata: { b: 1, a: { d: [1], c: 2 } } }), model('b')]
    await store.models.sync(listOf(list))
    const before = await store.changes.versions([CATALOG_TOPIC])
    const again = [
      model('b', { updatedAtMs: LATER, createdAtMs: LATER }),
      model('a', { metadata: { a: { c: 2, d: [1] }, b: 1 }, description: undefined }),
    ]
    expect(await store.models.sync(listOf(again, LATER))).toEqual({
      added: [],
      updated: [],
      unchanged: 2,
      removed: [],
      priceChanges: [],
      deprecations: [],
    })
    expect(await store.models.get('openrouter/b')).toStrictEqual(model('b', { syncedAtMs: AT }))
    expect(await store.changes.versions([CATALOG_TOPIC])).toEqual(before)
    expect(await store.providers.get('openrouter')).toStrictEqual(
      provider({ lastSyncedAtMs: LATER }),
    )
  })

  it('raises the catalogue once for a sync that changed something', async () => {
    const store = await openStore(setup)
    await store.models.sync(listOf([model('a'), model('b')]))
    await store.models.sync(listOf([model('a')]))
    await store.models.sync(listOf([model('a')]))
    expect(await store.changes.versions([CATALOG_TOPIC])).toEqual([2])
  })

  it('keeps the priority, the domains, the origin and the time of creation of a stored row', async () => {
    const store = await openStore(setup)
    const own = { priority: 99, domains: ['law'], origin: 'manual', createdAtMs: AT - 1 } as const
    await store.models.put(model('a', own))
    await store.models.sync(listOf([model('a', { displayName: 'A', priority: 1, domains: ['x'] })]))
    expect(await store.models.get('openrouter/a')).toStrictEqual(
      model('a', { ...own, displayName: 'A', syncedAtMs: AT }),
    )
  })

  it.each(['manual', 'code'] as const)('never removes a model of origin %s', async (origin) => {
    const store = await openStore(setup)
    await store.models.put(model('own', { origin }))
    expect((await store.models.sync(listOf([]))).removed).toEqual([])
    await store.models.sync(listOf([model('own')]))
    expect((await store.models.sync(listOf([]))).removed).toEqual([])
    expect(await store.models.get('openrouter/own')).toStrictEqual(model('own', { origin }))
  })

  it('makes a model that is listed again available again', async () => {
    const store = await openStore(setup)
    await store.models.sync(listOf([model('a')]))
    await store.models.sync(listOf([]))
    const result = await store.models.sync(listOf([model('a')], LATER))
    expect(result).toMatchObject({ added: [], updated: ['openrouter/a'], unchanged: 0 })
    expect(await store.models.get('openrouter/a')).toStrictEqual(model('a', { syncedAtMs: LATER }))
    expect((await store.models.sync(listOf([model('a')]))).unchanged).toBe(1)
  })

  it('does not report a model as removed twice', async () => {
    const store = await openStore(setup)
    await store.models.sync(listOf([model('a'), model('off', { isAvailable: false })]))
    expect((await store.models.sync(listOf([]))).removed).toEqual(['openrouter/a'])
    expect((await store.models.sync(listOf([]))).removed).toEqual([])
  })

  it('sees what an administrator changed as a difference to the list', async () => {
    const store = await openStore(setup)
    await store.models.sync(listOf([model('a')]))
    await store.models.put(model('a', { capabilities: ['text', 'vision'] }))
    expect((await store.models.sync(listOf([model('a')]))).updated).toEqual(['openrouter/a'])
    expect((await store.models.get('openrouter/a'))?.capabilities).toEqual(['text'])
  })

  it('leaves the models of other providers alone', async () => {
    const store = await openStore(setup)
    await store.models.put(model('a', { providerId: 'openai' }))
    await store.models.put(model('a', { providerId: 'openrouter2' }))
    expect((await store.models.sync(listOf([model('b')]))).removed).toEqual([])
    expect(await store.models.count({ isAvailable: true })).toBe(3)
  })

  it.each([
    ['names a model twice', [model('new'), model('a'), model('a')]],
    ['holds a model of another provider', [model('new'), model('a', { providerId: 'openai' })]],
  ])('changes nothing when the list %s', async (_reason, models) => {
    const store = await openStore(setup)
    await store.providers.put(provider())
    await store.models.sync(listOf([model('a')]))
    const before = await everything(store)
    const error = await errorOf(store.models.sync(listOf(models, LATER)))
    expect(error).toMatchObject({ code: 'invalid-request' })
    expect(await everything(store)).toEqual(before)
  })

  it('changes nothing when it was aborted before it began', async () => {
    const store = await openStore(setup)
    const reason = new Error('enough')
    const signal = AbortSignal.abort(reason)
    expect(await errorOf(store.models.sync(listOf([model('a')]), { signal }))).toBe(reason)
    expect(await store.models.count()).toBe(0)
  })

  it('does all of it or nothing when it is aborted while it runs', async () => {
    const store = await openStore(setup)
    const models = Array.from({ length: 1_000 }, (_, index) => model(`m${index}`))
    for (let turns = 0; turns < 40; turns += 5) {
      const abort = new AbortController()
      const sync = store.models.sync(listOf(models), { signal: abort.signal })
      const outcome = sync.then(
        () => 'done',
        (error: unknown) => error,
      )
      for (let turn = 0; turn < turns; turn += 1) await Promise.resolve()
      abort.abort('enough')
      expect(await store.models.count()).toBe((await outcome) === 'done' ? 1_000 : 0)
      if ((await outcome) === 'done') return
      expect(await outcome).toBe('enough')
    }
  })

  it('takes lists of thousands', async () => {
    const store = await openStore(setup)
    const models = Array.from({ length: 2_500 }, (_, index) => model(`m${index}`))
    expect((await store.models.sync(listOf(models))).added).toHaveLength(2_500)
    expect((await store.models.sync(listOf(models.slice(1_250)))).removed).toHaveLength(1_250)
    expect(await store.models.count({ isAvailable: true })).toBe(1_250)
  })

  it('adds each model once when two syncs race', async () => {
    const store = await openStore(setup)
    const models = Array.from({ length: 300 }, (_, index) => model(`m${index}`))
    const results = await Promise.all([0, 1, 2].map(() => store.models.sync(listOf(models))))
    const counts = results.map((result) => `${result.added.length} new, ${result.unchanged} not`)
    expect(counts.toSorted((left, right) => (left < right ? -1 : 1))).toEqual([
      '0 new, 300 not',
      '0 new, 300 not',
      '300 new, 0 not',
    ])
    expect(await store.changes.versions([CATALOG_TOPIC])).toEqual([1])
  })
}
