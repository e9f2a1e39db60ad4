import { CATALOG_TOPIC } from '@imrs/core'
import type { Model, ModelAlias } from '@imrs/core'
import { expect, it } from 'vitest'

import { AT, ODD_TEXT, model } from './samples.ts'
import { openStore } from './setup.ts'
import type { StoreContractSetup } from './setup.ts'

const full: Model = model('xiaomi/mimo-v2-flash:free', {
  displayName: ODD_TEXT,
  description: ODD_TEXT,
  capabilities: ['vision', 'text', 'image_generation'],
  contextLength: 10_000_000_000,
  maxOutputTokens: 65_536,
  pricing: {
    input: '0.150',
    output: '000.12345678901234567890123456789',
    cachedInput: '0',
    cacheWrite: '0.0',
    reasoning: '123456789012345678901234567890.5',
    request: '0.01',
    tiers: [{ abovePromptTokens: 200_000, input: '0.30', output: '1' }],
    source: 'provider',
  },
  isAvailable: false,
  unavailableReason: ODD_TEXT,
  releasedAtMs: Date.UTC(1969, 11, 31, 23, 59, 59, 999),
  expiresAtMs: Date.UTC(9999, 0, 1),
  supportedParameters: ['tools', 'temperature'],
  published: { score: 0.607, source: 'artificial-analysis' },
  metadata: { [ODD_TEXT]: [ODD_TEXT, 0.1, 1e-7, -5, null], nested: { empty: {}, none: [] } },
  priority: 0,
  costTier: 'premium',
  domains: ['medical', ODD_TEXT],
  origin: 'manual',
  successorId: 'openrouter/b',
  syncedAtMs: AT + 1,
  createdAtMs: AT + 2,
  updatedAtMs: AT + 3,
})

export function modelContract(setup: StoreContractSetup): void {
  it('gives every field back as it was put, decimals digit by digit', async () => {
    const store = await openStore(setup)
    await store.models.put(full)
    expect(await store.models.get(full.id)).toStrictEqual(full)
  })

  it('leaves out what was not put', async () => {
    const store = await openStore(setup)
    await store.models.put(model('a', { contextLength: undefined, pricing: { input: undefined } }))
    expect(await store.models.get('openrouter/a')).toStrictEqual(model('a'))
    expect(await store.models.get('openrouter/b')).toBeUndefined()
  })

  it('takes the longest model id, of any characters', async () => {
    const store = await openStore(setup)
    const long = `${ODD_TEXT}${'界'.repeat(255)}`.slice(0, 255 - 'openrouter/'.length)
    await store.models.put(model(long))
    expect(await store.models.get(`openrouter/${long}`)).toStrictEqual(model(long))
  })

  it('replaces all but the time of creation, and raises the catalogue', async () => {
    const store = await openStore(setup)
    await store.models.put(full)
    const next = model(full.externalId, { priority: 7, domains: ['law'], createdAtMs: 1 })
    await store.models.put(next)
    expect(await store.models.get(full.id)).toStrictEqual({
      ...next,
      createdAtMs: full.createdAtMs,
    })
    expect(await store.changes.versions([CATALOG_TOPIC])).toEqual([2])
  })

  it('puts U+FFFD for what no database holds, instead of failing', async () => {
    const store = await openStore(setup)
    const odd = model('a', {
      displayName: 'a\0b\uD800',
      metadata: { 'k\0': ['\uDC00', '\\u0000'] },
    })
    await store.models.put(odd)
    expect(await store.models.get(odd.id)).toStrictEqual(
      model('a', { displayName: 'a\uFFFDb\uFFFD', metadata: { 'k\uFFFD': ['\uFFFD', '\\u0000'] } }),
    )
  })

  it('keeps a member called __proto__ a member', async () => {
    const store = await openStore(setup)
    const metadata = JSON.parse('{"__proto__":{"polluted":1},"constructor":2}') as Model['metadata']
    await store.models.put(model('a', { metadata }))
    const stored = await store.models.get('openrouter/a')
    expect(JSON.parse(JSON.stringify(stored?.metadata))).toEqual(metadata)
    expect(Object.hasOwn(stored?.metadata ?? {}, '__proto__')).toBe(true)
  })

  it('keeps aliases by name, and raises the catalogue', async () => {
    const store = await openStore(setup)
    const alias = (name: string, changes: Partial<ModelAlias> = {}): ModelAlias => ({
      name,
      modelId: 'google/gemini-2.5-flash',
      reason: 'alias',
      isAutomatic: true,
      createdAtMs: AT,
      ...changes,
    })
    const moved = alias('gemini-2.5', { reason: 'moved', isAutomatic: false, createdAtMs: AT + 1 })
    await store.models.putAlias(alias(ODD_TEXT))
    await store.models.putAlias(alias('gemini-2.5'))
    await store.models.putAlias(moved)
    expect(await store.models.getAlias('gemini-2.5')).toStrictEqual(moved)
    expect(await store.models.getAlias('gemini')).toBeUndefined()
    expect(await store.models.listAliases()).toStrictEqual([moved, alias(ODD_TEXT)])
    expect(await store.changes.versions([CATALOG_TOPIC])).toEqual([3])
  })
}
