import { countInputTokens } from '../answers/plan-answer.ts'
import { findBehaviour } from '../behaviour.ts'
import { answerChat, findModel } from '../chat.ts'
import type { Failure } from '../failure.ts'
import type { SimulatedModel } from '../models.ts'
import type { Reply } from '../reply.ts'
import { answerReply, jsonReply, streamReply } from '../reply.ts'
import type { Dialect, DialectRequest, HandlerContext, Route } from './dialect.ts'
import { googleError, googleFailure, googleStatus } from './google-errors.ts'
import type { GoogleStyle } from './google-reply.ts'
import { contentBody, contentListPieces, contentPieces } from './google-reply.ts'
import { parseGoogleChat } from './google-request.ts'

const DEFAULT_PAGE_SIZE = 50
const LARGEST_PAGE_SIZE = 1000

/** Gemini: `/models`, `/models/{id}` and its `:generateContent`, `:streamGenerateContent`, `:countTokens`. */
export const googleDialect: Dialect = {
  name: 'google',
  prefixes: ['/google/v1beta', '/google/v1alpha', '/google/v1'],
  credentialOf: ({ headers, query }) =>
    headers['x-goog-api-key']?.toString() ?? query.get('key') ?? undefined,
  fail: googleFailure,
  failWith: googleStatus,
  retryHeaders: () => ({}),
  streamError: (failure) => ({ error: googleError(failure) }),
  route,
}

function route({ method, path }: DialectRequest): Route | undefined {
  if (method === 'GET' && path === '/models') {
    return { operation: 'list', access: 'key', answer: listModels }
  }
  const [, model, action] = /^\/models\/([^/:]+)(?::(\w+))?$/.exec(path) ?? []
  if (model === undefined) return undefined
  if (method === 'GET' && action === undefined) {
    return { operation: 'other', access: 'key', model, answer: readModel(model) }
  }
  if (method !== 'POST') return undefined
  if (action === 'generateContent' || action === 'streamGenerateContent') {
    const isStream = action === 'streamGenerateContent'
    return { operation: 'chat', access: 'key', model, answer: chat({ model, isStream }) }
  }
  if (action === 'countTokens') {
    return { operation: 'other', access: 'key', model, answer: countTokens(model) }
  }
  return undefined
}

function listModels({ state, request, behaviours }: HandlerContext): Reply | Failure {
  if (findBehaviour(behaviours, 'empty') !== undefined) return jsonReply({})
  const rows = state.models.filter(({ dialect }) => dialect === 'google')
  const start = readPageToken(request.query.get('pageToken'))
  if (start === undefined) return { kind: 'invalid-request', message: 'The page token is invalid.' }
  const asked = Number(request.query.get('pageSize') ?? DEFAULT_PAGE_SIZE)
  if (!Number.isInteger(asked) || asked < 0) {
    return { kind: 'invalid-request', message: 'Invalid value at page_size.' }
  }
  const size = Math.min(
    asked === 0 ? DEFAULT_PAGE_SIZE : asked,
    LARGEST_PAGE_SIZE,
    state.maxPageSize,
  )
  const end = start + size
  return jsonReply({
    models: rows.slice(start, end).map(toRow),
    ...(end < rows.length ? { nextPageToken: writePageToken(end) } : {}),
  })
}

function writePageToken(offset: number): string {
  return Buffer.from(`offset:${offset}`).toString('base64url')
}

function readPageToken(token: string | null): number | undefined {
  if (token === null || token === '') return 0
  const [, offset] = /^offset:(\d+)$/.exec(Buffer.from(token, 'base64url').toString()) ?? []
  return offset === undefined ? undefined : Number(offset)
}

function readModel(id: string): Route['answer'] {
  return (context) => {
    const model = findModel(context, 'google', id)
    return model === undefined ? { kind: 'unknown-model', model: id } : jsonReply(toRow(model))
  }
}

function toRow(model: SimulatedModel): Readonly<Record<string, unknown>> {
  return {
    name: `models/${model.id}`,
    version: '001',
    displayName: model.name,
    description: model.description,
    inputTokenLimit: model.contextLength,
    outputTokenLimit: model.maxOutputTokens ?? 0,
    ...model.row,
    ...(model.reasoning === 'never' ? {} : { thinking: true }),
  }
}

function chat(target: { readonly model: string; readonly isStream: boolean }): Route['answer'] {
  return (context) => {
    const model = findModel(context, 'google', target.model)
    if (model?.kind === 'speech') return refuseSpeech(target.model)
    const request = parseGoogleChat(context.body, target)
    if (!request.ok) return request.failure
    const answered = answerChat(context, 'google', request.value)
    if (!answered.ok) return answered.failure
    const style: GoogleStyle = {
      showsThoughts: request.value.wantsThoughts,
      signs: target.model.startsWith('gemini-3'),
    }
    return render({ context, style, isStream: target.isStream }, answered.value.answer)
  }
}

function render(
  how: { context: HandlerContext; style: GoogleStyle; isStream: boolean },
  answer: Parameters<typeof contentBody>[0],
): Reply {
  if (!how.isStream) return answerReply(contentBody(answer, how.style), answer)
  if (how.context.request.query.get('alt') === 'sse') {
    return streamReply(contentPieces(answer, how.style))
  }
  const pieces = contentListPieces(answer, how.style)
  return { ...jsonReply({}), pieces, isStream: true }
}

function refuseSpeech(model: string): Failure {
  const message = `The requested combination of response modalities (TEXT) is not supported by the model. models/${model} accepts the following combination of response modalities:\n* AUDIO\n`
  return { kind: 'invalid-request', model, message }
}

function countTokens(model: string): Route['answer'] {
  return (context) => {
    if (findModel(context, 'google', model) === undefined) return { kind: 'unknown-model', model }
    const request = parseGoogleChat(context.body, { model, isStream: false })
    if (!request.ok) return request.failure
    const totalTokens = countInputTokens(request.value)
    return jsonReply({
      totalTokens,
      promptTokensDetails: [{ modality: 'TEXT', tokenCount: totalTokens }],
    })
  }
}
