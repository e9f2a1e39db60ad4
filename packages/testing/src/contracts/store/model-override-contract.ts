import { CATALOG_TOPIC, NO_LONGER_LISTED } from '@imrs/core'
import type { Model, ModelOverrides, ModelSync, Store } from '@imrs/core'
import { expect, it } from 'vitest'

import { AT, ODD_TEXT, model } from './samples.ts'
import { openStore } from './setup.ts'
import type { StoreContractSetup } from './setup.ts'

const LATER = AT + 3_600_000
const id = 'openrouter/a'

const everything: ModelOverrides = {
  displayName: ODD_TEXT,
  description: 'ours',
  modelType: 'embedding',
  capabilities: ['vision'],
  contextLength: 1,
  maxOutputTokens: 2,
  pricing: { input: '0.00', tiers: [{ abovePromptTokens: 1, output: '1.0' }], source: 'ours' },
  costTier: 'premium',
  priority: 0,
  domains: ['law'],
  isAvailable: false,
  unavailableReason: 'Not for us.',
}

function listOf(models: readonly Model[], syncedAtMs: number = AT): ModelSync {
  return { providerId: 'openrouter', syncedAtMs, models }
}

async function openWith(setup: StoreContractSetup, ...models: readonly Model[]): Promise<Store> {
  const store = await openStore(setup)
  await store.models.sync(listOf(models.length === 0 ? [model('a')] : models))
  return store
}

async function names(store: Store): Promise<string> {
  const { items } = await store.models.list()
  return items.map((item) => item.externalId).join(' ')
}

export function modelOverrideContract(setup: StoreContractSetup): void {
  it('gives what was set in every read, and says what that is', async () => {
    const store = await openWith(setup)
    const expected = {
      ...model('a', { syncedAtMs: AT, updatedAtMs: LATER }),
      ...everything,
      overrides: everything,
    }
    const given = { set: everything, by: 'user-1', atMs: LATER }
    expect(await store.models.setOverrides(id, given)).toStrictEqual(expected)
    expect(await store.models.get(id)).toStrictEqual(expected)
    expect((await store.models.list()).items).toStrictEqual([expected])
    expect(await store.models.findByExternalId('a')).toStrictEqual([expected])
    expect(await store.models.listRoutable()).toEqual([])
    await store.models.setOverrides(id, { clear: ['modelType'], atMs: LATER })
    expect(await store.models.listRoutable()).toMatchObject([
      { displayName: ODD_TEXT, priority: 0 },
    ])
  })

  it('filters by what was set', async () => {
    const store = await openWith(setup, model('a', { costTier: 'low' }), model('b'))
    const set = { costTier: 'free', capabilities: ['audio'], isAvailable: false } as const
    await store.models.setOverrides(id, { set, atMs: LATER })
    expect(await store.models.count({ costTier: 'low' })).toBe(0)
    expect(await store.models.count({ costTier: 'free', capability: 'audio' })).toBe(1)
    expect(await store.models.count({ isAvailable: true })).toBe(1)
  })

  it('brings the value of the provider back when it is no longer set', async () => {
    const store = await openWith(setup, model('a', { description: 'theirs', priority: 7 }))
    await store.models.setOverrides(id, { set: everything, atMs: AT })
    const next = model('a', { displayName: 'New', contextLength: 9, updatedAtMs: LATER })
    await store.models.sync(listOf([next], LATER))
    expect(await store.models.get(id)).toMatchObject(everything)
    const clear = ['displayName', 'contextLength', 'priority', 'isAvailable'] as const
    const partly = await store.models.setOverrides(id, { clear, atMs: LATER + 1 })
    expect(partly).toMatchObject({ displayName: 'New', contextLength: 9, priority: 7 })
    expect(partly).toMatchObject({ isAvailable: true, description: 'ours', domains: ['law'] })
    expect(partly).not.toHaveProperty('unavailableReason')
    const rest = ['description', 'modelType', 'capabilities', 'maxOutputTokens'] as const
    const last = { clear: [...rest, 'pricing', 'costTier', 'domains'] as const, atMs: LATER }
    expect(await store.models.setOverrides(id, last)).toStrictEqual({
      ...next,
      priority: 7,
      syncedAtMs: LATER,
    })
  })

  it('does not count as a difference to the list', async () => {
    const store = await openWith(setup)
    await store.models.setOverrides(id, { set: everything, atMs: AT })
    expect(await store.models.sync(listOf([model('a')], LATER))).toMatchObject({
      updated: [],
      unchanged: 1,
      removed: [],
    })
    expect(await store.models.get(id)).toMatchObject(everything)
  })

  it('takes a model out of service and back, whatever its list says', async () => {
    const store = await openWith(setup)
    const off = { isAvailable: false, unavailableReason: 'Ours.' }
    await store.models.setOverrides(id, { set: off, atMs: AT })
    expect((await store.models.sync(listOf([], LATER))).removed).toEqual([id])
    expect((await store.models.sync(listOf([], LATER))).removed).toEqual([])
    expect(await store.models.get(id)).toMatchObject(off)
    await store.models.setOverrides(id, { clear: ['isAvailable'], atMs: LATER })
    expect(await store.models.get(id)).toMatchObject({
      isAvailable: false,
      unavailableReason: NO_LONGER_LISTED,
    })
    await store.models.setOverrides(id, { set: { isAvailable: true }, atMs: LATER })
    const on = await store.models.get(id)
    expect(on?.isAvailable).toBe(true)
    expect(on).not.toHaveProperty('unavailableReason')
    await store.models.sync(listOf([model('a')], LATER))
    await store.models.sync(listOf([], LATER))
    expect(await store.models.get(id)).toMatchObject({ isAvailable: true })
  })

  it('stays when the row is put again, and is edited with manual models too', async () => {
    const store = await openStore(setup)
    await store.models.put(model('a', { origin: 'manual' }))
    await store.models.setOverrides(id, { set: { priority: 9 }, atMs: LATER })
    const again = model('a', { origin: 'manual', priority: 1, displayName: 'B' })
    await store.models.put({ ...again, overrides: { displayName: 'ignored' } })
    expect(await store.models.get(id)).toStrictEqual({
      ...again,
      priority: 9,
      overrides: { priority: 9 },
    })
    await store.models.setOverrides(id, { clear: ['priority'], atMs: AT })
    expect(await store.models.get(id)).toStrictEqual(again)
  })

  it('ignores what a list or a model that is put says of overrides', async () => {
    const store = await openWith(setup, model('a', { overrides: { priority: 9 } }))
    await store.models.put(model('b', { overrides: { priority: 9 } }))
    for (const item of (await store.models.list()).items) {
      expect(item).toMatchObject({ priority: 50 })
      expect(item).not.toHaveProperty('overrides')
    }
  })

  it('raises the catalogue and audits each change once, and nothing that changes nothing', async () => {
    const store = await openWith(setup)
    const change = { set: { priority: 9 }, by: 'user-1', atMs: LATER }
    await store.models.setOverrides(id, change)
    await store.models.setOverrides(id, change)
    await store.models.setOverrides(id, { set: { priority: undefined }, atMs: LATER + 5 })
    expect(await store.models.setOverrides('openrouter/none', change)).toBeUndefined()
    await store.models.setOverrides(id, { clear: ['priority'], atMs: LATER + 5 })
    expect(await store.changes.versions([CATALOG_TOPIC])).toEqual([3])
    const action = 'model-overrides-changed'
    const entries = await store.audit.list()
    expect(entries.map(({ seq: _seq, ...entry }) => entry)).toStrictEqual([
      { action, subject: id, details: { clear: ['priority'] }, atMs: LATER + 5 },
      { action, subject: id, actor: 'user-1', details: { set: { priority: 9 } }, atMs: LATER },
    ])
  })

  it('audits a model that a person put', async () => {
    const store = await openStore(setup)
    await store.models.put(model('a', { origin: 'manual' }), { audit: { by: 'u', atMs: LATER } })
    await store.models.put(model('b'))
    const [entry, ...others] = await store.audit.list()
    expect(entry).toMatchObject({ action: 'model-put', subject: id, actor: 'u', atMs: LATER })
    expect(others).toEqual([])
  })

  it('loses no change when people and a sync race', async () => {
    const store = await openWith(setup)
    const fields = ['priority', 'contextLength', 'maxOutputTokens'] as const
    const next = model('a', { displayName: 'New' })
    await Promise.all([
      ...fields.map((field) => store.models.setOverrides(id, { set: { [field]: 9 }, atMs: AT })),
      store.models.sync(listOf([next])),
    ])
    const stored = await store.models.get(id)
    expect(stored).toMatchObject({ priority: 9, contextLength: 9, maxOutputTokens: 9 })
    expect(stored?.displayName).toBe('New')
    expect(await names(store)).toBe('a')
  })
}
