import type { ChatRequest } from '@imrs/core'

import { text } from '../command/option.ts'
import type { Option } from '../command/option.ts'

/** The user of requests and ratings that name none: whoever sits at this command line. */
export const CLI_USER = 'cli'

/** What requests are made with. */
export const REQUEST_OPTIONS: Readonly<
  Record<'model' | 'tenantId' | 'agentId' | 'userId' | 'conversationId', Option<string | undefined>>
> = {
  model: text(
    '--model <name>',
    'auto, preset:<id>, or a model’s id or alias. Default: the user’s choice, else auto',
  ),
  tenantId: text('--tenant <id>', 'Default: default'),
  agentId: text('--agent <id>', 'Default: default'),
  userId: text('--user <id>', `whose choice counts, and who may rate. Default: ${CLI_USER}`),
  conversationId: text('--conversation <id>', 'which conversation it belongs to'),
}

/** The values of {@link REQUEST_OPTIONS}. */
export type RequestChoice = Pick<
  ChatRequest,
  'model' | 'tenantId' | 'agentId' | 'userId' | 'conversationId'
>

export function requestOf({
  model,
  tenantId,
  agentId,
  userId,
  conversationId,
}: RequestChoice): RequestChoice {
  return { model, tenantId, agentId, userId: userId ?? CLI_USER, conversationId }
}
