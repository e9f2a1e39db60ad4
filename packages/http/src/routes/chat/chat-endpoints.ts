import { ANSWER_PART_TYPES, chatBodySchema } from '@imrs/core'
import type { AnswerPart } from '@imrs/core'
import { z } from 'zod'

import { collectAnswer, withReason } from '../../answers/collect-answer.ts'
import type { CollectedAnswer } from '../../answers/collect-answer.ts'
import { eventStream, jsonFrame } from '../../answers/event-stream.ts'
import { endpoint } from '../../endpoint/endpoint.ts'
import type { Endpoint } from '../../endpoint/endpoint.ts'
import type { ResolvedHttpOptions } from '../../http-options.ts'
import { USERS, agentOf } from '../../identity/access.ts'
import { actingUser } from '../../identity/acting-user.ts'
import { userKeysOf } from '../../identity/user-keys.ts'
import { CHAT_ERRORS } from './chat-errors.ts'

/** `POST /api/chat`: chooses a model and gives its answer. */
export function chatEndpoints(options: ResolvedHttpOptions): readonly Endpoint[] {
  return [chat(options)]
}

const partSchema = z.looseObject({ type: z.enum(ANSWER_PART_TYPES as [string, ...string[]]) })

const wholeSchema = z.looseObject({
  messageId: z.string(),
  model: z.string(),
  finishReason: z.string(),
  text: z.string(),
})

function chat(options: ResolvedHttpOptions): Endpoint {
  const { router, defaultAgentId } = options
  return endpoint({
    operationId: 'chat',
    method: 'post',
    path: '/api/chat',
    tag: 'Chat',
    summary: 'Chooses a model and gives its answer',
    description:
      'Server-sent events, one part of the answer as JSON in each `data` line, the decision first and exactly one `end` or `error` last; with `Accept: application/json` the whole answer at once. Readers leave out part types they do not know. Closing the connection ends the request to the model.',
    access: USERS,
    rateClass: 'chat',
    body: chatBodySchema,
    responses: {
      200: {
        description: 'The parts of the answer',
        schema: wholeSchema,
        alternatives: { 'text/event-stream': partSchema },
      },
    },
    errors: CHAT_ERRORS,
    handle: async ({ body, identity, request, signal, abandon, end }) => {
      const agentId = agentOf(identity, { named: body.agentId, byDefault: defaultAgentId })
      const answer = await router.chat(
        {
          ...body,
          agentId,
          tenantId: identity.tenantId,
          userId: actingUser(identity, undefined),
          roles: identity.roles,
        },
        { signal, userKeys: userKeysOf(request, options) },
      )
      const { parts } = answer
      if (wantsJson(request)) return { body: toWhole(await collectAnswer(parts, signal)) }
      const frames = framesOf(parts, signal)
      return eventStream(frames, { runtime: options.runtime, onLeave: abandon, onEnd: end })
    },
  })
}

function wantsJson({ headers }: Request): boolean {
  const accept = headers.get('accept') ?? ''
  return accept.includes('application/json') && !accept.includes('text/event-stream')
}

async function* framesOf(
  parts: AsyncIterable<AnswerPart>,
  signal: AbortSignal,
): AsyncGenerator<string> {
  for await (const part of parts) {
    yield jsonFrame(part.type === 'error' ? withReason(part, signal) : part)
  }
}

function toWhole({ end, decision, ...answer }: CollectedAnswer): object {
  return {
    messageId: end.messageId,
    model: end.model,
    finishReason: end.finishReason,
    totalMs: end.totalMs,
    decision,
    ...answer,
  }
}
