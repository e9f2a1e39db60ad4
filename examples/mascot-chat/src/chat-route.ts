import { chatBodySchema, parseBody } from '@imrs/core'
import type { Router } from '@imrs/router'
import type { RequestHandler, Response } from 'express'

import type { AnswersInFlight } from './answers-in-flight.ts'
import { userIdOf } from './session-cookie.ts'
import { goneSignal, sendParts } from './sse.ts'

/** The agent that answers when the request names none. */
const MASCOT_AGENT = 'mascot'

export interface ChatRouteOptions {
  readonly router: Pick<Router, 'chat'>
  readonly answers: AnswersInFlight
}

/** `POST /api/chat`: the answer as server-sent events, the decision first. */
export function chatRoute({ router, answers }: ChatRouteOptions): RequestHandler {
  const give = async (body: unknown, response: Response): Promise<void> => {
    const gone = goneSignal(response)
    const signal = AbortSignal.any([gone, answers.signal])
    const request = parseBody(chatBodySchema, body)
    const agentId = request.agentId ?? MASCOT_AGENT
    const userId = userIdOf(response)
    const answer = await router.chat({ ...request, agentId, userId }, { signal })
    await sendParts(response, answer.parts, gone)
  }
  return async (request, response) => {
    await answers.track(give(request.body, response))
  }
}
