import { FEEDBACK_TYPES, effectiveFeedback, seededRandom } from '@imrs/core'
import type { FeedbackEvent, MessageRecord, StoredFeedbackEvent } from '@imrs/core'
import { expect, it } from 'vitest'

import { AGENT, feedback, message } from './samples.ts'
import { openStore } from './setup.ts'
import type { StoreContractSetup } from './setup.ts'

const SEEDS = [1, 2, 3, 4, 5]
const MESSAGES = 6
const SIGNALS = 40

interface Totals {
  count: number
  sum: number
  sumOfSquares: number
}

/** What the experience must be: the whole history read from its start. */
function recompute(
  messages: readonly MessageRecord[],
  events: readonly StoredFeedbackEvent[],
): Record<string, Totals> {
  const cells: Record<string, Totals> = {}
  for (const sent of messages) {
    const effective = effectiveFeedback(events.filter((event) => event.messageId === sent.id))
    if (effective === undefined) continue
    const cell = (cells[`${sent.taskType} ${sent.model}`] ??= { count: 0, sum: 0, sumOfSquares: 0 })
    cell.count += 1
    cell.sum += effective.ratingMilli
    cell.sumOfSquares += effective.ratingMilli ** 2
  }
  return cells
}

function pick<T>(items: readonly T[], random: () => number): T {
  // The list has a first item, and the index is below its length.
  return items[Math.floor(random() * items.length)] as T
}

export function feedbackModelContract(setup: StoreContractSetup): void {
  it.each(SEEDS)('agrees with a recount of all events, seed %i', async (seed) => {
    const random = seededRandom(seed)
    const store = await openStore(setup)
    const messages = Array.from({ length: MESSAGES }, (_, index) =>
      message({ model: `p/${index % 2}`, taskType: pick(['code', 'chat'], random) }),
    )
    await store.ledger.append({ decisions: [], attempts: [], messages })
    const sent: FeedbackEvent[] = []
    const stored: StoredFeedbackEvent[] = []
    for (let signal = 0; signal < SIGNALS; signal += 1) {
      const isRepeated = sent.length > 0 && random() < 0.15
      const event = isRepeated
        ? pick(sent, random)
        : feedback(pick(messages, random), {
            feedbackType: pick(FEEDBACK_TYPES, random),
            ratingMilli: pick([0, 1, 333, 500, 1_000], random),
          })
      const outcome = await store.feedback.record(event)
      expect(outcome.kind).toBe(isRepeated ? 'duplicate' : 'recorded')
      if (isRepeated) continue
      sent.push(event)
      stored.push({ ...event, seq: signal, epoch: 0, weightMilli: 0 })
      const own = stored.filter((other) => other.messageId === event.messageId)
      const effective = effectiveFeedback(own)
      expect(outcome).toMatchObject({
        ratingChanged: effective?.ratingMilli !== effectiveFeedback(own.slice(0, -1))?.ratingMilli,
        message: { ratingMilli: effective?.ratingMilli, feedbackType: effective?.feedbackType },
      })
    }
    const cells = await store.feedback.listExperience(AGENT)
    const found = cells.map(({ taskType, modelId, count, sum, sumOfSquares }) => [
      `${taskType} ${modelId}`,
      { count, sum, sumOfSquares },
    ])
    expect(Object.fromEntries(found)).toEqual(recompute(messages, stored))
  })
}
