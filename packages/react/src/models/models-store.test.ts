import { fakeProvider } from '@imrs/testing/host'
import { describe, expect, it, onTestFinished, vi } from 'vitest'

import { reached } from '../__fixtures__/reached.ts'
import { serveRouter } from '../__fixtures__/serve-router.ts'
import { testClient } from '../__fixtures__/test-client.ts'
import { catalogEvents } from './catalog-events.ts'
import { modelsStore } from './models-store.ts'

const HOUR_MS = 3_600_000

describe('the catalogue in the browser', () => {
  it('is read when somebody watches, and not before', async () => {
    const { url, asked } = await serveRouter()
    const store = testClient(url).client.part(modelsStore)
    expect(store.getSnapshot()).toMatchObject({ models: [], isLoading: true })
    expect(asked).toEqual([])
    const { models, metadata } = await reached(store, ({ isLoading }) => !isLoading)
    expect(models.map(({ id }) => id).toSorted()).toEqual(['fake/large', 'fake/small'])
    expect(metadata).toMatchObject({ totalModels: 2, providers: { fake: { modelCount: 2 } } })
    expect(asked).toEqual(['GET /api/models'])
  })

  it('shows the copy of an earlier visit at once, as stale, then what the server says', async () => {
    const { url } = await serveRouter()
    const first = testClient(url)
    await reached(first.client.part(modelsStore), ({ isLoading }) => !isLoading)
    const { client } = testClient(url, { storage: first.storage })
    const store = client.part(modelsStore)
    onTestFinished(store.subscribe(() => {}))
    expect(store.getSnapshot()).toMatchObject({ isStale: true, isLoading: false })
    expect(store.getSnapshot().models).toHaveLength(2)
    await reached(store, ({ isStale }) => !isStale)
  })

  it('keeps the models of before while the server is down, and says so', async () => {
    const { url, goDown, comeBack } = await serveRouter()
    const { client, runtime } = testClient(url)
    const store = client.part(modelsStore)
    await reached(store, ({ isLoading }) => !isLoading)
    goDown()
    await store.refresh({ force: true })
    const state = store.getSnapshot()
    expect(state).toMatchObject({ isStale: true, error: { code: 'unreachable' } })
    expect(state.models).toHaveLength(2)
    const retried = store.refresh()
    await vi.waitUntil(() => runtime.sleeping() > 0)
    comeBack()
    await runtime.advance(HOUR_MS)
    await retried
    expect(store.getSnapshot()).toMatchObject({ isStale: false, error: undefined })
  })

  it('shows no copy older than a day', async () => {
    const { url, goDown } = await serveRouter()
    const first = testClient(url)
    await reached(first.client.part(modelsStore), ({ isLoading }) => !isLoading)
    goDown()
    const later = testClient(url, { storage: first.storage })
    await later.runtime.advance(25 * HOUR_MS)
    const store = later.client.part(modelsStore)
    onTestFinished(store.subscribe(() => {}))
    expect(store.getSnapshot()).toMatchObject({ models: [], isLoading: true })
  })

  it('asks whether something has changed, and takes an empty answer for no', async () => {
    const { url } = await serveRouter()
    const statuses: number[] = []
    const { client } = testClient(url, {
      fetch: async (...input) => {
        const answer = await globalThis.fetch(...input)
        statuses.push(answer.status)
        return answer
      },
    })
    const store = client.part(modelsStore)
    const { models } = await reached(store, ({ isLoading }) => !isLoading)
    await store.refresh()
    expect(statuses).toEqual([200, 304])
    expect(store.getSnapshot().models).toBe(models)
  })

  it('follows the server’s events: a model that was added is there, and new', async () => {
    const names = ['one']
    const provider = fakeProvider({ models: names })
    const { url, router } = await serveRouter({ router: { providers: [provider.definition] } })
    const { client, runtime } = testClient(url, { isLive: true })
    const store = client.part(modelsStore)
    onTestFinished(store.subscribe(() => {}))
    await reached(store, ({ isLoading }) => !isLoading)
    await reached(client.part(catalogEvents), ({ status }) => status === 'open')
    names.push('two')
    await router.providers.sync('fake')
    await reached(client.part(catalogEvents), ({ events }) => events.length > 0)
    await runtime.advance(1000)
    const { newModelIds } = await reached(store, ({ models }) => models.length === 2)
    expect([...newModelIds]).toEqual(['fake/two'])
  })

  it('tells of providers that are not at their best', async () => {
    const provider = fakeProvider({ id: 'keyless', models: ['m'], needsCredential: true })
    const { url } = await serveRouter({ router: { providers: [provider.definition] } })
    const store = testClient(url).client.part(modelsStore)
    const { warnings } = await reached(store, ({ isLoading }) => !isLoading)
    expect(warnings).toMatchObject([{ providerId: 'keyless', status: 'error' }])
  })

  it('keeps what a user’s own key shows out of the storage, and the key too', async () => {
    const provider = fakeProvider({ id: 'own', models: ['m'], needsCredential: true })
    const { url } = await serveRouter({
      router: { providers: [provider.definition], allowUserKeys: true },
      http: { userKeyHeaders: { own: 'x-own-key' } },
    })
    const kept = new Map<string, string>()
    const storage = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    }
    const { client } = testClient(url, { storage, userKeyHeaders: { own: 'x-own-key' } })
    client.setUserKey('own', 'sk-canary-of-a-user')
    const store = client.part(modelsStore)
    const { metadata } = await reached(store, ({ isLoading }) => !isLoading)
    expect(metadata?.userProvidedKeys).toEqual(['own'])
    expect(JSON.stringify([...kept])).not.toMatch(/canary|own\/m/)
    expect(() => client.setUserKey('nobody', 'k')).toThrow('"nobody"')
  })
})
