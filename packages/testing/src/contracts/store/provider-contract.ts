import { CATALOG_TOPIC } from '@imrs/core'
import type { Provider } from '@imrs/core'
import { expect, it } from 'vitest'

import { AT, ODD_TEXT, model, provider } from './samples.ts'
import { openStore } from './setup.ts'
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
}
