import { findBehaviour } from '../behaviour.ts'
import type { ChatRequest } from '../chat-request.ts'
import type { AnsweredChat } from '../chat.ts'
import { answerChat } from '../chat.ts'
import type { Failure } from '../failure.ts'
import type { SimulatedModel } from '../models.ts'
import type { Reply } from '../reply.ts'
import { answerReply, jsonReply, streamReply } from '../reply.ts'
import type { Dialect, HandlerContext, Route } from './dialect.ts'
import { bearerOf } from './dialect.ts'
import { complaintAboutMessages } from './openai-conversation.ts'
import type { OpenAiStyle } from './openai-reply.ts'
import { completionBody, completionPieces, openAiUsage } from './openai-reply.ts'
import { parseOpenAiChat } from './openai-request.ts'
import {
  requestyError,
  requestyFailure,
  requestyRetryHeaders,
  requestyStatus,
} from './requesty-errors.ts'

const routes: Readonly<Record<string, Route>> = {
  'GET /models': { operation: 'list', access: 'optional', answer: listModels },
  'POST /chat/completions': { operation: 'chat', access: 'key', answer: chat },
  'GET /auth/check': { operation: 'key', access: 'key', answer: () => jsonReply({ ok: true }) },
  'GET /manage/apikey/self': { operation: 'key', access: 'key', answer: readKey },
}

/**
 * Requesty: the router's `/models` and `/chat/completions`, and the `/auth/check` and
 * `/manage/apikey/self` of its other host, which has a prefix of its own here.
 */
export const requestyDialect: Dialect = {
  name: 'requesty',
  prefixes: ['/requesty-api/v1', '/requesty/v1'],
  credentialOf: bearerOf,
  fail: requestyFailure,
  failWith: requestyStatus,
  retryHeaders: requestyRetryHeaders,
  streamError: (failure) => ({ error: requestyError(failure) }),
  route: ({ method, path }) => routes[`${method} ${path}`],
}

/** Without a key the list is the public one; with one it is what the organization has approved. */
function listModels({ state, behaviours, recorder }: HandlerContext): Reply {
  const isEmpty = findBehaviour(behaviours, 'empty') !== undefined
  const hasKey = recorder.call.credential === 'valid'
  const rows = state.models
    .filter(
      ({ dialect, isApproved }) => dialect === 'requesty' && (!hasKey || isApproved !== false),
    )
    .map(toRow)
  return jsonReply({ object: 'list', data: isEmpty ? [] : rows })
}

function readKey({ state }: HandlerContext): Reply {
  const spent = state.log.calls
    .filter(({ dialect }) => dialect === 'requesty')
    .reduce((sum, { costUsd }) => sum + (costUsd ?? 0), 0)
  return jsonReply({
    id: 'key_simulator',
    name: 'simulator',
    logging: false,
    monthly_spend: spent.toFixed(6),
    monthly_limit: '100.000000',
    permissions: ['chat'],
  })
}

function toRow(model: SimulatedModel): Readonly<Record<string, unknown>> {
  return {
    id: model.id,
    object: 'model',
    api: 'chat',
    created: model.created,
    owned_by: 'system',
    input_price: Number(model.prices.input),
    output_price: Number(model.prices.output),
    cached_price: Number(model.prices.cachedInput ?? model.prices.input),
    max_output_tokens: model.maxOutputTokens ?? 0,
    context_window: model.contextLength,
    supports_caching: model.prices.cachedInput !== undefined,
    supports_vision: model.inputModalities.includes('image'),
    supports_computer_use: false,
    supports_reasoning: model.reasoning !== 'never',
    supports_image_generation: model.outputModalities.includes('image'),
    supports_tool_calling: model.supportsTools,
    supports_role_developer: false,
    supports_web_search: false,
    supports_output_json_object: model.supportsStructuredOutput,
    supports_output_json_schema: model.supportsStructuredOutput,
    supports_system_mid_conversation: true,
    description: model.description,
    data_retention: false,
    data_retention_days: 0,
    data_used_for_training: false,
    privacy_comments: '',
    geolocation: 'us',
    open_weights: false,
    model_lab: model.id.split('/').at(-2) ?? '',
    model_canonical_name: model.id.split('/').at(-1) ?? model.id,
    ...model.row,
  }
}

const RULES = { dialect: 'requesty', hasStrictMessages: false } as const

function chat(context: HandlerContext): Reply | Failure {
  const request = parseOpenAiChat(context.body)
  if (!request.ok) return request.failure
  const complaint = complaintAboutMessages(context.body, RULES)
  if (complaint !== undefined) return complaint
  const answered = answerChat(context, 'requesty', request.value)
  if (!answered.ok) return answered.failure
  if (answered.value.model.isApproved === false) {
    return { kind: 'permission-denied', model: request.value.model }
  }
  const { answer } = answered.value
  const style = styleOf(answered.value, request.value)
  return request.value.isStream
    ? streamReply(completionPieces(answer, style))
    : answerReply(completionBody(answer, style), answer)
}

function styleOf({ answer, costUsd }: AnsweredChat, request: ChatRequest): OpenAiStyle {
  return {
    frame: { id: `chatcmpl-${answer.id}`, created: answer.created, model: answer.model },
    usage: { ...openAiUsage(answer), cost: costUsd },
    choice: () => ({}),
    message: {},
    firstDelta: {},
    lastDelta: {},
    showsReasoning: false,
    sendsStreamUsage: request.wantsStreamUsage,
    sendsNullUsage: false,
    sendsObfuscation: false,
    opening: '',
  }
}
