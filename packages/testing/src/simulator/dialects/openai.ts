import type { Answer } from '../answers/answer.ts'
import { seededText } from '../answers/seeded.ts'
import { findBehaviour } from '../behaviour.ts'
import type { ChatRequest } from '../chat-request.ts'
import { answerChat, findModel } from '../chat.ts'
import { OPENAI_PARAMETERS } from '../data/openai-parameters.ts'
import type { Failure } from '../failure.ts'
import type { SimulatedModel } from '../models.ts'
import type { Reply } from '../reply.ts'
import { answerReply, jsonReply, streamReply } from '../reply.ts'
import { isRecord } from '../wire.ts'
import type { Dialect, HandlerContext, Route } from './dialect.ts'
import { bearerOf } from './dialect.ts'
import { durationText } from './durations.ts'
import { complaintAboutMessages } from './openai-conversation.ts'
import { openAiError, openAiFailure, openAiRetryHeaders, openAiStatus } from './openai-errors.ts'
import type { OpenAiStyle } from './openai-reply.ts'
import { completionBody, completionPieces, openAiUsage } from './openai-reply.ts'
import { parseOpenAiChat } from './openai-request.ts'

const REQUEST_LIMIT = 10_000
const TOKEN_LIMIT = 2_000_000

/** OpenAI: `/v1/models`, `/v1/models/{id}`, `/v1/chat/completions`. */
export const openAiDialect: Dialect = {
  name: 'openai',
  prefixes: ['/openai/v1'],
  credentialOf: bearerOf,
  fail: openAiFailure,
  failWith: openAiStatus,
  streamError: (failure) => ({ error: openAiError(failure) }),
  retryHeaders: openAiRetryHeaders,
  route: ({ method, path }): Route | undefined => {
    if (method === 'GET' && path === '/models') {
      return { operation: 'list', access: 'key', answer: listModels }
    }
    const [, id] = /^\/models\/(.+)$/.exec(path) ?? []
    if (method === 'GET' && id !== undefined) {
      return { operation: 'other', access: 'key', model: id, answer: readModel(id) }
    }
    if (method === 'POST' && path === '/chat/completions') {
      return { operation: 'chat', access: 'key', answer: chat }
    }
    return undefined
  },
}

function listModels({ state, behaviours }: HandlerContext): Reply {
  const isEmpty = findBehaviour(behaviours, 'empty') !== undefined
  const rows = state.models.filter(({ dialect }) => dialect === 'openai').map(toRow)
  return jsonReply({ object: 'list', data: isEmpty ? [] : rows })
}

function readModel(id: string): Route['answer'] {
  return (context) => {
    const model = findModel(context, 'openai', decodeURIComponent(id))
    return model === undefined ? { kind: 'unknown-model', model: id } : jsonReply(toRow(model))
  }
}

function toRow({ id, created, row }: SimulatedModel): Readonly<Record<string, unknown>> {
  return { id, object: 'model', created, owned_by: 'system', shutdown_date: null, ...row }
}

const RULES = { dialect: 'openai', hasStrictMessages: true } as const

function chat(context: HandlerContext): Reply | Failure {
  const unknown = unknownParameter(context.body)
  if (unknown !== undefined) return unknown
  const request = parseOpenAiChat(context.body)
  if (!request.ok) return request.failure
  const complaint = complaintAboutMessages(context.body, RULES)
  if (complaint !== undefined) return complaint
  const answered = answerChat(context, 'openai', request.value)
  if (!answered.ok) return answered.failure
  const { answer } = answered.value
  const headers = responseHeaders(context, answer)
  const style = styleOf(answer, request.value)
  return request.value.isStream
    ? streamReply(completionPieces(answer, style), headers)
    : answerReply(completionBody(answer, style), answer, headers)
}

/** OpenAI refuses fields that other providers have added, OpenRouter's `usage` for one. */
function unknownParameter(body: unknown): Failure | undefined {
  const parameter = Object.keys(isRecord(body) ? body : {}).find(
    (name) => !OPENAI_PARAMETERS.has(name),
  )
  return parameter === undefined
    ? undefined
    : { kind: 'invalid-request', parameter, message: `Unknown parameter: '${parameter}'.` }
}

function styleOf(answer: Answer, request: ChatRequest): OpenAiStyle {
  return {
    frame: {
      id: `chatcmpl-${answer.id}`,
      created: answer.created,
      model: answer.model,
      service_tier: 'default',
      system_fingerprint: `fp_${seededText(10, answer.model)}`,
    },
    usage: openAiUsage(answer),
    choice: () => ({}),
    message: { refusal: null, annotations: [] },
    firstDelta: { refusal: null },
    lastDelta: {},
    showsReasoning: false,
    sendsStreamUsage: request.wantsStreamUsage,
    sendsNullUsage: request.wantsStreamUsage,
    sendsObfuscation: request.wantsObfuscation,
    opening: '',
  }
}

function responseHeaders(
  { recorder, state }: HandlerContext,
  answer: Answer,
): Readonly<Record<string, string>> {
  const used = recorder.call.number
  const tokens = answer.usage.inputTokens + answer.usage.outputTokens
  return {
    'x-request-id': `req_${seededText(32, state.seed, answer.id)}`,
    'openai-version': '2020-10-01',
    'openai-organization': 'simulator',
    'openai-processing-ms': '12',
    'x-ratelimit-limit-requests': String(REQUEST_LIMIT),
    'x-ratelimit-limit-tokens': String(TOKEN_LIMIT),
    'x-ratelimit-remaining-requests': String(Math.max(0, REQUEST_LIMIT - used)),
    'x-ratelimit-remaining-tokens': String(Math.max(0, TOKEN_LIMIT - tokens)),
    'x-ratelimit-reset-requests': durationText(6 * used),
    'x-ratelimit-reset-tokens': durationText(tokens),
  }
}
