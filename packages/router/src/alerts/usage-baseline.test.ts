import { describe, expect, it } from 'vitest'

import { RateWindow } from './rate-window.ts'
import { UsageBaseline } from './usage-baseline.ts'

const least = { minCount: 10, minPeriods: 3 }

function use(baseline: UsageBaseline, times: number, atMs: number): void {
  for (let index = 0; index < times; index += 1) baseline.add(atMs)
}

describe('what is usual', () => {
  it('is not known at first, then the average, and a surge is many times it', () => {
    const baseline = new UsageBaseline(100)
    for (let period = 0; period < 5; period += 1) use(baseline, 20, period * 100)
    expect(new UsageBaseline(100).times(least, 0)).toBeUndefined()
    expect(baseline.times(least, 450)).toBe(1)
    use(baseline, 100, 510)
    expect(baseline.times(least, 520)).toBe(5)
    // The next period has just begun: the surge is still seen.
    expect(baseline.times(least, 610)).toBe(5)
    expect(baseline.times(least, 710)).toBeUndefined()
  })

  it('says nothing of little use', () => {
    const baseline = new UsageBaseline(100)
    for (let period = 0; period < 5; period += 1) use(baseline, 1, period * 100)
    use(baseline, 8, 500)
    expect(baseline.times(least, 510)).toBeUndefined()
  })

  it('becomes what lasts', () => {
    const baseline = new UsageBaseline(100)
    for (let period = 0; period < 10; period += 1) use(baseline, 10, period * 100)
    for (let period = 10; period < 40; period += 1) use(baseline, 100, period * 100)
    expect(baseline.times(least, 3950)).toBeLessThan(1.2)
  })

  it('is forgotten when nothing came for long', () => {
    const baseline = new UsageBaseline(100)
    use(baseline, 1, 0)
    expect(baseline.isForgotten(5000)).toBe(false)
    expect(baseline.isForgotten(20_000)).toBe(true)
  })
})

describe('a window', () => {
  it('gives the bad share of the last while, and nothing of little', () => {
    const window = new RateWindow(1000)
    for (let index = 0; index < 8; index += 1) window.add(index < 2, 50)
    expect(window.share(8, 100)).toBe(0.25)
    expect(window.share(9, 100)).toBeUndefined()
    window.add(true, 900)
    expect(window.share(1, 950)).toBeCloseTo(3 / 9)
    expect(window.share(1, 1050)).toBe(1)
    expect(window.isEmpty(1050)).toBe(false)
    expect(window.isEmpty(2000)).toBe(true)
  })
})
