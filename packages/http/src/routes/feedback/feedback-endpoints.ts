import {
  FEEDBACK_REASONS,
  FEEDBACK_TYPES,
  ImrsError,
  feedbackBodySchema,
  hostIdSchema,
  isUuid,
} from '@imrs/core'
import type { FeedbackBody, FeedbackResponse } from '@imrs/core'
import { z } from 'zod'

import { endpoint } from '../../endpoint/endpoint.ts'
import type { Endpoint } from '../../endpoint/endpoint.ts'
import type { ResolvedHttpOptions } from '../../http-options.ts'
import { USERS } from '../../identity/access.ts'
import { actingUser, assertUser } from '../../identity/acting-user.ts'
import type { Identity } from '../../identity/identity.ts'
import { isoOf, isoSchema } from '../../wire/values.ts'
import { reasonsEndpoint } from './reasons-endpoint.ts'

const responseSchema: z.ZodType<FeedbackResponse> = z.object({
  message_id: z.string(),
  rating: z.number().nullable(),
  feedback_type: z.enum(FEEDBACK_TYPES).nullable(),
  recorded_at: isoSchema,
  reasons: z.array(z.enum(FEEDBACK_REASONS)),
})

/** Ratings of answers, and why they were given. */
export function feedbackEndpoints(options: ResolvedHttpOptions): readonly Endpoint[] {
  return [submitFeedback(options), reasonsEndpoint(options)]
}

/** `POST /api/v2/chat/messages/{message_id}/feedback`. */
function submitFeedback({ router }: ResolvedHttpOptions): Endpoint {
  return endpoint({
    operationId: 'submitFeedback',
    method: 'post',
    path: '/api/v2/chat/messages/{message_id}/feedback',
    tag: 'Feedback',
    summary: 'Rates an answer, or takes a rating back',
    description:
      'A rating from 0 to 1, or a signal in its place; a rating or a thumb may say why, with up to five reasons. Only the user of the answer gives it; an agent may name that user, and alone gives `self_eval`. With the header `idempotency-key`, a UUID, a repeated call counts once.',
    access: USERS,
    rateClass: 'write',
    params: z.object({ message_id: z.string().min(1).max(128) }),
    query: z.strictObject({
      user_id: hostIdSchema.optional().describe('The user of the answer, when an agent speaks.'),
    }),
    body: feedbackBodySchema,
    responses: { 200: { description: 'What counts on the answer now', schema: responseSchema } },
    errors: ['not-found', 'message-not-finished'],
    handle: async ({ params, query, body, identity, request, signal }) => {
      const userId = assertUser(actingUser(identity, query.user_id))
      const result = await router.feedback(
        {
          messageId: params.message_id,
          tenantId: identity.tenantId,
          userId,
          agentIds: identity.agentIds,
          rating: body.rating,
          signal: body.signal,
          type: body.feedback_type,
          reasons: body.reasons,
          by: giverOf(identity, body),
          idempotencyKey: keyOf(request),
        },
        { signal },
      )
      return {
        body: {
          message_id: result.messageId,
          rating: result.rating ?? null,
          feedback_type: result.feedbackType ?? null,
          recorded_at: isoOf(result.recordedAtMs),
          reasons: result.reasons,
        },
      }
    },
  })
}

function giverOf({ roles }: Identity, { feedback_type: type }: FeedbackBody): 'user' | 'agent' {
  if (type !== 'self_eval') return 'user'
  if (roles.includes('agent')) return 'agent'
  throw new ImrsError(
    'forbidden',
    'Only the agent itself may send `self_eval`; people send `explicit`.',
    { field: 'feedbackType' },
  )
}

function keyOf({ headers }: Request): string | undefined {
  const key = headers.get('idempotency-key')?.toLowerCase()
  if (key === undefined || isUuid(key)) return key
  throw new ImrsError('invalid-request', '`idempotency-key`: must be a UUID', {
    field: 'idempotency-key',
  })
}
