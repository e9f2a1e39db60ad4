import { countInputTokens } from '../answers/plan-answer.ts'
import { findBehaviour } from '../behaviour.ts'
import { answerChat, findModel } from '../chat.ts'
import type { Failure } from '../failure.ts'
import type { SimulatedModel } from '../models.ts'
import type { Reply } from '../reply.ts'
import { answerReply, jsonReply, streamReply } from '../reply.ts'
import type { JsonRecord } from '../wire.ts'
import { anthropicError, anthropicFailure, anthropicStatus } from './anthropic-errors.ts'
import { messageBody, messagePieces } from './anthropic-reply.ts'
import { parseAnthropicChat } from './anthropic-request.ts'
import type { Dialect, DialectRequest, HandlerContext, Route } from './dialect.ts'
import { bearerOf } from './dialect.ts'

const DEFAULT_LIMIT = 20
const LARGEST_LIMIT = 1000

/** Anthropic: `/models`, `/models/{id}`, `/messages` and `/messages/count_tokens`. */
export const anthropicDialect: Dialect = {
  name: 'anthropic',
  prefixes: ['/anthropic/v1'],
  // The second is how the newest client sends it.
  credentialOf: (request) => request.headers['x-api-key']?.toString() ?? bearerOf(request),
  fail: anthropicFailure,
  failWith: anthropicStatus,
  retryHeaders: ({ delayMs }) => ({ 'retry-after': String(Math.ceil(delayMs / 1000)) }),
  streamError: anthropicError,
  namesEvents: true,
  route,
}

function route({ method, path }: DialectRequest): Route | undefined {
  if (method === 'GET' && path === '/models') {
    return { operation: 'list', access: 'key', answer: versioned(listModels) }
  }
  const [, model] = /^\/models\/([^/]+)$/.exec(path) ?? []
  if (method === 'GET' && model !== undefined) {
    return { operation: 'other', access: 'key', model, answer: versioned(readModel(model)) }
  }
  if (method !== 'POST') return undefined
  if (path === '/messages') return { operation: 'chat', access: 'key', answer: versioned(chat) }
  if (path === '/messages/count_tokens') {
    return { operation: 'other', access: 'key', answer: versioned(countTokens) }
  }
  return undefined
}

/** Nothing is answered without the version of the API. */
function versioned(answer: Route['answer']): Route['answer'] {
  return (context) => {
    if (context.request.headers['anthropic-version'] !== undefined) return answer(context)
    return { kind: 'invalid-request', message: 'anthropic-version: header is required' }
  }
}

function listModels({ state, request, behaviours }: HandlerContext): Reply | Failure {
  const rows = state.models.filter(({ dialect }) => dialect === 'anthropic')
  const isEmpty = findBehaviour(behaviours, 'empty') !== undefined
  const after = request.query.get('after_id')
  const position = after === null ? -1 : rows.findIndex(({ id }) => id === after)
  if (after !== null && position < 0) {
    return { kind: 'invalid-request', message: `after_id: ${after} is not a model` }
  }
  const limit = Number(request.query.get('limit') ?? DEFAULT_LIMIT)
  if (!Number.isInteger(limit) || limit < 1 || limit > LARGEST_LIMIT) {
    return { kind: 'invalid-request', message: `limit: must be 1 to ${LARGEST_LIMIT}` }
  }
  const end = position + 1 + Math.min(limit, state.maxPageSize)
  return isEmpty ? pageOf([], false) : pageOf(rows.slice(position + 1, end), end < rows.length)
}

function pageOf(rows: readonly SimulatedModel[], has_more: boolean): Reply {
  const first_id = rows[0]?.id ?? null
  const last_id = rows.at(-1)?.id ?? null
  return jsonReply({ data: rows.map(toRow), first_id, last_id, has_more })
}

function readModel(id: string): Route['answer'] {
  return (context) => {
    const model = findModel(context, 'anthropic', id)
    return model === undefined ? { kind: 'unknown-model', model: id } : jsonReply(toRow(model))
  }
}

function toRow({ id, name, created, row }: SimulatedModel): JsonRecord {
  const created_at = new Date(created * 1000).toISOString().replace('.000', '')
  return { type: 'model', id, display_name: name, created_at, ...row }
}

function chat(context: HandlerContext): Reply | Failure {
  const request = parseAnthropicChat(context.body)
  if (!request.ok) return request.failure
  const answered = answerChat(context, 'anthropic', request.value)
  if (!answered.ok) return answered.failure
  const { answer } = answered.value
  return request.value.isStream
    ? streamReply(messagePieces(answer))
    : answerReply(messageBody(answer), answer)
}

function countTokens(context: HandlerContext): Reply | Failure {
  const body = { max_tokens: 1, ...(context.body as object | undefined) }
  const request = parseAnthropicChat(body)
  if (!request.ok) return request.failure
  const { model } = request.value
  if (findModel(context, 'anthropic', model) === undefined) return { kind: 'unknown-model', model }
  return jsonReply({ input_tokens: countInputTokens(request.value) })
}
