import { CATALOG_TOPIC } from '@imrs/core'
import type { Provider } from '@imrs/core'
import { expect, it } from 'vitest'

import { AT, ODD_TEXT, model, provider } from './samples.ts'
import { errorOf, openStore } from './setup.ts'
import type { StoreContractSetup } from './setup.ts'

const full: Provider = provider({
  displayName: ODD_TEXT,
  apiKeyVaultPath: 'secret/llm/openrouter',
  rateLimitRpm: 200,
  isActive: false,
  origin: 'code',
  settings: {
    headers: { 'x-title': ODD_TEXT },
    list: [1, 2.5, null, true],
    deep: { a: { b: [] } },
  },
  lastSyncedAtMs: AT + 1,
  createdBy: ODD_TEXT,
  createdAtMs: AT + 2,
  updatedAtMs: AT + 3,
})

export function providerContract(setup: StoreContractSetup): void {
  it('gives every field back as it was put', async () => {
    const store = await openStore(setup)
    await store.providers.put(full)
    expect(await store.providers.get(full.id)).toStrictEqual(full)
  })

  it('leaves out what was not put', async () => {
    const store = await openStore(setup)
    const { id } = provider()
    await store.providers.put(provider({ createdBy: undefined }))
    expect(await store.providers.get(id)).toStrictEqual(provider())
    expect(await store.providers.get('unknown')).toBeUndefined()
  })

  it('replaces all but the time of creation and of the last sync, and raises the catalogue', async () => {
    const store = await openStore(setup)
    await store.providers.put(full)
    await store.providers.put(provider({ createdAtMs: 5, lastSyncedAtMs: 6 }))
    expect(await store.providers.get(full.id)).toStrictEqual(
      provider({ createdAtMs: full.createdAtMs, lastSyncedAtMs: full.lastSyncedAtMs }),
    )
    expect(await store.changes.versions([CATALOG_TOPIC])).toEqual([2])
  })

  it('lists all of them by id', async () => {
    const store = await openStore(setup)
    for (const id of ['b', 'a-1', 'a', 'a_1', 'a0']) await store.providers.put(provider({ id }))
    expect((await store.providers.list()).map(({ id }) => id)).toEqual([
      'a',
      'a-1',
      'a0',
      'a_1',
      'b',
    ])
  })

  it('keeps what is stored when a row that was given or taken is changed', async () => {
    const store = await openStore(setup)
    const given = provider({ settings: { list: [1] } })
    await store.providers.put(given)
    ;(given.settings as { list: number[] }).list.push(2)
    const taken = (await store.providers.get(given.id)) as { displayName: string }
    try {
      taken.displayName = 'changed'
    } catch {
      // Frozen: as good as fresh.
    }
    expect(await store.providers.get(given.id)).toStrictEqual(provider({ settings: { list: [1] } }))
  })

  it('keeps the health of a provider, an older one changing nothing', async () => {
    const store = await openStore(setup)
    const down = { providerId: 'b', status: 'down', checkedAtMs: AT, error: ODD_TEXT } as const
    await store.providers.putHealth(down)
    await store.providers.putHealth({ providerId: 'a', status: 'healthy', checkedAtMs: AT })
    await store.providers.putHealth({ providerId: 'b', status: 'healthy', checkedAtMs: AT - 1 })
    expect(await store.providers.listHealth()).toStrictEqual([
      { providerId: 'a', status: 'healthy', checkedAtMs: AT },
      down,
    ])
    await store.providers.putHealth({ providerId: 'b', status: 'degraded', checkedAtMs: AT })
    await store.providers.putHealth({ providerId: 'a', status: 'degraded', checkedAtMs: AT + 1 })
    expect(await store.providers.listHealth()).toStrictEqual([
      { providerId: 'a', status: 'degraded', checkedAtMs: AT + 1 },
      { providerId: 'b', status: 'degraded', checkedAtMs: AT },
    ])
    expect(await store.changes.versions([CATALOG_TOPIC])).toEqual([0])
  })

  it('keeps models apart from their provider: a provider is put after its models too', async () => {
    const store = await openStore(setup)
    await store.models.put(model('a'))
    await store.providers.put(provider())
    expect(await store.models.count({ providerId: 'openrouter' })).toBe(1)
  })

  it('changes what it is told of a provider made through the API, audits it and raises the catalogue', async () => {
    const store = await openStore(setup)
    await store.providers.put(provider({ ...full, origin: 'api' }))
    const set = { displayName: 'New', isActive: true, settings: { a: 1 }, apiBase: undefined }
    const change = { set, clear: ['rateLimitRpm'], by: 'user-1', atMs: AT + 9 } as const
    const { rateLimitRpm: _cleared, ...rest } = full
    const expected: Provider = {
      ...rest,
      origin: 'api',
      displayName: 'New',
      isActive: true,
      settings: { a: 1 },
      updatedAtMs: AT + 9,
    }
    expect(await store.providers.update(full.id, change)).toStrictEqual(expected)
    expect(await store.providers.get(full.id)).toStrictEqual(expected)
    expect(await store.changes.versions([CATALOG_TOPIC])).toEqual([2])
    const [entry] = await store.audit.list()
    expect(entry).toMatchObject({ action: 'provider-changed', subject: full.id, actor: 'user-1' })
    expect(entry?.details).toEqual({
      set: { displayName: 'New', isActive: true, settings: { a: 1 } },
      clear: ['rateLimitRpm'],
    })
    expect(entry).not.toHaveProperty('tenantId')
  })

  it('says in the audit that a key was given anew, also when nothing else changes', async () => {
    const store = await openStore(setup)
    await store.providers.put(provider())
    const change = { keyWritten: true, by: 'user-1', atMs: AT + 9 }
    const changed = { ...provider(), updatedAtMs: AT + 9 }
    expect(await store.providers.update('openrouter', change)).toStrictEqual(changed)
    expect(await store.audit.list()).toMatchObject([
      { action: 'provider-changed', actor: 'user-1', details: { keyWritten: true } },
    ])
  })

  it('writes nothing for a change that changes nothing, or of a provider that is not there', async () => {
    const store = await openStore(setup)
    await store.providers.put(provider())
    const change = { set: { isActive: true }, clear: ['rateLimitRpm'], atMs: AT + 9 } as const
    expect(await store.providers.update('openrouter', change)).toStrictEqual(provider())
    expect(await store.providers.update('nobody', change)).toBeUndefined()
    expect(await store.changes.versions([CATALOG_TOPIC])).toEqual([1])
    expect(await store.audit.list()).toEqual([])
  })

  it('refuses to change a provider that code declares', async () => {
    const store = await openStore(setup)
    await store.providers.put(full)
    const update = store.providers.update(full.id, { set: { isActive: true }, atMs: AT })
    expect(await errorOf(update)).toMatchObject({ code: 'read-only' })
    expect(await store.providers.get(full.id)).toStrictEqual(full)
    expect(await store.audit.list()).toEqual([])
  })

  it('keeps the models of a provider that is switched off as they are', async () => {
    const store = await openStore(setup)
    await store.providers.put(provider())
    await store.models.put(model('a'))
    await store.providers.update('openrouter', { set: { isActive: false }, atMs: AT })
    expect(await store.models.list()).toStrictEqual({ items: [model('a')] })
    expect(await store.providers.list()).toMatchObject([{ isActive: false }])
  })

  it('loses no change of those that race', async () => {
    const store = await openStore(setup)
    await store.providers.put(provider())
    const changes = [{ displayName: 'New' }, { isActive: false }, { rateLimitRpm: 7 }]
    await Promise.all(
      changes.map((set) => store.providers.update('openrouter', { set, atMs: AT + 1 })),
    )
    expect(await store.providers.get('openrouter')).toMatchObject(Object.assign({}, ...changes))
  })

  it('audits a provider that a person put', async () => {
    const store = await openStore(setup)
    await store.providers.put(provider(), { audit: { by: 'user-1', atMs: AT } })
    await store.providers.put(provider({ id: 'seed' }))
    const entries = await store.audit.list()
    expect(entries).toMatchObject([
      {
        action: 'provider-put',
        subject: 'openrouter',
        actor: 'user-1',
        details: { origin: 'api' },
      },
    ])
  })

  it('counts the models of each provider, and those available now', async () => {
    const store = await openStore(setup)
    await store.providers.put(provider())
    expect(await store.providers.modelCounts()).toEqual([])
    for (const name of ['a', 'b', 'c']) await store.models.put(model(name))
    await store.models.put(model('a', { providerId: 'none-left', isAvailable: false }))
    const off = { set: { isAvailable: false }, atMs: AT }
    await store.models.setOverrides('openrouter/b', off)
    expect(await store.providers.modelCounts()).toEqual([
      { providerId: 'none-left', models: 1, available: 0 },
      { providerId: 'openrouter', models: 3, available: 2 },
    ])
  })
}
