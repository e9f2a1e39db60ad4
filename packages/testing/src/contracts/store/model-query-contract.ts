import { COUNTED_MODELS, MODEL_SORTS } from '@imrs/core'
import type { Model, ModelQuery, ModelSort, Store } from '@imrs/core'
import { expect, it } from 'vitest'

import { memoryStore } from '../../host/memory-store.ts'
import { AT, ODD_TEXT, model } from './samples.ts'
import { errorOf, openStore } from './setup.ts'
import type { StoreContractSetup } from './setup.ts'

/** Values that are equal, unknown, and greater as numbers than as text. */
const sorted: readonly Model[] = [
  model('a', { displayName: 'Zeta', priority: 9, pricing: { input: '9' }, contextLength: 8_000 }),
  model('b', { displayName: 'alpha', priority: 10, pricing: { input: '10.0' } }),
  model('c', { displayName: 'Alpha', pricing: { input: '0.5' }, contextLength: 128_000 }),
  model('d', { displayName: 'Zeta', priority: 100, pricing: { output: '1' }, releasedAtMs: AT }),
  model('e', { displayName: 'é', priority: 9, pricing: { input: '0' }, releasedAtMs: AT + 1 }),
  model('f', { displayName: ODD_TEXT, pricing: { input: '0.50' }, contextLength: 8_000 }),
  model('g', { providerId: 'openai', priority: 0, releasedAtMs: AT, pricing: { input: '9' } }),
]

/** External ids in ascending order of the sort; after `|` those whose value is unknown. */
const orders: Readonly<Record<ModelSort, readonly [string, string]>> = {
  id: ['g a b c d e f', ''],
  displayName: ['c a d b g e f', ''],
  priority: ['g a e b c f d', ''],
  inputPrice: ['e c f g a b', 'd'],
  contextLength: ['a f c', 'g b d e'],
  releasedAt: ['g d e', 'a b c f'],
}

const cases = MODEL_SORTS.flatMap((sort) => {
  const [known, unknown] = orders[sort].map((names) => names.split(' ').filter(Boolean))
  return [
    { sort, direction: 'asc' as const, names: [...(known ?? []), ...(unknown ?? [])] },
    {
      sort,
      direction: 'desc' as const,
      names: [...(known ?? []).toReversed(), ...(unknown ?? []).toReversed()],
    },
  ]
})

async function openWith(setup: StoreContractSetup, models: readonly Model[]): Promise<Store> {
  const store = await openStore(setup)
  for (const each of models) await store.models.put(each)
  return store
}

async function walk(store: Store, query: ModelQuery): Promise<readonly string[]> {
  const seen: string[] = []
  for (let cursor: string | undefined; ;) {
    const page = await store.models.list({ ...query, cursor })
    seen.push(...page.items.map((item) => item.externalId))
    cursor = page.nextCursor
    if (cursor === undefined) return seen
  }
}

/** Words that databases like to cut, fold or read their own way. */
const texts: readonly Model[] = [
  model('gpt-4o', { displayName: 'GPT-4o' }),
  model('gpt-4o-mini', { displayName: 'GPT-4o mini (2024-07-18)' }),
  model('claude-3.5-sonnet', { displayName: 'Claude 3.5 Sonnet' }),
  model('llama3.1:8b', { displayName: 'Llama\u00A03.1 8B — «Instruct»' }),
  model('x', { displayName: 'Ünïcode Straße ПРИВЕТ 你好 नमस्ते İstanbul' }),
  model('user@example.com/a_b', { displayName: 'it\'s 100% \\ "quoted" 👩🏽‍🚀' }),
  model('y', { displayName: `${'long'.repeat(30)} tail` }),
]

const searches = [
  ['', '-', 'gpt', 'GPT 4O', 'mini gpt', 'gpt4o', '4omini', 'pt', 'gpt-5', 'openrouter gpt'],
  ['3.5', '35', '3 5', 'sonnet claude', 'llama31', 'llama3.1:8b', '8b', 'instruct llama'],
  ['ünï', 'uni', 'STRASSE', 'straße', 'привет', '你', '好', 'नम', 'istanbul', 'İstanbul'],
  ['example.com', 'com', 'a_b', 'ab', "it's", 's', '100', '%', '👩🏽‍🚀', '*', '"', "'", '& |'],
  ['long'.repeat(30), `${'long'.repeat(9)}x`, 'tail', '2024', '07 18', '\0gpt', '\uD800 gpt'],
].flat()

export function modelQueryContract(setup: StoreContractSetup): void {
  it.each(cases)('sorts by $sort, $direction, the unknown last', async (given) => {
    const { names, ...order } = given
    const store = await openWith(setup, sorted)
    const { items } = await store.models.list(order)
    expect(items.map((item) => item.externalId)).toEqual(names)
    for (const limit of [1, 2, 3]) expect(await walk(store, { ...order, limit })).toEqual(names)
    for (const perPage of [1, 2, 3]) {
      const pages = Array.from({ length: Math.ceil(7 / perPage) }, (_, index) => index + 1)
      const seen: string[] = []
      for (const page of pages) {
        const listed = await store.models.list({ ...order, page, perPage })
        seen.push(...listed.items.map((item) => item.externalId))
        expect(listed).toMatchObject({ total: 7, totalIsEstimate: false })
        expect(listed.nextCursor === undefined).toBe(page === pages.length)
      }
      expect(seen).toEqual(names)
    }
  })

  it('combines filters, sorts and pages', async () => {
    const store = await openWith(setup, sorted)
    await store.models.setOverrides('openrouter/b', { set: { costTier: 'free' }, atMs: AT })
    await store.models.setOverrides('openrouter/a', { set: { costTier: 'free' }, atMs: AT })
    const query = { costTier: 'free', sort: 'inputPrice', direction: 'desc' } as const
    expect(await walk(store, { ...query, limit: 1 })).toEqual(['b', 'a'])
    const several = { providerIds: ['openai', 'openrouter'], sort: 'priority' } as const
    expect(await walk(store, { ...several, capability: 'text', limit: 2 })).toEqual(
      'g a e b c f d'.split(' '),
    )
    expect(await walk(store, { providerIds: ['openai'] })).toEqual(['g'])
    expect(await walk(store, { providerIds: [] })).toEqual([])
    expect(await store.models.count({ providerIds: ['openai', 'nobody'] })).toBe(1)
  })

  it('sorts by what was set', async () => {
    const store = await openWith(setup, sorted)
    const set = { priority: 1, pricing: { input: '99.9' }, displayName: 'AAA' }
    await store.models.setOverrides('openrouter/e', { set, atMs: AT })
    expect((await walk(store, { sort: 'priority' }))[1]).toBe('e')
    expect((await walk(store, { sort: 'inputPrice', direction: 'desc' }))[0]).toBe('e')
    expect((await walk(store, { sort: 'displayName', search: 'aaa' }))[0]).toBe('e')
  })

  it('goes on by cursor from a page that was asked for by number', async () => {
    const store = await openWith(setup, sorted)
    const query = { sort: 'contextLength', page: 2, perPage: 3 } as const
    const { nextCursor } = await store.models.list(query)
    const rest = await store.models.list({ sort: 'contextLength', cursor: nextCursor })
    expect(rest.items.map((item) => item.externalId)).toEqual(['e'])
    expect(rest).not.toHaveProperty('total')
  })

  it('counts pages up to 10,000 models and says when there are more', async () => {
    const store = await openStore(setup)
    const models = Array.from({ length: COUNTED_MODELS + 1 }, (_, index) =>
      model(String(index).padStart(6, '0'), { capabilities: index === 0 ? [] : ['text'] }),
    )
    await store.models.sync({ providerId: 'openrouter', syncedAtMs: AT, models })
    const last = await store.models.list({ page: 50, perPage: 200 })
    expect(last.items.at(-1)?.externalId).toBe('009999')
    expect(last).toMatchObject({ total: COUNTED_MODELS, totalIsEstimate: true })
    const exact = await store.models.list({ page: 1, capability: 'text' })
    expect(exact).toMatchObject({ total: COUNTED_MODELS, totalIsEstimate: false })
    const beyond = store.models.list({ page: 51, perPage: 200 })
    expect(await errorOf(beyond)).toMatchObject({ code: 'invalid-request', field: 'page' })
  }, 20_000)

  it.each([
    { page: 0 },
    { page: 1.5 },
    { page: 1, perPage: 0 },
    { page: 1, perPage: 201 },
    { sort: 'nonsense' as 'id' },
  ])('refuses %j', async (query) => {
    const store = await openStore(setup)
    expect(await errorOf(store.models.list(query))).toMatchObject({ code: 'invalid-request' })
  })

  it('refuses a cursor of another order, or together with a page', async () => {
    const store = await openWith(setup, sorted)
    const { nextCursor: cursor } = await store.models.list({ sort: 'priority', limit: 1 })
    const wrong = [{ sort: 'id' }, { sort: 'priority', direction: 'desc' }] as const
    for (const order of wrong) {
      expect(await errorOf(store.models.list({ ...order, cursor }))).toMatchObject({
        code: 'invalid-request',
        field: 'cursor',
      })
    }
    const both = store.models.list({ sort: 'priority', page: 1, cursor })
    expect(await errorOf(both)).toMatchObject({ field: 'cursor' })
  })

  it('finds by words in any order, as the reference implementation does', async () => {
    const [store, reference] = [await openWith(setup, texts), memoryStore()]
    for (const each of texts) await reference.models.put(each)
    for (const search of searches) {
      const found = await walk(store, { search })
      expect(found, search).toEqual(await walk(reference, { search }))
      expect(await store.models.count({ search }), search).toBe(found.length)
    }
    expect(await walk(store, { search: 'mini gpt4o' })).toEqual(['gpt-4o-mini'])
    expect(await walk(store, { search: 'pt' })).toEqual([])
  })

  it('finds by the name a model has now, and sorts and filters what it finds', async () => {
    const store = await openWith(setup, texts)
    await store.models.setOverrides('openrouter/gpt-4o', {
      set: { displayName: 'Our favourite', priority: 60 },
      atMs: AT,
    })
    expect(await walk(store, { search: 'favourite' })).toEqual(['gpt-4o'])
    const byPriority = { search: 'gpt', sort: 'priority', limit: 1 } as const
    expect(await walk(store, byPriority)).toEqual(['gpt-4o-mini', 'gpt-4o'])
    expect(await walk(store, { search: 'gpt', providerId: 'openai' })).toEqual([])
    await store.models.setOverrides('openrouter/gpt-4o', { clear: ['displayName'], atMs: AT })
    expect(await walk(store, { search: 'favourite' })).toEqual([])
    await store.models.put(model('gpt-4o', { displayName: 'renamed' }))
    expect(await walk(store, { search: 'renamed' })).toEqual(['gpt-4o'])
  })
}
