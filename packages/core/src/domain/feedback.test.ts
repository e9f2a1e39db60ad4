import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { effectiveFeedback, FEEDBACK_TYPES, isFeedbackSignal } from './feedback.ts'
import type { FeedbackType, StoredFeedbackEvent } from './feedback.ts'

function event(feedbackType: FeedbackType, seq: number): StoredFeedbackEvent {
  return {
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

it('knows its signals', () => {
  expect(isFeedbackSignal('thumbs-up')).toBe(true)
  expect(isFeedbackSignal('thumbs-sideways')).toBe(false)
  expect(isFeedbackSignal('constructor')).toBe(false)
})
