import { z } from 'zod'

import { chatMessageSchema } from '../chat/chat-message.ts'
import type { ChatMessage } from '../chat/chat-message.ts'
import { HOST_ID_MAX_LENGTH, MODEL_ID_MAX_LENGTH } from '../ids.ts'

/** The body of `POST /api/chat`. Each event of the answer holds one `AnswerPart` as JSON. */
export interface ChatBody {
  readonly messages: readonly ChatMessage[]
  readonly model?: string | undefined
  readonly provider?: string | undefined
  readonly agentId?: string | undefined
  readonly sessionId?: string | undefined
}

export const chatBodySchema: z.ZodType<ChatBody> = z.object({
  messages: z.array(chatMessageSchema).min(1),
  model: z.string().min(1).max(MODEL_ID_MAX_LENGTH).optional(),
  provider: z.string().min(1).max(50).optional(),
  agentId: z.string().min(1).max(HOST_ID_MAX_LENGTH).optional(),
  sessionId: z.string().min(1).max(HOST_ID_MAX_LENGTH).optional(),
})
