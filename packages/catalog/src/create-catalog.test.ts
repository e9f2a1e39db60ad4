import type { CostTierBounds, ProviderFailure, RouterEvent } from '@imrs/core'
import { UNREADABLE_ROW } from '@imrs/core'
import { memorySecrets } from '@imrs/secrets'
import { createTestRuntime, fakeProvider, memoryStore } from '@imrs/testing/host'
import type { FakeModel, FakeProviderOptions, MemoryStore } from '@imrs/testing/host'
import { describe, expect, it, onTestFinished } from 'vitest'

import { createCatalog } from './create-catalog.ts'
import type { ModelSeed } from './models-contract.ts'

interface Setup {
  readonly providers?: readonly FakeProviderOptions[]
  readonly models?: readonly ModelSeed[]
  readonly keys?: Readonly<Record<string, string>>
  /** Default: an empty one. */
  readonly store?: MemoryStore
  readonly costTierBounds?: CostTierBounds | undefined
}

async function setUp(setup: Setup = {}) {
  const { providers = [{ models: ['a', 'b'] }], models = [], keys = {} } = setup
  const runtime = createTestRuntime()
  const store = setup.store ?? memoryStore()
  const events: RouterEvent[] = []
  const catalog = await createCatalog({
    store,
    runtime,
    models,
    costTierBounds: setup.costTierBounds,
    secrets: memorySecrets(keys),
    definitions: providers.map((options) => fakeProvider(options).definition),
    emit: (event) => events.push(event),
  })
  onTestFinished(() => catalog.close())
  return { catalog, store, runtime, events }
}

describe('sync', () => {
  it('adds, updates, leaves and takes away, and says so', async () => {
    const models: (string | FakeModel)[] = ['a', 'b', 'c']
    const { catalog, store, events } = await setUp({ providers: [{ models }] })
    expect(await catalog.providers.sync('fake')).toMatchObject({ discovered: 3, added: 3 })

    models.splice(1, 2, { externalId: 'b', contextLength: 9 }, 'd')
    const report = await catalog.providers.sync('fake')

    expect(report).toMatchObject({ discovered: 3, added: 1, updated: 1, unchanged: 1, removed: 1 })
    expect(await store.models.get('fake/c')).toMatchObject({ isAvailable: false })
    expect(await store.models.get('fake/b')).toMatchObject({ contextLength: 9 })
    expect((await catalog.providers.get('fake')).lastSyncedAtMs).toBe(report.syncedAtMs)
    expect(
      events
        .filter(({ type }) => type !== 'provider-sync-progress' && type !== 'model-list-read')
        .slice(4),
    ).toMatchObject([
      { type: 'provider-synced', added: 1, removed: 1 },
      { type: 'model-added', modelId: 'fake/d' },
      { type: 'model-removed', modelId: 'fake/c' },
    ])
  })

  it('that fails changes nothing, is told, and counts against the provider’s health', async () => {
    let failure: ProviderFailure | undefined
    const { catalog, store, events } = await setUp({
      providers: [{ models: ['a'], listFailure: () => failure }],
    })
    await catalog.providers.sync('fake')
    failure = { kind: 'unavailable', message: 'It is down.' }
    await expect(catalog.providers.sync('fake')).rejects.toMatchObject({ failure })
    await expect(catalog.providers.sync('fake')).rejects.toMatchObject({ failure })

    expect(await store.models.get('fake/a')).toMatchObject({ isAvailable: true })
    expect(await catalog.health.list()).toMatchObject([{ status: 'degraded' }])
    expect(events.map((event) => event.type)).toContain('provider-sync-failed')
    expect(await store.providers.listHealth()).toMatchObject([{ status: 'degraded' }])
  })

  it('of one provider runs once, however many ask', async () => {
    let asked = 0
    const failing = (): undefined => {
      asked += 1
    }
    const { catalog } = await setUp({ providers: [{ models: ['a'], listFailure: failing }] })
    const sync = () => catalog.providers.sync('fake')
    const [one, two] = await Promise.all([sync(), sync()])
    expect(asked).toBe(1)
    expect(one).toBe(two)
  })

  it('can be left by one who waits without ending it for the others', async () => {
    const { catalog } = await setUp()
    const abort = new AbortController()
    const left = catalog.providers.sync('fake', { signal: abort.signal })
    const stayed = catalog.providers.sync('fake')
    abort.abort(new Error('enough'))
    await expect(left).rejects.toThrow('enough')
    await expect(stayed).resolves.toMatchObject({ added: 2 })
  })

  it('ends upstream when all who waited have left, and changes nothing', async () => {
    const gate = Promise.withResolvers<void>()
    const { catalog, store } = await setUp({
      providers: [{ models: ['a'], listGate: () => gate.promise }],
    })
    const one = new AbortController()
    const two = new AbortController()
    const waits = [one, two].map(({ signal }) => catalog.providers.sync('fake', { signal }))
    const outcomes = Promise.allSettled(waits)
    one.abort(new Error('enough'))
    two.abort(new Error('enough'))
    expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    gate.resolve()
    await catalog.close()
    expect(await store.models.get('fake/a')).toBeUndefined()
  })

  it('does not believe that a provider has lost all its models at once', async () => {
    const models = ['a', 'b', 'c', 'd', 'e']
    const { catalog, store } = await setUp({ providers: [{ models }] })
    await catalog.providers.sync('fake')
    const kept = models.splice(0)
    await expect(catalog.providers.sync('fake')).rejects.toThrow('empty list')
    expect(await store.models.count({ isAvailable: true })).toBe(5)
    models.push(...kept.slice(0, 4))
    await catalog.providers.sync('fake')
    models.length = 0
    expect(await catalog.providers.sync('fake')).toMatchObject({ removed: 4 })
  })

  it('takes a repeated id once and keeps what an admin set', async () => {
    const { catalog, store } = await setUp({ providers: [{ models: ['a', 'a'] }] })
    expect(await catalog.providers.sync('fake')).toMatchObject({ discovered: 1, added: 1 })
    const model = await catalog.models.get('fake/a')
    await store.models.put({ ...model, priority: 90 })
    await catalog.providers.sync('fake')
    expect(await catalog.models.get('fake/a')).toMatchObject({ priority: 90 })
  })

  it('counts the rows that nobody can read, and keeps them', async () => {
    const unreadable = {
      externalId: 'row-1',
      isAvailable: false,
      unavailableReason: `${UNREADABLE_ROW}: it has no id.`,
    }
    const { catalog } = await setUp({ providers: [{ models: ['a', unreadable] }] })
    expect(await catalog.providers.sync('fake')).toMatchObject({ discovered: 2, unreadable: 1 })
    expect(await catalog.models.get('fake/row-1')).toMatchObject({ isAvailable: false })
  })

  it('draws the lines between cost tiers where the host wants them', async () => {
    const models = [{ externalId: 'a', pricing: { input: '2', output: '2' } }]
    const tier = async (costTierBounds?: CostTierBounds) => {
      const { catalog } = await setUp({ providers: [{ models }], costTierBounds })
      await catalog.providers.sync('fake')
      return (await catalog.models.get('fake/a')).costTier
    }
    expect(await tier()).toBe('standard')
    expect(await tier({ low: '0.1', standard: '1' })).toBe('premium')
  })

  it('needs a key where the provider does', async () => {
    const { catalog } = await setUp({ providers: [{ models: ['a'], needsCredential: true }] })
    await expect(catalog.providers.sync('fake')).rejects.toMatchObject({
      code: 'missing-credential',
    })
    expect(await catalog.providers.credential('fake')).toMatchObject({ isPresent: false })
  })
})

describe('seeds', () => {
  it('are there without a list; a list that has them wins, but for a name it does not have', async () => {
    const listed = [
      { externalId: 'a', contextLength: 7 },
      { externalId: 'b', displayName: 'Bee' },
    ]
    const models = [
      { providerId: 'fake', externalId: 'b', displayName: 'B' },
      { providerId: 'fake', externalId: 'a', displayName: 'A', aliases: ['alpha'] },
      { providerId: 'fake', externalId: 'z', displayName: 'Z' },
    ]
    const { catalog } = await setUp({ models, providers: [{ models: listed }] })
    expect(await catalog.models.get('fake/a')).toMatchObject({ displayName: 'A', origin: 'code' })

    await catalog.providers.sync('fake')

    expect(await catalog.models.get('fake/a')).toMatchObject({
      displayName: 'A',
      contextLength: 7,
    })
    expect((await catalog.models.get('fake/b')).displayName).toBe('Bee')
    expect(await catalog.models.get('fake/z')).toMatchObject({
      displayName: 'Z',
      isAvailable: true,
    })
    expect((await catalog.models.resolve({ model: 'alpha' })).model.id).toBe('fake/a')
  })

  it('that a list has confirmed stay as the list has them over a restart', async () => {
    const retired = { atMs: Date.UTC(2025, 5, 17) }
    const models = [{ providerId: 'fake', externalId: 'a', displayName: 'A', retired }]
    const { catalog, store } = await setUp({ models })
    await catalog.providers.sync('fake')
    const confirmed = await catalog.models.get('fake/a')

    const after = await setUp({ models, store })

    expect(await after.catalog.models.get('fake/a')).toEqual(confirmed)
    expect(confirmed).toMatchObject({ isAvailable: true, displayName: 'A' })
  })

  it('that are retired are there, say what succeeds them, and come back when a list has them', async () => {
    const retired = { atMs: Date.UTC(2025, 5, 17), successorId: 'fake/new' }
    const models = [
      { providerId: 'fake', externalId: 'a', displayName: 'A', retired },
      { providerId: 'fake', externalId: 'old', displayName: 'Old', retired },
    ]
    const { catalog } = await setUp({ models })
    await catalog.providers.sync('fake')
    expect((await catalog.models.get('fake/a')).isAvailable).toBe(true)
    expect(await catalog.models.get('fake/old')).toMatchObject({
      isAvailable: false,
      unavailableReason:
        'Its provider stopped serving it on 2025-06-17; its successor is fake/new.',
    })
  })
})

describe('names', () => {
  it('resolve as exact id, then alias, then an external id that one provider has', async () => {
    const { catalog, store } = await setUp({
      providers: [{ models: ['a', 'shared'] }, { id: 'other', models: ['x/y', 'shared'] }],
    })
    await Promise.all(['fake', 'other'].map((id) => catalog.providers.sync(id)))
    await store.models.putAlias({
      name: 'short',
      modelId: 'other/x/y',
      reason: 'alias',
      isAutomatic: true,
      createdAtMs: 0,
    })
    const idOf = async (model: string, provider?: string) =>
      (await catalog.resolve({ model, provider })).model.id
    expect(await idOf('other/x/y')).toBe('other/x/y')
    expect(await idOf('short')).toBe('other/x/y')
    expect(await idOf('x/y')).toBe('other/x/y')
    expect(await idOf('shared', 'other')).toBe('other/shared')
    expect(await idOf('other/shared', 'other')).toBe('other/shared')
    expect(await idOf('short', 'other')).toBe('other/x/y')
    await expect(idOf('shared')).rejects.toThrow('fake/shared, other/shared')
    await expect(idOf('short', 'fake')).rejects.toMatchObject({ code: 'model-provider-mismatch' })
    await expect(idOf('a', 'nobody')).rejects.toThrow('fake, other')
    await expect(idOf('sharde')).rejects.toThrow('Valid ones: fake/shared')
  })

  it('follow an automatic migration and name the successor of another', async () => {
    const { catalog, store } = await setUp()
    await catalog.providers.sync('fake')
    const move = { modelId: 'fake/a', createdAtMs: 0 } as const
    await store.models.putAlias({ ...move, name: 'fake/old', reason: 'moved', isAutomatic: true })
    await store.models.putAlias({
      ...move,
      name: 'fake/gone',
      reason: 'deprecated',
      isAutomatic: false,
    })
    expect(await catalog.resolve({ model: 'fake/old' })).toMatchObject({
      model: { id: 'fake/a' },
      migratedFrom: 'fake/old',
    })
    await expect(catalog.resolve({ model: 'fake/gone' })).rejects.toThrow('successor is fake/a')
  })
})

describe('GET /api/models', () => {
  it('has every field of the plan', async () => {
    const { catalog, runtime } = await setUp({
      providers: [
        {
          models: [
            {
              externalId: 'a',
              displayName: 'Model A',
              description: 'What it is.',
              capabilities: ['text', 'vision'],
              contextLength: 128_000,
              pricing: { input: '0.15', output: '0.6' },
            },
            { externalId: 'free', pricing: { input: '0', output: '0' } },
            { externalId: 'embed', modelType: 'embedding' },
          ],
        },
      ],
    })
    await catalog.providers.sync('fake')
    const now = new Date(runtime.now()).toISOString()
    expect(await catalog.models.response()).toEqual({
      models: [
        {
          id: 'fake/a',
          provider: 'fake',
          name: 'Model A',
          description: 'What it is.',
          capabilities: ['text', 'vision'],
          premium: true,
          vision: true,
          contextMax: 128_000,
          status: 'available',
          lastChecked: now,
          providerHealth: 'healthy',
          pricing: { input: 1.5e-7, output: 6e-7, currency: 'USD' },
        },
        {
          id: 'fake/free',
          provider: 'fake',
          name: 'free',
          capabilities: ['text'],
          premium: false,
          vision: false,
          status: 'available',
          lastChecked: now,
          providerHealth: 'healthy',
          pricing: { input: 0, output: 0, currency: 'USD' },
        },
      ],
      metadata: {
        lastUpdated: now,
        providers: { fake: { status: 'healthy', lastChecked: now, modelCount: 2 } },
        totalModels: 2,
        cacheHit: true,
      },
    })
  })

  it('says since when a model is listed, unless it was when the list was first read', async () => {
    const models: (string | FakeModel)[] = [
      'seeded',
      'first',
      { externalId: 'e', modelType: 'embedding' },
    ]
    const seed = (externalId: string): ModelSeed => ({
      providerId: 'fake',
      externalId,
      displayName: externalId,
    })
    const { catalog, runtime } = await setUp({
      providers: [{ models }],
      models: [seed('seeded'), seed('named')],
    })
    const addedAt = async (): Promise<object> => {
      const response = await catalog.models.response()
      return Object.fromEntries(response.models.map((model) => [model.id, model.addedAt]))
    }
    // The host's code names models long before their list is read.
    await runtime.advance(60_000)
    await catalog.providers.sync('fake')
    const none = { 'fake/seeded': undefined, 'fake/named': undefined, 'fake/first': undefined }
    expect(await addedAt()).toEqual(none)
    await runtime.advance(1000)
    models.push('later', 'named')
    const { syncedAtMs } = await catalog.providers.sync('fake')
    const later = { ...none, 'fake/later': new Date(syncedAtMs).toISOString() }
    expect(await addedAt()).toEqual(later)
    // What goes and comes back is no news.
    models.splice(3, 1)
    await runtime.advance(1000)
    await catalog.providers.sync('fake')
    models.push('later')
    await runtime.advance(1000)
    await catalog.providers.sync('fake')
    expect(await addedAt()).toEqual(later)
  })

  it('counts the first reading by all its models, those that do not chat too', async () => {
    const models: (string | FakeModel)[] = [{ externalId: 'e', modelType: 'embedding' }]
    const { catalog, runtime } = await setUp({ providers: [{ models }] })
    await catalog.providers.sync('fake')
    await runtime.advance(1000)
    models.push('talks')
    const { syncedAtMs } = await catalog.providers.sync('fake')
    const response = await catalog.models.response()
    expect(response.models).toMatchObject([{ addedAt: new Date(syncedAtMs).toISOString() }])
  })

  it('says why a model cannot be used', async () => {
    const soon = Date.UTC(2026, 6, 1)
    const { catalog, store } = await setUp({
      providers: [
        {
          models: [
            { externalId: 'ends', expiresAtMs: soon },
            { externalId: 'off', isAvailable: false },
          ],
        },
        { id: 'locked', models: ['x'], needsCredential: true },
        { id: 'closed', models: ['y'] },
      ],
      models: [{ providerId: 'locked', externalId: 'x', displayName: 'X' }],
    })
    await catalog.providers.sync('fake')
    await catalog.providers.sync('closed')
    const closed = await catalog.providers.get('closed')
    await store.providers.put({ ...closed, isActive: false })

    const { models, metadata } = await catalog.models.response()
    const seen = Object.fromEntries(models.map((model) => [model.id, model]))
    expect(seen['fake/ends']).toMatchObject({
      status: 'deprecated',
      errorMessage: 'Served until 2026-07-01.',
    })
    expect(seen['fake/off']).toMatchObject({ status: 'unavailable' })
    expect(seen['locked/x']?.errorMessage).toContain('locked has no key.')
    expect(seen['closed/y']).toMatchObject({ status: 'unavailable' })
    expect(metadata.providers['locked']).toMatchObject({ status: 'error' })
  })

  it('shows a provider that is down or limited', async () => {
    const { catalog } = await setUp()
    await catalog.providers.sync('fake')
    const status = async () => (await catalog.models.response()).models[0]?.status
    catalog.tracker.failed('fake', { kind: 'rate-limited', message: 'Too many requests.' })
    expect(await status()).toBe('limited')
    for (let count = 0; count < 4; count += 1) {
      catalog.tracker.failed('fake', { kind: 'unavailable', message: 'Down.' })
    }
    expect(await status()).toBe('unavailable')
  })

  it('reads old lists again behind the scenes, and all of them at once when forced', async () => {
    let reads = 0
    const count = (): undefined => {
      reads += 1
    }
    const { catalog, runtime } = await setUp({ providers: [{ models: ['a'], listFailure: count }] })
    await catalog.firstSync()
    expect(reads).toBe(1)
    await catalog.models.response()
    expect(reads).toBe(1)
    await runtime.advance(600_000)
    expect((await catalog.models.response()).metadata.cacheHit).toBe(true)
    await catalog.close()
    expect(reads).toBe(2)
  })

  it('forced, says that it read anew', async () => {
    let reads = 0
    const count = (): undefined => {
      reads += 1
    }
    const { catalog } = await setUp({ providers: [{ models: ['a'], listFailure: count }] })
    expect((await catalog.models.response({ force: true })).metadata.cacheHit).toBe(false)
    expect(reads).toBe(1)
  })
})

describe('freshness', () => {
  const down: ProviderFailure = { kind: 'unavailable', message: 'It is down.' }

  it('a list that cannot be read again keeps its models and says since when and why', async () => {
    let failure: ProviderFailure | undefined
    const { catalog, runtime } = await setUp({
      providers: [
        { models: ['a'], listFailure: () => failure },
        { id: 'good', models: ['b'] },
      ],
    })
    await catalog.firstSync()
    const syncedAt = new Date(runtime.now()).toISOString()
    failure = down
    await runtime.advance(1000)
    const { models, metadata } = await catalog.models.response({ force: true })
    expect(models.map(({ id, status }) => [id, status])).toEqual([
      ['fake/a', 'available'],
      ['good/b', 'available'],
    ])
    expect(metadata.providers['fake']).toMatchObject({
      status: 'degraded',
      error: `The models are those of ${syncedAt}, as the list could not be read again: It is down.`,
    })
    expect(metadata.providers['good']).toMatchObject({ status: 'healthy' })
  })

  it('a provider that hangs keeps nobody waiting', async () => {
    const gate = Promise.withResolvers<void>()
    const { catalog, runtime } = await setUp({
      providers: [{ id: 'hangs', models: ['a'], listGate: () => gate.promise }, { models: ['b'] }],
    })
    await catalog.providers.sync('fake')
    const hanging = catalog.providers.sync('hangs')
    await runtime.advance(600_000)
    expect((await catalog.models.response()).models.map(({ id }) => id)).toEqual(['fake/b'])
    expect((await catalog.models.list()).items.map(({ id }) => id)).toEqual(['fake/b'])
    gate.resolve()
    await hanging
  })

  it('lists are read again by themselves, about when they should be, until that is stopped', async () => {
    let reads = 0
    const count = (): undefined => {
      reads += 1
    }
    const { catalog, runtime } = await setUp({ providers: [{ models: ['a'], listFailure: count }] })
    const stop = new AbortController()
    const refreshing = catalog.refreshRegularly(1000, stop.signal)
    await runtime.advance(899)
    expect(reads).toBe(0)
    await runtime.advance(201)
    expect(reads).toBe(1)
    await runtime.advance(10_000)
    expect(reads).toBeGreaterThanOrEqual(9)
    stop.abort()
    await refreshing
    expect(runtime.sleeping()).toBe(0)
  })
})

describe('several processes that read lists regularly', () => {
  const SECONDS = 60

  /** Catalogues on one store, all told to read every second, and how often each was read by whom. */
  async function setUpMany(count: number, listGate?: () => Promise<unknown>) {
    const store = memoryStore()
    const runtime = createTestRuntime()
    const reads: { readonly by: number; readonly atMs: number }[] = []
    const stops = Array.from({ length: count }, () => new AbortController())
    const running: Promise<void>[] = []
    for (const [by, stop] of stops.entries()) {
      const counted = async (): Promise<void> => {
        reads.push({ by, atMs: runtime.now() })
        await listGate?.()
      }
      const catalog = await createCatalog({
        store,
        runtime,
        models: [],
        secrets: memorySecrets(),
        definitions: [fakeProvider({ models: ['a'], listGate: counted }).definition],
        emit: () => undefined,
      })
      onTestFinished(() => catalog.close())
      running.push(catalog.refreshRegularly(1_000, stop.signal))
    }
    return { store, runtime, reads, stops, running }
  }

  it('read each list once in a period, all of them together', async () => {
    const { runtime, reads, stops, running } = await setUpMany(8)
    await runtime.advance(SECONDS * 1_000)
    expect(reads.length).toBeGreaterThan(SECONDS * 0.8)
    for (const [index, { atMs }] of reads.entries()) {
      expect(atMs - (reads[index - 1]?.atMs ?? -Infinity)).toBeGreaterThanOrEqual(900)
    }
    for (const stop of stops) stop.abort()
    await Promise.all(running)
    expect(runtime.sleeping()).toBe(0)
  })

  it('go on when the one that reads is gone', async () => {
    const gate = Promise.withResolvers<void>()
    const { store, runtime, reads, stops } = await setUpMany(2, () => gate.promise)
    await runtime.advance(1_200)
    expect(reads).toHaveLength(1)
    await runtime.advance(3_000)
    // The other one has seen that the lock is held.
    expect(reads).toHaveLength(1)
    expect(await store.coordination.tryLock('sync')).toBeUndefined()
    stops[reads[0]?.by ?? 0]?.abort()
    await runtime.advance(200)
    expect(new Set(reads.map(({ by }) => by))).toEqual(new Set([0, 1]))
    gate.resolve()
  })
})

describe('asking a provider how it is', () => {
  it('costs one question in thirty seconds, however many ask', async () => {
    let asked = 0
    let failure: ProviderFailure | undefined
    const answer = (): ProviderFailure | undefined => {
      asked += 1
      return failure
    }
    const { catalog, runtime } = await setUp({
      providers: [{ models: ['a'], listFailure: answer }],
    })
    const check = () => catalog.health.check('fake')
    const [one, two] = await Promise.all([check(), check()])
    expect([one.status, two.status, asked]).toEqual(['healthy', 'healthy', 1])
    await check()
    expect(asked).toBe(1)

    failure = { kind: 'unavailable', message: 'Down.' }
    for (let round = 0; round < 4; round += 1) {
      await runtime.advance(30_000)
      await check()
    }
    expect(await catalog.health.list()).toMatchObject([{ status: 'down', error: 'Down.' }])
    await expect(catalog.health.check('nobody')).rejects.toMatchObject({ code: 'unknown-provider' })
  })
})
