import { CATALOG_TOPIC, MAX_PRESETS, presetsTopic } from '@imrs/core'
import type { Preset } from '@imrs/core'
import { expect, it } from 'vitest'

import { AT, ODD_TEXT } from './samples.ts'
import { errorOf, openFor, openStore } from './setup.ts'
import type { StoreContractSetup } from './setup.ts'

const tenantId = 'tenant-1'

function preset(id: string, changes: Partial<Preset> = {}): Preset {
  return {
    tenantId,
    id,
    displayName: id,
    models: { filter: {} },
    choice: { order: 'agent' },
    updatedAtMs: AT,
    ...changes,
  }
}

export function presetContract(setup: StoreContractSetup): void {
  it('gives every field back as it was put', async () => {
    const store = await openStore(setup)
    const whole = preset('a', {
      displayName: ODD_TEXT,
      description: ODD_TEXT,
      models: {
        filter: { providerId: 'p', costTier: 'free', capability: 'vision', search: '"x"' },
      },
      requiredCapabilities: ['vision', 'function_calling'],
      choice: { order: 'best', costQuality: 0.1 + 0.2 },
      updatedBy: ODD_TEXT,
    })
    const listed = preset('b', { models: { modelIds: ['p/a', `p/${ODD_TEXT}`] } })
    await store.presets.put(listed)
    await store.presets.put(whole)
    expect(await store.presets.list(tenantId)).toStrictEqual([whole, listed])
  })

  it('gives one and the same thing for what is absent, undefined or asks for nothing', async () => {
    const store = await openStore(setup)
    const odd = { description: undefined, requiredCapabilities: [], updatedBy: undefined }
    await store.presets.put(preset('a', odd))
    expect(await store.presets.list(tenantId)).toStrictEqual([preset('a')])
  })

  it('replaces by tenant and id, and shows no other tenant', async () => {
    const store = await openStore(setup)
    const theirs = preset('a', { tenantId: 'tenant-2' })
    await store.presets.put(preset('a', { displayName: 'first', updatedBy: 'user-1' }))
    await store.presets.put(theirs)
    await store.presets.put(preset('a', { displayName: 'second' }))
    expect(await store.presets.list(tenantId)).toStrictEqual([
      preset('a', { displayName: 'second' }),
    ])
    expect(await store.presets.list('tenant-2')).toStrictEqual([theirs])
    expect(await store.presets.list('tenant-3')).toEqual([])
  })

  it('lists by id', async () => {
    const store = await openStore(setup)
    for (const id of ['b', 'a_1', 'a-1', 'a', '1']) await store.presets.put(preset(id))
    const ids = (await store.presets.list(tenantId)).map(({ id }) => id)
    expect(ids).toEqual(['1', 'a', 'a-1', 'a_1', 'b'])
  })

  it('deletes the one that is meant, and says whether it was there', async () => {
    const store = await openStore(setup)
    const theirs = preset('a', { tenantId: 'tenant-2' })
    for (const each of [preset('a'), preset('b'), theirs]) await store.presets.put(each)
    expect(await store.presets.delete({ tenantId, id: 'a' })).toBe(true)
    expect(await store.presets.delete({ tenantId, id: 'a' })).toBe(false)
    expect(await store.presets.list(tenantId)).toStrictEqual([preset('b')])
    expect(await store.presets.list('tenant-2')).toStrictEqual([theirs])
  })

  it("raises the version of the tenant's presets with every change, and no other", async () => {
    const store = await openStore(setup)
    const topics = [presetsTopic(tenantId), presetsTopic('tenant-2'), CATALOG_TOPIC]
    await store.presets.put(preset('a'))
    await store.presets.put(preset('a'))
    expect(await store.changes.versions(topics)).toEqual([2, 0, 0])
    await store.presets.delete({ tenantId, id: 'a' })
    await store.presets.delete({ tenantId, id: 'a' })
    expect(await store.changes.versions(topics)).toEqual([3, 0, 0])
  })

  it('writes an audit row for each change that says who and when, and for no other', async () => {
    const store = await openStore(setup)
    const audit = { by: 'user-9', atMs: AT + 5 }
    const models = { modelIds: ['p/a'] }
    await store.presets.put(preset('a'))
    await store.presets.put(preset('a', { models, requiredCapabilities: ['vision'] }), { audit })
    await store.presets.delete({ tenantId, id: 'b' }, { audit })
    await store.presets.delete({ tenantId, id: 'a' }, { audit: { atMs: AT } })
    const entries = await store.audit.list({ tenantId })
    expect(entries.map(({ seq: _seq, ...entry }) => entry)).toStrictEqual([
      { tenantId, action: 'preset-deleted', subject: 'a', atMs: AT, details: {} },
      {
        tenantId,
        action: 'preset-put',
        subject: 'a',
        actor: 'user-9',
        atMs: AT + 5,
        details: { models, choice: { order: 'agent' }, requiredCapabilities: ['vision'] },
      },
    ])
  })

  it('takes so many of one tenant and no more, also when writers race', async () => {
    const store = await openStore(setup)
    const ids = Array.from({ length: MAX_PRESETS + 5 }, (_, index) => `p${index}`)
    const results = await Promise.allSettled(ids.map((id) => store.presets.put(preset(id))))
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(MAX_PRESETS)
    const stored = await store.presets.list(tenantId)
    expect(stored).toHaveLength(MAX_PRESETS)
    expect(await store.changes.versions([presetsTopic(tenantId)])).toEqual([MAX_PRESETS])
    const [first] = stored
    if (first !== undefined) await store.presets.put({ ...first, displayName: 'again' })
    await store.presets.put(preset('p0', { tenantId: 'tenant-2' }))
    const audit = { atMs: AT }
    const error = await errorOf(store.presets.put(preset('one-more'), { audit }))
    expect(error).toMatchObject({ code: 'conflict' })
    expect(await store.audit.list({ tenantId })).toEqual([])
  })

  it.skipIf(setup.without?.['shared-data'] !== undefined)(
    'is seen by another store on the same data',
    async () => {
      const { store, openAgain } = await openFor(setup)
      if (openAgain === undefined) throw new Error('The setup opens no second store')
      await store.presets.put(preset('a'))
      const again = await openAgain()
      expect(await again.presets.list(tenantId)).toStrictEqual([preset('a')])
      await again.close()
    },
  )
}
