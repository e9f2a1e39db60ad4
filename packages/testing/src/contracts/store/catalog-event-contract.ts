import type { CatalogEvent, Model, ModelSync, Store } from '@imrs/core'
import { expect, it } from 'vitest'

import { AT, model } from './samples.ts'
import { errorOf, openStore } from './setup.ts'
import type { StoreContractSetup } from './setup.ts'

const LATER = AT + 3_600_000

function listOf(models: readonly Model[], syncedAtMs: number = AT): ModelSync {
  return { providerId: models[0]?.providerId ?? 'openrouter', syncedAtMs, models }
}

async function eventsOf(store: Store): Promise<readonly object[]> {
  const events = await store.models.listEvents()
  return events.map(({ seq: _seq, ...event }) => event)
}

export function catalogEventContract(setup: StoreContractSetup): void {
  it('keeps what a sync added, updated, priced, deprecated and removed, in that order', async () => {
    const store = await openStore(setup)
    const pricing = { input: '0.10', output: '1' }
    await store.models.sync(listOf([model('gone'), model('a', { pricing }), model('same')]))
    const cheaper = { input: '0.09', output: '1', source: 'provider' }
    const ending = { pricing: cheaper, expiresAtMs: LATER, successorId: 'openrouter/new' }
    const result = await store.models.sync(
      listOf([model('a', ending), model('new'), model('same')], LATER),
    )
    const at = { providerId: 'openrouter', atMs: LATER }
    const modelId = 'openrouter/a'
    const deprecation = { modelId, expiresAtMs: LATER, successorId: 'openrouter/new' }
    const change = { modelId, from: pricing, to: cheaper }
    expect((await eventsOf(store)).slice(3)).toStrictEqual([
      { type: 'model-added', modelId: 'openrouter/new', ...at },
      {
        type: 'model-updated',
        modelId,
        fields: ['expiresAtMs', 'pricing', 'successorId'],
        ...at,
      },
      { type: 'model-deprecated', ...deprecation, ...at },
      { type: 'price-changed', ...change, ...at },
      { type: 'model-removed', modelId: 'openrouter/gone', ...at },
    ])
    expect(result.priceChanges).toStrictEqual([change])
    expect(result.deprecations).toStrictEqual([deprecation])
  })

  it('keeps nothing of a sync that changed nothing, failed or was aborted', async () => {
    const store = await openStore(setup)
    await store.models.sync(listOf([model('a')]))
    await store.models.sync(listOf([model('a')], LATER))
    await errorOf(store.models.sync(listOf([model('b'), model('b')])))
    await errorOf(store.models.sync(listOf([model('b')]), { signal: AbortSignal.abort() }))
    expect(await eventsOf(store)).toEqual([
      { type: 'model-added', modelId: 'openrouter/a', providerId: 'openrouter', atMs: AT },
    ])
  })

  it('tells of the provider’s side when something else is set', async () => {
    const store = await openStore(setup)
    const [before, after] = [{ input: '1' }, { input: '2' }]
    await store.models.sync(listOf([model('a', { pricing: before, displayName: 'A' })]))
    const set = { pricing: { input: '9' }, displayName: 'Ours', domains: ['law'] }
    await store.models.setOverrides('openrouter/a', { set, atMs: AT })
    await store.models.sync(listOf([model('a', { pricing: after, displayName: 'A' })]))
    expect((await eventsOf(store)).slice(1)).toMatchObject([
      { type: 'model-updated', fields: ['pricing'] },
      { type: 'price-changed', from: before, to: after },
    ])
  })

  it('gives events by number, of one provider, of one type, so many at a time', async () => {
    const store = await openStore(setup)
    await store.models.sync(listOf(['a', 'b', 'c'].map((name) => model(name))))
    await store.models.sync(listOf([model('a', { providerId: 'openai' })]))
    await store.models.sync(listOf([model('a'), model('b')]))
    const all = await store.models.listEvents()
    const seqs = all.map((event) => event.seq)
    expect(seqs).toEqual(seqs.toSorted((left, right) => left - right))
    expect(new Set(seqs).size).toBe(5)
    const seen: CatalogEvent[] = []
    for (let page = all.slice(0, 2); page.length > 0;) {
      seen.push(...page)
      page = [...(await store.models.listEvents({ sinceSeq: page.at(-1)?.seq, limit: 2 }))]
    }
    expect(seen).toStrictEqual(all)
    expect(await store.models.listEvents({ providerId: 'openai' })).toStrictEqual([all[3]])
    const newest = await store.models.listEvents({ direction: 'desc', limit: 2 })
    expect(newest).toStrictEqual([all[4], all[3]])
    const back: CatalogEvent[] = []
    for (let page = newest; page.length > 0;) {
      back.push(...page)
      const beforeSeq = page.at(-1)?.seq
      page = await store.models.listEvents({ direction: 'desc', beforeSeq, limit: 2 })
    }
    expect(back).toStrictEqual(all.toReversed())
    const [first, , , fourth] = seqs
    const between = await store.models.listEvents({ sinceSeq: first, beforeSeq: fourth })
    expect(between).toStrictEqual([all[1], all[2]])
    expect(await store.models.listEvents({ type: 'model-removed' })).toStrictEqual([all[4]])
    const none = { providerId: 'openai', type: 'model-removed', sinceSeq: 0 } as const
    expect(await store.models.listEvents(none)).toEqual([])
  })

  it('gives numbers in the order in which changes can be seen', async () => {
    const store = await openStore(setup)
    const providers = Array.from({ length: 8 }, (_, index) => `p${index}`)
    const seen: number[] = []
    const sync = async (providerId: string): Promise<void> => {
      await store.models.sync(listOf([model('a', { providerId }), model('b', { providerId })]))
      const events = await store.models.listEvents({ sinceSeq: seen.at(-1) })
      const after = seen.at(-1) ?? 0
      seen.push(...events.map((event) => event.seq).filter((seq) => seq > after))
    }
    await Promise.all(providers.map(sync))
    const rest = await store.models.listEvents({ sinceSeq: seen.at(-1) })
    expect(new Set([...seen, ...rest.map((event) => event.seq)]).size).toBe(16)
  })

  it.each([0, 1_001, 1.5])('refuses %d events', async (limit) => {
    const store = await openStore(setup)
    expect(await errorOf(store.models.listEvents({ limit }))).toMatchObject({
      code: 'invalid-request',
    })
  })
}
