import type { Store } from '@imrs/core'
import { sqliteStore } from '@imrs/store-sqlite'
import { expect, it, onTestFinished } from 'vitest'

import { makeRouter } from './__fixtures__/make-router.ts'

function emptyStore(): Store {
  const store = sqliteStore({ path: ':memory:' })
  onTestFinished(() => store.close())
  return store
}

it('migrates the store at the start unless it is told otherwise', async () => {
  const store = emptyStore()
  expect((await store.migrationStatus()).applied).toEqual([])
  await makeRouter({ store })
  expect((await store.migrationStatus()).pending).toEqual([])
})

it('refuses a store that is to be migrated, names what it lacks and changes nothing', async () => {
  const store = emptyStore()
  const { pending } = await store.migrationStatus()
  await expect(makeRouter({ store, migrate: 'refuse' })).rejects.toMatchObject({
    code: 'schema-outdated',
    message: expect.stringContaining(pending.join(', ')) as string,
  })
  expect((await store.migrationStatus()).pending).toEqual(pending)
})

it('takes a store that the host has migrated', async () => {
  const store = emptyStore()
  await store.migrate()
  const { router } = await makeRouter({ store, migrate: 'refuse' })
  expect(await router.providers.list()).toHaveLength(1)
})

it('refuses a store of a newer version', async () => {
  const inner = emptyStore()
  const unknown = ['9999-from-the-future']
  const store: Store = {
    ...inner,
    migrationStatus: async () => ({ ...(await inner.migrationStatus()), unknown }),
  }
  await expect(makeRouter({ store, migrate: 'refuse' })).rejects.toMatchObject({
    code: 'schema-too-new',
    message: expect.stringContaining('9999-from-the-future') as string,
  })
})

it('knows no third way', async () => {
  const migrate = 'later' as 'refuse'
  await expect(makeRouter({ migrate })).rejects.toThrow('`migrate` must be "at-start" or "refuse"')
})
