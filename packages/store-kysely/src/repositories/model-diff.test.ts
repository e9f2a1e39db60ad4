import { describe, expect, it } from 'vitest'

import { aModel } from '../__fixtures__/a-model.ts'
import { assertList, diffModels } from './model-diff.ts'
import type { StoredRow } from './model-diff.ts'

const listed = (name: string, factsHash = '1') => ({ model: aModel(name), factsHash })
const stored = (name: string, changes: Partial<StoredRow> = {}): StoredRow => ({
  id: `p/${name}`,
  facts_hash: '1',
  origin: 'sync',
  is_available: 1,
  synced_values: null,
  ...changes,
})

describe('diffModels', () => {
  it('tells new, changed, unchanged and vanished models apart', () => {
    const list = [listed('new'), listed('changed', '2'), listed('same')]
    const diff = diffModels(list, [stored('changed'), stored('gone'), stored('same')])
    expect(diff).toEqual({
      added: [list[0]],
      updated: [list[1]],
      unchanged: 1,
      removed: ['p/gone'],
    })
  })

  it.each([
    { origin: 'manual' },
    { origin: 'code' },
    { is_available: 0 },
    { synced_values: '{"isAvailable":false}' },
  ] as const)('does not remove a model with %j', (changes) => {
    expect(diffModels([], [stored('a', changes)]).removed).toEqual([])
  })
})

it('removes a model that only an administrator took out of service', () => {
  const off = stored('a', { is_available: 0, synced_values: '{"isAvailable":true}' })
  expect(diffModels([], [off]).removed).toEqual(['p/a'])
})

describe('assertList', () => {
  const sync = { providerId: 'p', syncedAtMs: 0 }

  it('takes a list of one provider without repetition', () => {
    assertList({ ...sync, models: [aModel('a'), aModel('b')] })
  })

  it('names the model that is not of the provider', () => {
    const stranger = { ...aModel('a'), id: 'q/a', providerId: 'q' }
    expect(() => assertList({ ...sync, models: [stranger] })).toThrow('q/a')
  })

  it('refuses a model that is named twice', () => {
    expect(() => assertList({ ...sync, models: [aModel('a'), aModel('a')] })).toThrow('twice')
  })
})
