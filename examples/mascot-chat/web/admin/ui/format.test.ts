import { describe, expect, it } from 'vitest'

import {
  dollarsText,
  durationText,
  millisecondsText,
  percentText,
  priceText,
  timeShareText,
  timeText,
} from './format.ts'

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

  it('never rounds a part of a time up to all of it', () => {
    expect([1, 0.99999, 0.5, 0, undefined].map(timeShareText)).toEqual([
      '100%',
      '99.99%',
      '50%',
      '0%',
      '–',
    ])
  })

  it('shows how long something lasted in its two largest units', () => {
    const seconds = [0.2, 42, 60, 3 * 3600 + 240, 2 * 86_400 + 59, 30 * 86_400 + 7200]
    expect(seconds.map((each) => durationText(each * 1000))).toEqual([
      'under 1 s',
      '42 s',
      '1 min',
      '3 h 4 min',
      '2 d',
      '30 d 2 h',
    ])
  })
})
