import { FEEDBACK_SIGNALS, isFeedbackSignal } from '@imrs/core'
import type { FeedbackInput } from '@imrs/feedback'

import { defineCommand } from '../command/command.ts'
import type { Command } from '../command/command.ts'
import { text } from '../command/option.ts'
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
    tenantId: text('--tenant <id>', 'Default: default'),
    ...ROUTER_OPTIONS,
  },
  run: async (context, { parameters: [messageId = '', rating = ''], options }) => {
    const { userId = CLI_USER, tenantId } = options
    const input: FeedbackInput = { messageId, userId, tenantId, ...meaningOf(rating) }
    return withRouter(context, options, async ({ router }) => {
      const result = await router.feedback(input, { signal: context.signal })
      const counts =
        result.rating === undefined
          ? 'nothing counts'
          : `${result.rating} counts (${result.feedbackType})`
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
