import { describe, expect, it } from 'vitest'

import { dollarsText, millisecondsText, percentText, priceText, timeText } from './format.ts'

describe('what is written', () => {
  it('shows money with the digits that matter, and never as zero when it is not', () => {
    expect([0, 12.3456, 0.1234, 0.00123, 0.000000045, -0.5].map(dollarsText)).toEqual([
      '$0.00',
      '$12.35',
      '$0.12',
      '$0.0012',
      '$0.000000045',
      '-$0.50',
    ])
  })

  it('shows what nobody knows as a dash, and free as free', () => {
    expect([dollarsText(null), millisecondsText(undefined), percentText(null)]).toEqual([
      '–',
      '–',
      '–',
    ])
    expect([priceText(null), priceText('0.00'), priceText('0.15')]).toEqual(['–', 'free', '$0.15'])
    expect(timeText(null)).toBe('never')
  })

  it('shows times and shares', () => {
    expect([millisecondsText(412.4), millisecondsText(2345)]).toEqual(['412 ms', '2.3 s'])
    expect([percentText(0.5), percentText(0.012), percentText(0)]).toEqual(['50%', '1.2%', '0%'])
  })
})
