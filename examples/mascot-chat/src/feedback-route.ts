import { ImrsError, feedbackBodySchema, parseBody } from '@imrs/core'
import type { FeedbackResponse } from '@imrs/core'
import type { FeedbackResult } from '@imrs/feedback'
import type { Router } from '@imrs/router'
import type { RequestHandler } from 'express'

import { userIdOf } from './session-cookie.ts'

/** `POST /api/v2/chat/messages/{id}/feedback`: a rating of an answer of one's own, or `retract` to undo it. */
export function feedbackRoute(router: Pick<Router, 'feedback'>): RequestHandler<{ id: string }> {
  return async (request, response) => {
    const { rating, signal, feedback_type: type } = parseBody(feedbackBodySchema, request.body)
    if (type === 'self_eval') {
      const message = 'Only the agent itself may send `self_eval`; people send `explicit`.'
      throw new ImrsError('forbidden', message, { field: 'feedback_type' })
    }
    const messageId = request.params.id
    const userId = userIdOf(response)
    const result = await router.feedback({ messageId, userId, rating, signal, type })
    response.json(toFeedbackResponse(result))
  }
}

function toFeedbackResponse(result: FeedbackResult): FeedbackResponse {
  return {
    message_id: result.messageId,
    rating: result.rating ?? null,
    feedback_type: result.feedbackType ?? null,
    recorded_at: new Date(result.recordedAtMs).toISOString(),
  }
}
