import { describe, expect, it, onTestFinished } from 'vitest'

import { reached } from '../__fixtures__/reached.ts'
import { serveRouter } from '../__fixtures__/serve-router.ts'
import { testClient } from '../__fixtures__/test-client.ts'
import { selectionStore } from './selection-store.ts'

const settled = ({ isLoading, isSaving }: { isLoading: boolean; isSaving: boolean }): boolean =>
  !isLoading && !isSaving

describe('the user’s choice', () => {
  it('is nobody’s at first, kept by the server, and there on the next visit', async () => {
    const { url } = await serveRouter()
    const selection = testClient(url).client.part(selectionStore)
    expect(await reached(selection, settled)).toMatchObject({ model: undefined, notices: [] })
    await selection.select('fake/large')
    expect(selection.getSnapshot()).toMatchObject({ model: 'fake/large', isLocal: false })
    const elsewhere = testClient(url).client.part(selectionStore)
    expect(await reached(elsewhere, settled)).toMatchObject({ model: 'fake/large' })
  })

  it('is seen at once, and taken back with a notice when the server refuses it', async () => {
    const { url } = await serveRouter()
    const selection = testClient(url).client.part(selectionStore)
    await reached(selection, settled)
    await selection.select('auto')
    const refused = selection.select('nobody/knows')
    expect(selection.getSnapshot()).toMatchObject({ model: 'nobody/knows', isSaving: true })
    await refused
    expect(selection.getSnapshot()).toMatchObject({
      model: 'auto',
      notices: [{ type: 'invalid-selection', from: 'nobody/knows', to: 'auto' }],
    })
  })

  it('holds in the browser while the server is down, and is sent when it is back', async () => {
    const { url, goDown, comeBack } = await serveRouter()
    const down = testClient(url)
    const selection = down.client.part(selectionStore)
    await reached(selection, settled)
    goDown()
    const chosen = selection.select('fake/large')
    await reached(down.client.part(selectionStore), ({ isSaving }) => isSaving)
    await advanceUntil(down.runtime, chosen)
    expect(selection.getSnapshot()).toMatchObject({
      model: 'fake/large',
      isLocal: true,
      notices: [{ type: 'not-saved', model: 'fake/large' }],
    })
    comeBack()
    const next = testClient(url, { storage: down.storage }).client.part(selectionStore)
    expect(await reached(next, ({ isLocal, isLoading }) => !isLocal && !isLoading)).toMatchObject({
      model: 'fake/large',
    })
    const elsewhere = testClient(url).client.part(selectionStore)
    expect(await reached(elsewhere, settled)).toMatchObject({ model: 'fake/large' })
  })

  it('remembers what a lower price is worth, over reloads and on a page that the server rendered', async () => {
    const { url } = await serveRouter()
    const first = testClient(url)
    const selection = first.client.part(selectionStore)
    expect(await reached(selection, settled)).toMatchObject({ costQuality: undefined })
    selection.setCostQuality(0.3)
    await selection.select('auto')
    expect(selection.getSnapshot()).toMatchObject({ model: 'auto', costQuality: 0.3 })
    const { storage } = first
    const initialPreference = { provider: null, model: 'fake/large', updatedAt: null }
    for (const [options, model] of [
      [{ storage }, 'auto'],
      [{ storage, initialPreference }, 'fake/large'],
    ] as const) {
      const next = testClient(url, options).client.part(selectionStore)
      expect(await reached(next, settled)).toMatchObject({ model })
      onTestFinished(next.subscribe(() => {}))
      expect(next.getSnapshot()).toMatchObject({ model, costQuality: 0.3 })
    }
    selection.setCostQuality(undefined)
    const forgotten = testClient(url, { storage }).client.part(selectionStore)
    expect(await reached(forgotten, settled)).toMatchObject({ costQuality: undefined })
  })

  it('follows a model to its new name, and says so', async () => {
    const { url } = await serveRouter()
    const migrations = [
      { oldId: 'old/large', newId: 'fake/large', reason: 'renamed', automaticMigration: true },
    ] as const
    const { client } = testClient(url, {
      migrations,
      initialPreference: { provider: null, model: 'old/large', updatedAt: null },
    })
    const selection = client.part(selectionStore)
    onTestFinished(selection.subscribe(() => {}))
    const state = await reached(selection, ({ notices }) => notices.length > 0)
    expect(state.notices).toEqual([{ type: 'migrated', from: 'old/large', to: 'fake/large' }])
    await reached(selection, ({ model, isLocal }) => model === 'fake/large' && !isLocal)
  })

  it('falls back to the default when the model is gone, and offers what takes its place', async () => {
    const { url } = await serveRouter()
    const migrations = [
      { oldId: 'gone/model', newId: 'fake/large', reason: 'deprecated', automaticMigration: false },
    ] as const
    const { client } = testClient(url, {
      migrations,
      defaultModel: 'fake/small',
      initialPreference: { provider: null, model: 'gone/model', updatedAt: null },
    })
    const selection = client.part(selectionStore)
    onTestFinished(selection.subscribe(() => {}))
    const { notices } = await reached(
      selection,
      ({ model, isLocal }) => model === 'fake/small' && !isLocal,
    )
    expect(notices).toMatchObject([
      { type: 'invalid-selection', from: 'gone/model', to: 'fake/small' },
      { type: 'migration-offered', from: 'gone/model', to: 'fake/large' },
    ])
    const offer = notices[1]
    if (offer !== undefined) await selection.accept(offer)
    expect(selection.getSnapshot()).toMatchObject({ model: 'fake/large' })
    expect(selection.getSnapshot().notices).toHaveLength(1)
  })

  it('asks the server where a model went that the list does not have', async () => {
    const { url } = await serveRouter()
    const { client } = testClient(url, {
      initialPreference: { provider: null, model: 'large', updatedAt: null },
    })
    const selection = client.part(selectionStore)
    onTestFinished(selection.subscribe(() => {}))
    const { notices } = await reached(selection, ({ model }) => model === 'fake/large')
    expect(notices).toEqual([{ type: 'migrated', from: 'large', to: 'fake/large' }])
  })
})

/** Moves time on whenever somebody waits, until a promise is kept. */
async function advanceUntil(
  runtime: ReturnType<typeof testClient>['runtime'],
  promise: Promise<unknown>,
): Promise<void> {
  let isDone = false
  void promise.finally(() => (isDone = true))
  while (!isDone) {
    await new Promise((resolve) => setImmediate(resolve))
    if (runtime.sleeping() > 0) await runtime.advance(60_000)
  }
}
