import { describe, expect, it } from 'vitest'

import { failureSeries } from '../health/failure-history.tsx'
import { daysFrom, firstDay } from './figures.ts'
import { driftMarkersOf, markersOf } from './markers.ts'

const NOW = Date.parse('2026-03-02T10:00:00Z')

describe('days of a chart', () => {
  it('are all of the period, today included, in UTC', () => {
    expect(daysFrom(firstDay(3, NOW), NOW)).toEqual(['2026-02-28', '2026-03-01', '2026-03-02'])
  })
})

describe('markers', () => {
  it('are one a day, with names while there are few, and nothing for what changes no chart', () => {
    const event = (at: string, type: 'model-added' | 'model-removed', modelId: string) =>
      ({ seq: 1, at, type, modelId, providerId: 'p' }) as const
    const updated = {
      seq: 1,
      at: '2026-03-03T00:00:00Z',
      type: 'model-updated',
      modelId: 'p/a',
      providerId: 'p',
      fields: ['description'],
    } as const
    const price = (from: string, to: string) =>
      ({
        seq: 1,
        at: '2026-03-04T00:00:00Z',
        type: 'price-changed',
        modelId: 'p/a',
        providerId: 'p',
        from: { input: from, source: 'list' },
        to: { input: to, source: 'list' },
      }) as never
    const events = [
      event('2026-03-01T01:00:00Z', 'model-added', 'p/a'),
      event('2026-03-01T02:00:00Z', 'model-removed', 'p/b'),
      event('2026-03-02T01:00:00Z', 'model-added', 'p/c'),
      event('2026-03-02T01:00:00Z', 'model-added', 'p/d'),
      event('2026-03-02T01:00:00Z', 'model-added', 'p/e'),
      updated,
      price('0.50', '0.5'),
      price('0.50', '0.6'),
    ]
    expect(markersOf(events)).toEqual([
      { day: '2026-03-01', kind: 'catalogue', text: '1 new model: p/a; 1 removed model: p/b' },
      { day: '2026-03-02', kind: 'catalogue', text: '3 new models' },
      { day: '2026-03-04', kind: 'catalogue', text: '1 price change: p/a' },
    ])
  })
})

describe('alarms', () => {
  it('are one mark a day, and say which model, which way, how far and for whom', () => {
    const alarm = (model: string, direction: 'worse' | 'better', shift: number) => ({
      at: '2026-03-04T05:00:00Z',
      agent_id: 'mascot',
      model,
      direction,
      shift,
      message_id: 'm',
    })
    const markers = driftMarkersOf([alarm('p/a', 'worse', -0.214), alarm('p/b', 'better', 0.01)])
    expect(markers).toEqual([
      {
        day: '2026-03-04',
        kind: 'drift',
        text: 'p/a is rated about 21 points of 100 lower than before, for mascot; p/b is rated about 1 point of 100 higher than before, for mascot',
      },
    ])
  })
})

describe('failed calls', () => {
  it('are a share of all calls of a provider, and unknown on days without calls', () => {
    const row = (model: string, calls: number, failures: number) =>
      ({ model, period: '2026-03-01', call_count: calls, failure_count: failures }) as never
    const series = failureSeries([row('p/a', 3, 3), row('p/b', 9, 0)], ['2026-03-01', '2026-03-02'])
    expect(series).toEqual([{ name: 'p', values: [0.25, undefined] }])
  })
})
