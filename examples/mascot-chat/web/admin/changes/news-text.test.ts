import { describe, expect, it } from 'vitest'

import type { CatalogueEventWire } from '../api/wire.ts'
import { newsText } from './news-text.ts'

type PriceChange = Extract<CatalogueEventWire, { readonly type: 'price-changed' }>

const about = { seq: 1, at: '2026-03-01T00:00:00Z', providerId: 'p', modelId: 'p/a' } as const
const price = (from: PriceChange['from'], to: PriceChange['to']) =>
  newsText({ ...about, type: 'price-changed', from, to })

describe('what happened to a model', () => {
  it('names the prices that changed, and those alone', () => {
    const from = { input: '1', output: '2.0', source: 'provider' } as const
    expect(price(from, { ...from, input: '3' })).toBe('price per million: in $1 to $3')
    expect(price(from, { ...from, output: '2', cachedInput: '0.5' })).toBe(
      'price per million: cached in unknown to $0.5',
    )
    expect(price(from, { ...from, output: '2' })).toBe('price written another way')
  })

  it('names fields in words', () => {
    const fields = ['maxOutputTokens', 'releasedAtMs', 'capabilities']
    expect(newsText({ ...about, type: 'model-updated', fields })).toBe(
      'changed: max output tokens, released, capabilities',
    )
  })
})
