import '../__fixtures__/page.ts'
import { fakeProvider } from '@imrs/testing/host'
import { expect, it, onTestFinished, vi } from 'vitest'

import { reached } from '../__fixtures__/reached.ts'
import { serveRouter } from '../__fixtures__/serve-router.ts'
import { testClient } from '../__fixtures__/test-client.ts'
import { catalogEvents } from './catalog-events.ts'
import { modelsStore } from './models-store.ts'

it('goes on after the last event that was heard when the connection was lost', async () => {
  const models = ['one']
  const provider = fakeProvider({ models })
  const { url, router, goDown, comeBack } = await serveRouter({
    router: { providers: [provider.definition] },
  })
  const { client, runtime } = testClient(url)
  const events = client.part(catalogEvents)
  expect(events.getSnapshot().status).toBe('off')
  onTestFinished(events.subscribe(() => {}))
  await reached(events, ({ status }) => status === 'open')
  models.push('two')
  await router.providers.sync('fake')
  await reached(events, ({ events: heard }) => heard.length === 1)
  goDown()
  await reached(events, ({ status }) => status === 'waiting')
  models.push('three')
  await router.providers.sync('fake')
  comeBack()
  await vi.waitUntil(() => runtime.sleeping() > 0)
  await runtime.advance(60_000)
  const { events: heard } = await reached(events, (state) => state.events.length > 1)
  expect(heard).toMatchObject([
    { type: 'model-added', modelId: 'fake/three' },
    { type: 'model-added', modelId: 'fake/two' },
  ])
})

it('lets go of the connection while the page is hidden, and misses nothing', async () => {
  const models = ['one']
  const provider = fakeProvider({ models })
  const { url, router } = await serveRouter({ router: { providers: [provider.definition] } })
  const { client, runtime } = testClient(url, { isLive: true })
  const store = client.part(modelsStore)
  const events = client.part(catalogEvents)
  onTestFinished(store.subscribe(() => {}))
  await reached(events, ({ status }) => status === 'open')
  setHidden(true)
  expect(events.getSnapshot().status).toBe('off')
  models.push('two')
  await router.providers.sync('fake')
  setHidden(false)
  await reached(events, ({ status }) => status === 'open')
  await vi.waitUntil(() => runtime.sleeping() > 0)
  await runtime.advance(1000)
  await reached(store, (state) => state.models.length === 2)
})

function setHidden(isHidden: boolean): void {
  Object.defineProperty(document, 'hidden', { configurable: true, value: isHidden })
  document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
}
