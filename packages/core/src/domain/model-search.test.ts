import { describe, expect, it } from 'vitest'

import { fromModelCursor, toModelCursor } from './model-cursor.ts'
import { fitsSearch, searchTerms, searchWordsOf } from './model-search.ts'

const model = { id: 'openai/gpt-4o-mini', displayName: 'GPT‑4o Mini (Preview)' }

describe('fitsSearch', () => {
  it.each(['', '-', 'gpt', 'GPT-4o', 'mini gpt', 'gpt4o', 'gpt4', 'prev', 'ｇｐｔ', 'openai/gpt'])(
    'finds by %j',
    (search) => {
      expect(fitsSearch(model, search)).toBe(true)
    },
  )

  it.each(['pt', 'gpt 5', 'minigpt', 'gpt4omini', 'gpt-4o-minis', 'o'])(
    'does not find by %j',
    (search) => {
      expect(fitsSearch(model, search)).toBe(search === 'o')
    },
  )

  it('keeps words of other scripts whole, and pairs of characters together', () => {
    expect(searchTerms('नमस्ते, мир! 𝒳')).toEqual(['नमस्ते', 'мир', 'x'])
    const long = { id: `p/${'𐐷'.repeat(50)}`, displayName: 'x' }
    expect(searchWordsOf(long).every((word) => word.isWellFormed())).toBe(true)
    expect(fitsSearch(long, '𐐷'.repeat(50))).toBe(true)
  })
})

describe('cursors', () => {
  it.each(['a', 'é"\\', 0, -1.5, Number.POSITIVE_INFINITY, undefined])('carry %j', (value) => {
    const place = { sort: 'inputPrice', direction: 'desc', value, id: 'p/ü' } as const
    expect(fromModelCursor(toModelCursor(place), place)).toEqual(place)
  })

  it('are refused in another order', () => {
    const place = { sort: 'id', direction: 'asc', value: 'p/a', id: 'p/a' } as const
    const cursor = toModelCursor(place)
    expect(() => fromModelCursor(cursor, { ...place, direction: 'desc' })).toThrow('same order')
    expect(() => fromModelCursor(cursor, { ...place, sort: 'priority' })).toThrow('same order')
    expect(() => fromModelCursor('', place)).toThrow('same order')
  })
})
