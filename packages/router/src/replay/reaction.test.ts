import { describe, expect, it } from 'vitest'

import { outcomesOf } from './__fixtures__/outcomes.ts'
import { whenFound, whenLeft } from './reaction.ts'
import { makeStream } from './replay-stream.ts'

/** 200 requests of one task; `a` (model 0) is better than `b`. */
const set = outcomesOf(Array.from({ length: 200 }, () => ['x', { a: 1, b: 0 }] as const))
const stream = makeStream(set, {
  seed: 0,
  feedback: 1,
  label: 'task',
  noise: 0,
  labelOfText: () => '',
  scenario: {},
})
const change = { model: 0, at: 0.5 }

/** A stream in which `a` answers where `isServed` says so. */
function servedWhere(isServed: (position: number) => boolean): Parameters<typeof whenLeft>[0] {
  const models = Uint16Array.from({ length: 200 }, (_, position) => (isServed(position) ? 0 : 1))
  const played = { rewards: new Float64Array(200), models, alarms: [] }
  return { set, streams: [{ stream, played }], change }
}

describe('a model that got worse is left', () => {
  it('when it has less than half of its traffic in the last twenty requests', () => {
    // From the 30th request after the change on it is played no more: of the last 20, 9 at the 41st.
    const reaction = whenLeft(servedWhere((position) => position < 130))
    expect(reaction).toEqual({ kind: 'left', model: 'a', requests: 41, tasks: 1, seenIn: 1 })
  })

  it('never, when it is played on', () => {
    const reaction = whenLeft(servedWhere(() => true))
    expect(reaction).toMatchObject({ requests: undefined, tasks: 1, seenIn: 0 })
  })

  it('in no task where it was hardly played before', () => {
    const reaction = whenLeft(servedWhere((position) => position % 5 === 0))
    expect(reaction).toMatchObject({ requests: undefined, tasks: 0 })
  })
})

describe('a model that joined is found', () => {
  it('when it has half of the traffic of the tasks it is best in', () => {
    const reaction = whenFound(servedWhere((position) => position >= 150))
    expect(reaction).toEqual({ kind: 'found', model: 'a', requests: 60, tasks: 1, seenIn: 1 })
  })

  it('in no task where another is better', () => {
    const source = { ...servedWhere(() => true), change: { model: 1, at: 0.5 } }
    expect(whenFound(source)).toMatchObject({ model: 'b', tasks: 0 })
  })
})
