import type { RouterEvent } from '@imrs/core'
import { memorySecrets } from '@imrs/secrets'
import { createTestRuntime, fakeProvider, memoryStore } from '@imrs/testing/host'
import type { FakeModel } from '@imrs/testing/host'
import { describe, expect, it, onTestFinished } from 'vitest'

import { createCatalog } from './create-catalog.ts'

const price = (input: string): FakeModel => ({
  externalId: 'listed',
  displayName: 'Listed',
  pricing: { input, output: input, source: 'provider' },
})

async function setUp() {
  const listed: FakeModel[] = [price('1')]
  const store = memoryStore()
  const runtime = createTestRuntime()
  const events: RouterEvent[] = []
  const catalog = await createCatalog({
    store,
    runtime,
    secrets: memorySecrets(),
    models: [],
    definitions: [fakeProvider({ models: listed }).definition],
    emit: (event) => events.push(event),
  })
  onTestFinished(() => catalog.close())
  await catalog.providers.sync('fake')
  const sync = () => catalog.providers.sync('fake')
  return { catalog, store, listed, events, sync }
}

describe('a model added by hand', () => {
  it('is there, with what follows from its price, and no sync removes it', async () => {
    const { catalog, sync } = await setUp()
    const made = await catalog.models.create({
      providerId: 'fake',
      externalId: 'mine',
      capabilities: ['text', 'code'],
      pricing: { input: '20', output: '60' },
      priority: 70,
      by: 'admin',
    })
    expect(made).toMatchObject({
      id: 'fake/mine',
      displayName: 'mine',
      origin: 'manual',
      costTier: 'premium',
      priority: 70,
      pricing: { source: 'manual' },
    })
    await sync()
    expect(await catalog.models.get('fake/mine')).toMatchObject({ isAvailable: true })
  })

  it.each([
    [{ providerId: 'nobody', externalId: 'x' }, 'unknown-provider'],
    [{ providerId: 'fake', externalId: 'listed' }, 'conflict'],
    [{ providerId: 'fake', externalId: 'x', priority: 101 }, 'invalid-request'],
    [{ providerId: 'fake', externalId: 'x', capabilities: ['flying'] as never }, 'invalid-request'],
    [{ providerId: 'fake', externalId: 'x', pricing: { input: '-1' } }, 'invalid-request'],
  ])('%j is refused as %s', async (model, code) => {
    const { catalog } = await setUp()
    await expect(catalog.models.create(model)).rejects.toMatchObject({ code })
  })
})

describe('an edit', () => {
  it('wins over what the list says, survives every sync, and can be taken back', async () => {
    const { catalog, listed, sync } = await setUp()
    await catalog.models.edit('fake/listed', {
      set: { displayName: 'Ours', priority: 90, capabilities: ['text', 'vision'] },
      by: 'admin',
    })
    listed[0] = { ...price('1'), contextLength: 9, displayName: 'Renamed' }
    await sync()
    expect(await catalog.models.get('fake/listed')).toMatchObject({
      displayName: 'Ours',
      priority: 90,
      capabilities: ['text', 'vision'],
      contextLength: 9,
      overrides: { displayName: 'Ours' },
    })
    await catalog.models.edit('fake/listed', { clear: ['displayName', 'capabilities'] })
    expect(await catalog.models.get('fake/listed')).toMatchObject({
      displayName: 'Renamed',
      capabilities: ['text'],
      priority: 90,
    })
  })

  it('of the price brings the tier', async () => {
    const { catalog } = await setUp()
    const set = { pricing: { input: '0', output: '0' } }
    expect(await catalog.models.edit('fake/listed', { set })).toMatchObject({ costTier: 'free' })
  })

  it('that is wrong changes nothing', async () => {
    const { catalog } = await setUp()
    const edit = (given: object) => catalog.models.edit('fake/listed', given)
    await expect(edit({ set: { priority: -1 } })).rejects.toMatchObject({ field: 'priority' })
    await expect(edit({ clear: ['id'] })).rejects.toMatchObject({ field: 'clear' })
    await expect(catalog.models.edit('fake/nope', {})).rejects.toMatchObject({ code: 'not-found' })
    expect((await catalog.models.get('fake/listed')).overrides).toBeUndefined()
  })
})

describe('retiring', () => {
  it('takes a model out of service over every sync, and is written down', async () => {
    const { catalog, store, sync } = await setUp()
    await catalog.models.retire('fake/listed', { reason: 'Too dear.', by: 'admin' })
    await sync()
    const { models } = await catalog.models.response()
    expect(models[0]).toMatchObject({ status: 'unavailable', errorMessage: 'Too dear.' })
    expect(await store.audit.list()).toContainEqual(
      expect.objectContaining({ actor: 'admin', subject: 'fake/listed' }),
    )
    await catalog.models.edit('fake/listed', { clear: ['isAvailable'] })
    expect(await catalog.models.get('fake/listed')).toMatchObject({ isAvailable: true })
  })
})

describe('what a sync finds', () => {
  it('is told and kept: prices digit by digit, ends, removals', async () => {
    const { catalog, listed, events, sync } = await setUp()
    listed[0] = { ...price('1.0000000000001'), expiresAtMs: Date.UTC(2027, 0, 1) }
    await sync()
    listed.length = 0
    await sync()
    const told = events.map((event) => event.type)
    expect(told).toEqual(expect.arrayContaining(['price-changed', 'model-deprecated']))
    expect(events.find((event) => event.type === 'price-changed')).toMatchObject({
      modelId: 'fake/listed',
      from: { input: '1' },
      to: { input: '1.0000000000001' },
    })
    const kept = await catalog.models.events()
    expect(kept.map((event) => event.type)).toEqual([
      'model-added',
      'model-updated',
      'model-deprecated',
      'price-changed',
      'model-removed',
    ])
    const last = kept.at(-2)?.seq
    expect(await catalog.models.events({ sinceSeq: last })).toHaveLength(1)
    for (const [field, number] of Object.entries({ sinceSeq: Number.NaN, beforeSeq: 1.5 })) {
      await expect(catalog.models.events({ [field]: number })).rejects.toMatchObject({
        code: 'invalid-request',
        field,
      })
    }
  })
})

describe('another name', () => {
  it('is found, and a move that is not automatic only named', async () => {
    const { catalog } = await setUp()
    await catalog.models.putAlias({ name: 'short', model: 'listed' })
    await catalog.models.putAlias({
      name: 'fake/gone',
      model: 'fake/listed',
      reason: 'deprecated',
      isAutomatic: false,
    })
    expect((await catalog.resolve({ model: 'short' })).model.id).toBe('fake/listed')
    await expect(catalog.resolve({ model: 'fake/gone' })).rejects.toThrow('fake/listed')
    expect((await catalog.models.aliases()).map(({ name }) => name)).toEqual(['fake/gone', 'short'])
  })

  it('of nothing, or that is a model itself, is refused', async () => {
    const { catalog } = await setUp()
    await expect(catalog.models.putAlias({ name: 'x', model: 'nope' })).rejects.toMatchObject({
      code: 'unknown-model',
    })
    await expect(
      catalog.models.putAlias({ name: 'fake/listed', model: 'fake/listed' }),
    ).rejects.toMatchObject({ code: 'conflict' })
  })
})
