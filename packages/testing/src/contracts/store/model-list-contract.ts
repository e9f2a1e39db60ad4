import type { Model, ModelQuery, Store } from '@imrs/core'
import { expect, it } from 'vitest'

import { model } from './samples.ts'
import { errorOf, openStore } from './setup.ts'
import type { StoreContractSetup } from './setup.ts'

const models: readonly Model[] = [
  model('a', { capabilities: ['text', 'vision'], costTier: 'free' }),
  model('b', { capabilities: ['text', 'image_generation'], costTier: 'premium' }),
  model('c', { modelType: 'embedding', costTier: 'free', isAvailable: false }),
  model('d', { providerId: 'openai', capabilities: [], isAvailable: false }),
  model('e', { providerId: 'openai', capabilities: ['text', 'vision'], metadata: { large: true } }),
]

async function openWithModels(setup: StoreContractSetup): Promise<Store> {
  const store = await openStore(setup)
  for (const each of models) await store.models.put(each)
  return store
}

const filters: readonly (readonly [ModelQuery, string])[] = [
  [{}, 'd e a b c'],
  [{ providerId: 'openai' }, 'd e'],
  [{ modelType: 'embedding' }, 'c'],
  [{ costTier: 'free' }, 'a c'],
  [{ capability: 'vision' }, 'e a'],
  [{ capability: 'image_generation' }, 'b'],
  [{ isAvailable: false }, 'd c'],
  [{ isAvailable: true, capability: 'text', providerId: 'openrouter' }, 'a b'],
  [{ providerId: 'nobody' }, ''],
]

export function modelListContract(setup: StoreContractSetup): void {
  it.each(filters)('lists and counts what fits %j', async (query, expected) => {
    const store = await openWithModels(setup)
    const { items, nextCursor } = await store.models.list(query)
    expect(items.map((item) => item.externalId).join(' ')).toBe(expected)
    expect(nextCursor).toBeUndefined()
    expect(await store.models.count(query)).toBe(items.length)
  })

  it('sorts ids by code point, whatever the language of the machine', async () => {
    const store = await openStore(setup)
    const names = ['Z', 'a', 'B', '_', '-', 'é', 'ｚ', '😀', 'a b', 'aB', 'ab', 'A']
    for (const name of names) await store.models.put(model(name))
    const { items } = await store.models.list()
    const listed = ['-', 'A', 'B', 'Z', '_', 'a', 'a b', 'aB', 'ab', 'é', 'ｚ', '😀']
    expect(items.map((item) => item.externalId)).toEqual(listed)
  })

  it.each([1, 2, 3, 5, 6])('gives each model once in pages of %i', async (limit) => {
    const store = await openWithModels(setup)
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await store.models.list({ limit, cursor })
      expect(page.items.length).toBeLessThanOrEqual(limit)
      seen.push(...page.items.map((item) => item.externalId))
      cursor = page.nextCursor
    } while (cursor !== undefined)
    expect(seen).toEqual(['d', 'e', 'a', 'b', 'c'])
  })

  it('gives 50 a page when nothing is said, and says so exactly when more follow', async () => {
    const store = await openStore(setup)
    const many = Array.from({ length: 100 }, (_, index) => model(`m${index}`))
    await store.models.sync({ providerId: 'openrouter', syncedAtMs: 1, models: many })
    const first = await store.models.list()
    const second = await store.models.list({ cursor: first.nextCursor })
    expect([first.items.length, second.items.length]).toEqual([50, 50])
    expect(second.nextCursor).toBeUndefined()
    expect((await store.models.list({ limit: 200 })).items).toHaveLength(100)
  })

  it.each([{ limit: 0 }, { limit: 201 }, { limit: 1.5 }, { cursor: 'nonsense' }, { cursor: '' }])(
    'refuses %j',
    async (query) => {
      const store = await openStore(setup)
      expect(await errorOf(store.models.list(query))).toMatchObject({ code: 'invalid-request' })
    },
  )

  it('lists chat models for routing, without metadata', async () => {
    const store = await openWithModels(setup)
    const routable = await store.models.listRoutable()
    expect(routable.map((item) => item.externalId)).toEqual(['d', 'e', 'a', 'b'])
    expect(routable[1]).toStrictEqual({ ...models[4], metadata: {} })
  })

  it('lists only the models asked for, however many are asked for', async () => {
    const store = await openWithModels(setup)
    const others = Array.from({ length: 40_000 }, (_, index) => `nobody/${index}`)
    const modelIds = ['openrouter/b', 'openai/e', 'openrouter/c', 'openrouter/b', ...others]
    const routable = await store.models.listRoutable({ modelIds })
    expect(routable.map((item) => item.externalId)).toEqual(['e', 'b'])
    expect(await store.models.listRoutable({ modelIds: [] })).toEqual([])
  })

  it('finds models by external id, ten at most, by id', async () => {
    const store = await openWithModels(setup)
    for (let index = 0; index < 12; index += 1) {
      await store.models.put(model('same', { providerId: `p${String(index).padStart(2, '0')}` }))
    }
    const found = await store.models.findByExternalId('same')
    expect(found.map((item) => item.providerId)).toEqual(
      Array.from({ length: 10 }, (_, index) => `p${String(index).padStart(2, '0')}`),
    )
    expect(await store.models.findByExternalId('e')).toStrictEqual([models[4]])
    expect(await store.models.findByExternalId('none')).toEqual([])
  })
}
