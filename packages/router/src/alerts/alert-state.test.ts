import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { QUIET, isRaised, levelOf, nextAlertState } from './alert-state.ts'
import type { AlertLevel, AlertReading, AlertState } from './alert-state.ts'

const dwell = { raiseAfterMs: 100, clearAfterMs: 200 }
const AT = 1000

const states: Readonly<Record<AlertState['kind'], AlertState>> = {
  quiet: QUIET,
  pending: { kind: 'pending', sinceMs: AT },
  raised: { kind: 'raised', raisedAtMs: AT },
  clearing: { kind: 'clearing', raisedAtMs: AT, sinceMs: AT },
}

type Table = Record<AlertState['kind'], Record<AlertLevel, AlertState['kind']>>

/** Before the time is over that a level must last. */
const early: Table = {
  quiet: { low: 'quiet', middle: 'quiet', high: 'pending' },
  pending: { low: 'quiet', middle: 'quiet', high: 'pending' },
  raised: { low: 'clearing', middle: 'raised', high: 'raised' },
  clearing: { low: 'clearing', middle: 'raised', high: 'raised' },
}

/** Once it is over. */
const late: Table = {
  quiet: early.quiet,
  pending: { ...early.pending, high: 'raised' },
  raised: early.raised,
  clearing: { ...early.clearing, low: 'quiet' },
}

/** When nothing must last. */
const atOnce: Table = {
  quiet: { ...early.quiet, high: 'raised' },
  pending: { ...early.pending, high: 'raised' },
  raised: { ...early.raised, low: 'quiet' },
  clearing: { ...early.clearing, low: 'quiet' },
}

const tables = [
  { name: 'early', table: early, limits: dwell, atMs: AT + 99 },
  { name: 'late', table: late, limits: dwell, atMs: AT + 200 },
  { name: 'at once', table: atOnce, limits: { raiseAfterMs: 0, clearAfterMs: 0 }, atMs: AT },
] as const

describe.each(tables)('the transitions, $name', ({ table, limits, atMs }) => {
  const cases = Object.entries(table).flatMap(([kind, row]) =>
    Object.entries(row).map(([level, to]) => ({ kind, level, to })),
  )
  it.each(cases)('$kind with $level is $to', ({ kind, level, to }) => {
    const reading = { level: level as AlertLevel, atMs }
    expect(nextAlertState(states[kind as AlertState['kind']], reading, limits).kind).toBe(to)
  })
})

const readings = fc
  .array(
    fc.record({ level: fc.constantFrom<AlertLevel>('low', 'middle', 'high'), stepMs: fc.nat(150) }),
    { maxLength: 60 },
  )
  .map((steps) => {
    let atMs = 0
    return steps.map(({ level, stepMs }): AlertReading => ({ level, atMs: (atMs += stepMs) }))
  })

interface Told {
  readonly what: 'raised' | 'cleared'
  readonly atMs: number
  readonly index: number
}

function play(list: readonly AlertReading[]): readonly Told[] {
  const told: Told[] = []
  let state: AlertState = QUIET
  for (const [index, reading] of list.entries()) {
    const next = nextAlertState(state, reading, dwell)
    if (!isRaised(state) && isRaised(next)) told.push({ what: 'raised', atMs: reading.atMs, index })
    if (isRaised(state) && !isRaised(next))
      told.push({ what: 'cleared', atMs: reading.atMs, index })
    state = next
  }
  return told
}

/** For how long, up to a reading, all were of a level. */
function lasted(list: readonly AlertReading[], index: number, level: AlertLevel): number {
  let first = index
  while (first > 0 && list[first - 1]?.level === level) first -= 1
  return (list[index]?.atMs ?? 0) - (list[first]?.atMs ?? 0)
}

describe('an alert', () => {
  it('1: is raised and cleared in turn', () => {
    fc.assert(
      fc.property(readings, (list) => {
        play(list).forEach(({ what }, index) => {
          expect(what).toBe(index % 2 === 0 ? 'raised' : 'cleared')
        })
      }),
    )
  })

  it('2: is cleared only when all was low for long enough, so it is not raised again before', () => {
    fc.assert(
      fc.property(readings, (list) => {
        const told = play(list)
        for (const { what, index } of told) {
          if (what === 'cleared') {
            expect(lasted(list, index, 'low')).toBeGreaterThanOrEqual(dwell.clearAfterMs)
          }
        }
        const raises = told.filter(({ what }) => what === 'raised').map(({ atMs }) => atMs)
        for (const [index, atMs] of raises.entries()) {
          const before = raises[index - 1]
          if (before !== undefined) expect(atMs - before).toBeGreaterThanOrEqual(dwell.clearAfterMs)
        }
      }),
    )
  })

  it('3: is what it was while the value stays between the thresholds', () => {
    for (const state of Object.values(states)) {
      const after = nextAlertState(state, { level: 'middle', atMs: AT + 1_000_000 }, dwell)
      expect(isRaised(after)).toBe(isRaised(state))
    }
  })

  it('4: is raised only when all was high for long enough', () => {
    fc.assert(
      fc.property(readings, (list) => {
        for (const { what, index } of play(list)) {
          if (what !== 'raised') continue
          expect(lasted(list, index, 'high')).toBeGreaterThanOrEqual(dwell.raiseAfterMs)
        }
      }),
    )
  })

  it('5: is the same object when nothing changed', () => {
    expect(nextAlertState(QUIET, { level: 'low', atMs: AT }, dwell)).toBe(QUIET)
    const { pending, raised, clearing } = states
    expect(nextAlertState(pending, { level: 'high', atMs: AT + 1 }, dwell)).toBe(pending)
    expect(nextAlertState(raised, { level: 'high', atMs: AT + 1 }, dwell)).toBe(raised)
    expect(nextAlertState(raised, { level: 'middle', atMs: AT + 1 }, dwell)).toBe(raised)
    expect(nextAlertState(clearing, { level: 'low', atMs: AT + 1 }, dwell)).toBe(clearing)
  })

  it('takes both thresholds as reached at their values, and what is not known as low', () => {
    const limits = { raiseAt: 0.5, clearAt: 0.3 }
    const levels = [undefined, 0, 0.3, 0.31, 0.49, 0.5, 1].map((value) => levelOf(value, limits))
    expect(levels).toEqual(['low', 'low', 'low', 'middle', 'middle', 'high', 'high'])
  })
})
