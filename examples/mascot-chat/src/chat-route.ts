import { ImrsError, chatBodySchema, parseBody } from '@imrs/core'
import type { Router } from '@imrs/router'
import type { RequestHandler, Response } from 'express'

import type { AnswersInFlight } from './answers-in-flight.ts'
import { MASCOT_AGENT } from './mascot-agent.ts'
import { userIdOf } from './session-cookie.ts'
import { goneSignal, sendParts } from './sse.ts'

export interface ChatRouteOptions {
  readonly router: Pick<Router, 'chat'>
  readonly answers: AnswersInFlight
}

/** `POST /api/chat`: the answer as server-sent events, the decision first. */
export function chatRoute({ router, answers }: ChatRouteOptions): RequestHandler {
  const give = async (body: unknown, response: Response, gone: AbortSignal): Promise<void> => {
    const request = parseBody(chatBodySchema, body)
    const signal = AbortSignal.any([gone, answers.signal])
    const agentId = request.agentId ?? MASCOT_AGENT
    const userId = userIdOf(response)
    const answer = await router.chat({ ...request, agentId, userId }, { signal })
    await sendParts(response, answer.parts, gone)
  }
  return async (request, response) => {
    const gone = goneSignal(response)
    try {
      await answers.track(give(request.body, response, gone))
    } catch (error) {
      // Nobody is there to be told, or it was us who ended it.
      if (gone.aborted) return
      throw answers.signal.aborted ? shuttingDown(error) : error
    }
  }
}

function shuttingDown(cause: unknown): ImrsError {
  return new ImrsError('closed', 'The chat is shutting down. Try again in a moment.', { cause })
}
