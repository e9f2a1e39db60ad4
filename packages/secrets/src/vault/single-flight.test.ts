import { describe, expect, it } from 'vitest'

import { createSingleFlight } from './single-flight.ts'

describe('single flight', () => {
  it('runs once for all who come meanwhile, and anew for who comes later', async () => {
    const flights = createSingleFlight<number>()
    let count = 0
    const work = async (): Promise<number> => {
      count += 1
      return count
    }
    expect(await Promise.all([flights.run('a', work), flights.run('a', work)])).toEqual([1, 1])
    expect(await flights.run('a', work)).toBe(2)
    expect(await Promise.all([flights.run('a', work), flights.run('b', work)])).toEqual([3, 4])
  })

  it('gives a failure to all, and keeps it for nobody', async () => {
    const flights = createSingleFlight<number>()
    const failing = (): Promise<number> => Promise.reject(new Error('no'))
    const both = [flights.run('a', failing), flights.run('a', failing)]
    for (const run of both) await expect(run).rejects.toThrow('no')
    expect(await flights.run('a', async () => 1)).toBe(1)
  })

  it('starts nothing for a caller that has aborted already', async () => {
    const flights = createSingleFlight<number>()
    const run = flights.run('a', () => Promise.reject(new Error('ran')), AbortSignal.abort('left'))
    await expect(run).rejects.toBe('left')
  })

  it('aborts the work with its last caller only, and a later caller starts anew', async () => {
    const flights = createSingleFlight<number>()
    const signals: AbortSignal[] = []
    const { promise, resolve } = Promise.withResolvers<number>()
    const work = (signal: AbortSignal): Promise<number> => {
      signals.push(signal)
      return promise
    }
    const aborts = [new AbortController(), new AbortController()] as const
    const [first, second] = aborts.map(({ signal }) => flights.run('a', work, signal))
    aborts[0].abort('one')
    await expect(first).rejects.toBe('one')
    expect(signals[0]?.aborted).toBe(false)
    aborts[1].abort('two')
    await expect(second).rejects.toBe('two')
    expect(signals[0]?.aborted).toBe(true)
    const third = flights.run('a', work)
    resolve(3)
    expect(await third).toBe(3)
    expect(signals).toHaveLength(2)
  })

  it('forgets a run for later callers, and aborts what is forgotten too', async () => {
    const flights = createSingleFlight<string>()
    const untilAborted = (signal: AbortSignal): Promise<string> =>
      new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason))
      })
    const before = flights.run('a', untilAborted)
    flights.forget('a')
    expect(await flights.run('a', async () => 'anew')).toBe('anew')
    flights.abort('closed')
    await expect(before).rejects.toBe('closed')
  })
})
