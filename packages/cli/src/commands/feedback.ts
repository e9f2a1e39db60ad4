import { FEEDBACK_REASONS, FEEDBACK_SIGNALS, isFeedbackReason, isFeedbackSignal } from '@imrs/core'
import type { FeedbackInput } from '@imrs/feedback'

import { defineCommand } from '../command/command.ts'
import type { Command } from '../command/command.ts'
import { text, texts } from '../command/option.ts'
import { UsageError } from '../command/usage-error.ts'
import { CLI_USER } from '../context/chat-request.ts'
import { withRouter } from '../setup/set-up.ts'
import { ROUTER_OPTIONS } from '../setup/store-options.ts'

/** `imrs feedback` */
export const feedbackCommand: Command = defineCommand({
  name: 'feedback',
  summary: 'rates an answer, or takes a rating back',
  parameters: [
    { name: '<message>', description: 'the id of the answer, as `imrs chat` gives it' },
    {
      name: '<rating>',
      description: `a number from 0 (bad) to 1 (good), or ${FEEDBACK_SIGNALS.join(', ')}`,
    },
  ],
  options: {
    userId: text('--user <id>', `for whom the answer was made. Default: ${CLI_USER}`),
    reasons: texts(
      '--reasons <names>',
      `why, up to five of ${FEEDBACK_REASONS.join(', ')}, with commas between`,
    ),
    tenantId: text('--tenant <id>', 'Default: default'),
    ...ROUTER_OPTIONS,
  },
  run: async (context, { parameters: [messageId = '', rating = ''], options }) => {
    const { userId = CLI_USER, tenantId } = options
    const reasons = reasonsOf(options.reasons)
    const input: FeedbackInput = { messageId, userId, tenantId, reasons, ...meaningOf(rating) }
    return withRouter(context, options, async ({ router }) => {
      const result = await router.feedback(input, { signal: context.signal })
      const counts =
        result.rating === undefined
          ? 'nothing counts'
          : `${result.rating} counts (${[result.feedbackType, ...result.reasons].join(', ')})`
      await context.print(
        result,
        () => `${result.changed ? 'Recorded' : 'Recorded, and changed nothing'}: ${counts}\n`,
      )
    })
  },
})

function meaningOf(text: string): Pick<FeedbackInput, 'signal' | 'rating'> {
  if (isFeedbackSignal(text)) return { signal: text }
  const rating = Number(text)
  if (/^[\d.]+$/.test(text) && rating >= 0 && rating <= 1) return { rating }
  throw new UsageError(
    `A rating is a number from 0 to 1 or ${FEEDBACK_SIGNALS.join(', ')}, got ${JSON.stringify(text)}`,
  )
}

function reasonsOf(names: readonly string[]): FeedbackInput['reasons'] {
  if (names.length === 0) return undefined
  if (names.every(isFeedbackReason)) return names
  const unknown = names.filter((name) => !isFeedbackReason(name)).join(', ')
  throw new UsageError(`--reasons takes ${FEEDBACK_REASONS.join(', ')}, got ${unknown}`)
}
