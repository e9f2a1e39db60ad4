import { describe, expect, it } from 'vitest'

import type { HealthChangeWire } from '../api/wire.ts'
import { lastingChanges, shareOf, spansOf } from './timeline.ts'

const START = Date.parse('2026-03-01T00:00:00Z')
const HOUR_MS = 3_600_000
const at = (hours: number): string => new Date(START + hours * HOUR_MS).toISOString()
type Status = HealthChangeWire['to']

const change = (
  hours: number,
  [from, to]: readonly [from: Status, to: Status],
  provider = 'p',
): HealthChangeWire => ({
  seq: hours,
  provider_id: provider,
  at: at(hours),
  from,
  to,
  error: null,
})
const DAY = { fromMs: START, toMs: START + 24 * HOUR_MS, knownFromMs: 0 }
const hoursOf = (spans: ReturnType<typeof spansOf>) =>
  spans.map(({ state, fromMs, toMs }) => [
    state,
    (fromMs - START) / HOUR_MS,
    (toMs - START) / HOUR_MS,
  ])

describe('how a provider was', () => {
  it('is told from the first to the last moment by its changes', () => {
    const changes = [change(20, ['down', 'healthy']), change(14, ['healthy', 'down'])]
    const spans = spansOf({ ...DAY, changes, status: 'healthy' })
    expect(hoursOf(spans)).toEqual([
      ['healthy', 0, 14],
      ['down', 14, 20],
      ['healthy', 20, 24],
    ])
    expect(shareOf(spans, 'healthy')).toBe(0.75)
    expect(shareOf(spans, 'down')).toBe(0.25)
    expect(shareOf(spans, 'degraded')).toBe(0)
  })

  it('is what it is now where nothing changed, and unknown where nobody looked', () => {
    const degraded = spansOf({ ...DAY, changes: [], status: 'degraded' })
    expect(hoursOf(degraded)).toEqual([['degraded', 0, 24]])
    const nothing = spansOf({ ...DAY, changes: [], status: undefined })
    expect(hoursOf(nothing)).toEqual([['unknown', 0, 24]])
    expect(shareOf(nothing, 'healthy')).toBeUndefined()
  })

  it('is unknown before there was such a provider, which counts for no share', () => {
    const changes = [change(18, ['healthy', 'down'])]
    const spans = spansOf({
      ...DAY,
      changes,
      status: 'down',
      knownFromMs: START + 12 * HOUR_MS,
    })
    expect(hoursOf(spans)).toEqual([
      ['unknown', 0, 12],
      ['healthy', 12, 18],
      ['down', 18, 24],
    ])
    expect(shareOf(spans, 'healthy')).toBe(0.5)
  })

  it('has no gap and no overlap when changes came at one time, out of order or in the future', () => {
    const changes = [
      change(30, ['degraded', 'down']),
      change(10, ['healthy', 'degraded']),
      change(11, ['down', 'healthy']),
      change(10, ['healthy', 'down']),
    ]
    const spans = spansOf({ ...DAY, changes, status: 'down' })
    expect(hoursOf(spans)).toEqual([
      ['healthy', 0, 10],
      ['degraded', 10, 24],
    ])
  })
})

describe('changes of several providers', () => {
  it('lasted until the next one of the same provider', () => {
    const changes = [
      change(9, ['down', 'healthy'], 'a'),
      change(8, ['healthy', 'down'], 'b'),
      change(5, ['healthy', 'down'], 'a'),
    ]
    expect(lastingChanges(changes).map(({ lastedMs }) => lastedMs)).toEqual([
      undefined,
      undefined,
      4 * HOUR_MS,
    ])
  })
})
