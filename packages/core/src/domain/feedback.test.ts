import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import {
  effectiveFeedback,
  FEEDBACK_TYPES,
  isFeedbackSignal,
  isWatchedFeedback,
  learnedFeedback,
} from './feedback.ts'
import type { FeedbackSignal, FeedbackType, StoredFeedbackEvent } from './feedback.ts'

function event(
  feedbackType: FeedbackType,
  seq: number,
  signal?: FeedbackSignal,
): StoredFeedbackEvent {
  return {
    signal,
    epoch: 0,
    weightMilli: 1000,
    id: `event-${seq}`,
    tenantId: 'default',
    messageId: 'message',
    userId: 'user',
    feedbackType,
    ratingMilli: 500,
    atMs: 0,
    seq,
  }
}

describe('the feedback that counts', () => {
  it('is none when there is none', () => {
    expect(effectiveFeedback([])).toBeUndefined()
  })

  const table: Readonly<Record<FeedbackType, Readonly<Record<FeedbackType, FeedbackType>>>> = {
    explicit: { explicit: 'explicit', self_eval: 'explicit', implicit: 'explicit' },
    self_eval: { explicit: 'explicit', self_eval: 'self_eval', implicit: 'self_eval' },
    implicit: { explicit: 'explicit', self_eval: 'self_eval', implicit: 'implicit' },
  }
  const cases = FEEDBACK_TYPES.flatMap((first) =>
    FEEDBACK_TYPES.map((second) => [first, second, table[first][second]] as const),
  )

  it.each(cases)('of %s and then %s is %s', (first, second, wins) => {
    const events = [event(first, 1), event(second, 2)]
    expect(effectiveFeedback(events)?.feedbackType).toBe(wins)
    expect(effectiveFeedback(events.toReversed())).toEqual(effectiveFeedback(events))
  })

  it.each(FEEDBACK_TYPES)('is the newest of its type: %s', (type) => {
    expect(effectiveFeedback([event(type, 7), event(type, 9), event(type, 8)])?.seq).toBe(9)
  })

  it('does not depend on the order the events are read in', () => {
    const events = fc
      .uniqueArray(fc.nat(), { maxLength: 12 })
      .chain((seqs) =>
        fc.tuple(
          ...seqs.map((seq) => fc.constantFrom(...FEEDBACK_TYPES).map((type) => event(type, seq))),
        ),
      )
    fc.assert(
      fc.property(
        events.chain((all) =>
          fc.tuple(
            fc.constant<readonly StoredFeedbackEvent[]>(all),
            fc.shuffledSubarray<StoredFeedbackEvent>([...all], { minLength: all.length }),
          ),
        ),
        ([inOrder, shuffled]) => {
          expect(effectiveFeedback(shuffled)).toEqual(effectiveFeedback(inOrder))
        },
      ),
    )
  })
})

describe('what is taken back', () => {
  it('leaves the next weaker type', () => {
    const events = [event('implicit', 1), event('explicit', 2), event('explicit', 3, 'retract')]
    expect(effectiveFeedback(events)?.seq).toBe(1)
    expect(effectiveFeedback([...events, event('implicit', 4, 'retract')])).toBeUndefined()
  })

  it('is all of its type, not the newest alone, until something new is given', () => {
    const events = [event('explicit', 1), event('explicit', 2), event('explicit', 3, 'retract')]
    expect(effectiveFeedback(events)).toBeUndefined()
    expect(effectiveFeedback([...events, event('explicit', 4)])?.seq).toBe(4)
  })

  it('may be nothing', () => {
    expect(effectiveFeedback([event('explicit', 1, 'retract')])).toBeUndefined()
  })
})

describe('hints', () => {
  it.each(['override', 'abandon'] as const)('%s: only for those that learn', (signal) => {
    const hint = event('implicit', 2, signal)
    expect(effectiveFeedback([hint])).toBeUndefined()
    expect(learnedFeedback([hint])).toBe(hint)
    const copied = event('implicit', 1, 'copy')
    expect(effectiveFeedback([copied, hint])).toBe(copied)
    expect(learnedFeedback([copied, hint])).toBe(hint)
    const rated = event('explicit', 0)
    expect(learnedFeedback([rated, copied, hint])).toBe(rated)
  })
})

describe('what alarms watch', () => {
  interface Case {
    readonly of: string
    readonly before?: readonly StoredFeedbackEvent[]
    readonly next: StoredFeedbackEvent
    readonly isWatched: boolean
  }

  it.each<Case>([
    { of: 'the first rating', next: event('implicit', 1), isWatched: true },
    {
      of: 'a stronger one',
      before: [event('implicit', 1)],
      next: event('explicit', 2),
      isWatched: true,
    },
    {
      of: 'not one more of a type',
      before: [event('explicit', 1)],
      next: event('explicit', 2),
      isWatched: false,
    },
    {
      of: 'not a weaker one',
      before: [event('explicit', 1)],
      next: event('implicit', 2),
      isWatched: false,
    },
    { of: 'not a hint', next: event('implicit', 1, 'abandon'), isWatched: false },
    { of: 'not a retraction', next: event('explicit', 1, 'retract'), isWatched: false },
  ])('$of', ({ before = [], next, isWatched }) => {
    expect(isWatchedFeedback(before, { event: next, weightMilli: 200 })).toBe(isWatched)
    expect(isWatchedFeedback(before, { event: next, weightMilli: 199 })).toBe(false)
  })
})

it('knows its signals', () => {
  expect(isFeedbackSignal('thumbs-up')).toBe(true)
  expect(isFeedbackSignal('thumbs-sideways')).toBe(false)
  expect(isFeedbackSignal('constructor')).toBe(false)
})
