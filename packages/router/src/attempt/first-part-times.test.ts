import { describe, expect, it } from 'vitest'

import { FirstPartTimes } from './first-part-times.ts'

describe('first-part times', () => {
  it('say nothing before 20 answers are known', () => {
    const times = new FirstPartTimes()
    for (let answer = 1; answer < 20; answer += 1) times.add('m', answer)
    expect(times.p95('m')).toBeUndefined()
    times.add('m', 20)
    expect(times.p95('m')).toBe(19)
    expect(times.p95('other')).toBeUndefined()
  })

  it('have a median once three are known, which moves with every answer', () => {
    const times = new FirstPartTimes()
    const medians = [50, 10, 20, 40, 60].map((ms) => {
      times.add('m', ms)
      return times.median('m')
    })
    expect(medians).toEqual([undefined, undefined, 20, 20, 40])
    expect(times.median('other')).toBeUndefined()
  })

  it('forget what is older than the last 100', () => {
    const times = new FirstPartTimes()
    for (let answer = 0; answer < 100; answer += 1) times.add('m', 9_999)
    for (let answer = 1; answer <= 100; answer += 1) times.add('m', answer)
    expect(times.p95('m')).toBe(95)
  })

  it('forget the model that was not heard of for longest', () => {
    const times = new FirstPartTimes()
    for (let answer = 0; answer < 20; answer += 1) times.add('old', 1)
    for (let model = 0; model < 1_000; model += 1) times.add(`m${model}`, 1)
    expect(times.p95('old')).toBeUndefined()
  })
})
