import type { ChatRequest } from '@imrs/core'

import { number, text } from '../command/option.ts'
import type { Option } from '../command/option.ts'

/** The user of requests and ratings that name none: whoever sits at this command line. */
export const CLI_USER = 'cli'

/** What requests are made with. */
export const REQUEST_OPTIONS: {
  readonly [Name in keyof RequestChoice]-?: Option<RequestChoice[Name]>
} = {
  model: text(
    '--model <name>',
    'auto, preset:<id>, or a model’s id or alias. Default: the user’s choice, else auto',
  ),
  tenantId: text('--tenant <id>', 'Default: default'),
  agentId: text('--agent <id>', 'Default: default'),
  userId: text('--user <id>', `whose choice counts, and who may rate. Default: ${CLI_USER}`),
  conversationId: text('--conversation <id>', 'which conversation it belongs to'),
  costQuality: number(
    '--cost-quality <n>',
    'what a lower price is worth, 0 (quality only) to 1. Default: the strategy’s',
    { from: 0, to: 1 },
  ),
}

/** The values of {@link REQUEST_OPTIONS}. */
export type RequestChoice = Pick<
  ChatRequest,
  'model' | 'tenantId' | 'agentId' | 'userId' | 'conversationId' | 'costQuality'
>

export function requestOf(choice: RequestChoice): RequestChoice {
  const { model, tenantId, agentId, userId = CLI_USER, conversationId, costQuality } = choice
  return { model, tenantId, agentId, userId, conversationId, costQuality }
}
