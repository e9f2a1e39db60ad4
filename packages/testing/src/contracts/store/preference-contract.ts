import type { ModelSelection } from '@imrs/core'
import { expect, it } from 'vitest'

import { AT, ODD_TEXT } from './samples.ts'
import { openStore } from './setup.ts'
import type { StoreContractSetup } from './setup.ts'

const key = { tenantId: 'tenant-1', userId: 'user-1' }
const at = (modelId: string, atMs: number): ModelSelection => ({ modelId, atMs })

export function preferenceContract(setup: StoreContractSetup): void {
  it.each([
    'auto',
    'openrouter/xiaomi/mimo-v2-flash:free',
    'no-slash',
    '/x',
    'x/',
    '/',
    `p/${ODD_TEXT}`,
  ])('gives the selection %j back as it was put', async (modelId) => {
    const store = await openStore(setup)
    await store.preferences.putSelection(key, at(modelId, AT))
    expect(await store.preferences.get(key)).toStrictEqual({ ...key, selection: at(modelId, AT) })
    await store.preferences.putLastValid(key, at(modelId, AT))
    expect(await store.preferences.get(key)).toStrictEqual({
      ...key,
      selection: at(modelId, AT),
      lastValid: at(modelId, AT),
    })
  })

  it('has nothing of a user who never chose', async () => {
    const store = await openStore(setup)
    expect(await store.preferences.get(key)).toBeUndefined()
  })

  it('keeps the selection and the last valid one apart', async () => {
    const store = await openStore(setup)
    await store.preferences.putLastValid(key, at('p/a', AT))
    expect(await store.preferences.get(key)).toStrictEqual({ ...key, lastValid: at('p/a', AT) })
    await store.preferences.putSelection(key, at('p/b', AT - 1_000))
    await store.preferences.putSelection(key, at('p/c', AT + 1))
    expect(await store.preferences.get(key)).toStrictEqual({
      ...key,
      selection: at('p/c', AT + 1),
      lastValid: at('p/a', AT),
    })
  })

  it.each(['putSelection', 'putLastValid'] as const)(
    'lets the newest time win in %s',
    async (put) => {
      const store = await openStore(setup)
      const field = put === 'putSelection' ? 'selection' : 'lastValid'
      await store.preferences[put](key, at('p/new', AT))
      await store.preferences[put](key, at('p/old', AT - 1))
      expect((await store.preferences.get(key))?.[field]).toEqual(at('p/new', AT))
      await store.preferences[put](key, at('p/same-time', AT))
      expect((await store.preferences.get(key))?.[field]).toEqual(at('p/same-time', AT))
    },
  )

  it('ends with the newest of choices that race', async () => {
    const store = await openStore(setup)
    const choices = Array.from({ length: 50 }, (_, index) =>
      at(`p/${index}`, AT + ((index * 37) % 50)),
    )
    await Promise.all(choices.map((choice) => store.preferences.putSelection(key, choice)))
    const newest = choices.find((choice) => choice.atMs === AT + 49)
    expect((await store.preferences.get(key))?.selection).toEqual(newest)
  })

  it('keeps tenants and users apart', async () => {
    const store = await openStore(setup)
    await store.preferences.putSelection(key, at('p/a', AT))
    expect(await store.preferences.get({ ...key, tenantId: 'tenant-2' })).toBeUndefined()
    expect(await store.preferences.get({ ...key, userId: 'USER-1' })).toBeUndefined()
  })
}
