import type { Answer } from '@imrs/router'
import { z } from 'zod'

import { collectAnswer } from '../../answers/collect-answer.ts'
import { eventStream } from '../../answers/event-stream.ts'
import { endpoint } from '../../endpoint/endpoint.ts'
import type { Endpoint } from '../../endpoint/endpoint.ts'
import type { ResolvedHttpOptions } from '../../http-options.ts'
import { USERS, agentOf } from '../../identity/access.ts'
import { actingUser } from '../../identity/acting-user.ts'
import type { Identity } from '../../identity/identity.ts'
import { userKeysOf } from '../../identity/user-keys.ts'
import { CHAT_ERRORS } from '../chat/chat-errors.ts'
import {
  completionIdOf,
  decisionHeaders,
  toFinishReason,
  toToolCall,
  toUsage,
  toVendor,
} from './openai-answer.ts'
import { ignoredFields, openAiRequestSchema, toChatRequest } from './openai-request.ts'
import type { OpenAiRequest } from './openai-request.ts'
import { openAiFrames } from './openai-stream.ts'

const answerSchema = z.looseObject({
  id: z.string(),
  object: z.literal('chat.completion'),
  created: z.int(),
  model: z.string(),
  choices: z.array(z.looseObject({ index: z.int(), finish_reason: z.string() })),
})

/** `POST /v1/chat/completions`. */
export function createChatCompletion(options: ResolvedHttpOptions): Endpoint {
  return endpoint({
    operationId: 'createChatCompletion',
    method: 'post',
    path: '/v1/chat/completions',
    tag: 'OpenAI',
    summary: 'A chat completion, as clients of OpenAI’s API ask for it',
    description:
      '`model`: `auto`, `auto:cheap`, `auto:fast`, `auto:best`, a preset or a model id. The decision is in the headers `imrs-decision-id`, `imrs-message-id` and `imrs-model`, and in the field `imrs`. A stream begins when the first visible part is there; before that, an error still has its status.',
    access: USERS,
    rateClass: 'chat',
    body: openAiRequestSchema,
    responses: {
      200: {
        description: 'The answer',
        schema: answerSchema,
        alternatives: { 'text/event-stream': z.string() },
      },
    },
    errors: CHAT_ERRORS,
    errorShape: 'openai',
    handle: async ({ body, identity, request, requestId, signal, abandon, end }) => {
      const answer = await options.router.chat(
        { ...toChatRequest(body), ...askerOf(options, { identity, body }) },
        { signal, userKeys: userKeysOf(request, options) },
      )
      const context = {
        body,
        requestId,
        signal,
        createdAtSeconds: Math.floor(options.runtime.now() / 1000),
      }
      if (body.stream !== true) return whole(answer, context)
      const frames = await openAiFrames(answer.parts, {
        ...context,
        includeUsage: body.stream_options?.include_usage === true,
        warnings: warningsOf(body),
      })
      const headers = decisionHeaders(answer.decision)
      return eventStream(frames, {
        runtime: options.runtime,
        headers,
        onLeave: abandon,
        onEnd: end,
      })
    },
  })
}

interface AnswerContext {
  readonly body: OpenAiRequest
  readonly createdAtSeconds: number
  readonly signal: AbortSignal
}

async function whole(
  answer: Answer,
  { body, createdAtSeconds, signal }: AnswerContext,
): Promise<{ readonly body: object; readonly headers: Record<string, string> }> {
  const collected = await collectAnswer(answer.parts, signal)
  const { end, text, reasoning, toolCalls, usage, decision, fallbacks, warnings } = collected
  const message = {
    role: 'assistant',
    content: text === '' && toolCalls.length > 0 ? null : text,
    refusal: null,
    ...(reasoning === '' ? {} : { reasoning_content: reasoning }),
    ...(toolCalls.length === 0 ? {} : { tool_calls: toolCalls.map(toToolCall) }),
  }
  const said = [...warningsOf(body), ...warnings.map((warning) => warning.message)]
  return {
    headers: decisionHeaders(answer.decision),
    body: {
      id: completionIdOf(end.messageId),
      object: 'chat.completion',
      created: createdAtSeconds,
      model: end.model,
      choices: [
        { index: 0, message, logprobs: null, finish_reason: toFinishReason(end.finishReason) },
      ],
      ...(usage === undefined ? {} : { usage: toUsage(usage) }),
      ...(decision === undefined
        ? {}
        : { imrs: toVendor({ decision, fallbacks, warnings: said, usage }) }),
    },
  }
}

function warningsOf(body: OpenAiRequest): readonly string[] {
  return ignoredFields(body).map((field) => `\`${field}\` is not supported here and was left out.`)
}

function askerOf(
  { defaultAgentId }: ResolvedHttpOptions,
  { identity, body }: { readonly identity: Identity; readonly body: OpenAiRequest },
): { tenantId: string; agentId: string; userId: string | undefined; roles: readonly string[] } {
  const agentId = agentOf(identity, { named: body.imrs?.agent_id, byDefault: defaultAgentId })
  const { tenantId, roles } = identity
  return { tenantId, agentId, roles, userId: actingUser(identity, body.user ?? undefined) }
}
