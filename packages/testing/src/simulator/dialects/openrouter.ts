import type { Answer } from '../answers/answer.ts'
import { findBehaviour } from '../behaviour.ts'
import type { AnsweredChat } from '../chat.ts'
import { answerChat } from '../chat.ts'
import type { Failure } from '../failure.ts'
import type { Reply } from '../reply.ts'
import { answerReply, jsonReply, streamReply } from '../reply.ts'
import type { Dialect, HandlerContext, Route } from './dialect.ts'
import { bearerOf } from './dialect.ts'
import { complaintAboutMessages } from './openai-conversation.ts'
import type { OpenAiStyle } from './openai-reply.ts'
import { completionBody, completionPieces, openAiUsage } from './openai-reply.ts'
import { parseOpenAiChat } from './openai-request.ts'
import { readCredits, readGeneration, readKey } from './openrouter-account.ts'
import {
  openRouterError,
  openRouterFailure,
  openRouterRetryHeaders,
  openRouterStatus,
} from './openrouter-errors.ts'
import { listOpenRouterModels } from './openrouter-list.ts'
import { signatureOf } from './signatures.ts'

const routes: Readonly<Record<string, Route>> = {
  'GET /models': { operation: 'list', access: 'public', answer: listModels },
  'GET /key': { operation: 'key', access: 'key', answer: readKey },
  'GET /auth/key': { operation: 'key', access: 'key', answer: readKey },
  'GET /credits': { operation: 'other', access: 'key', answer: readCredits },
  'GET /generation': { operation: 'other', access: 'key', answer: readGeneration },
  'POST /chat/completions': { operation: 'chat', access: 'key', answer: chat },
}

/**
 * OpenRouter: `/models`, `/key` (and `/auth/key`), `/credits`, `/generation`, `/chat/completions`.
 * It also answers at `/api/v1`, because the links in its lists are paths of its own host.
 */
export const openRouterDialect: Dialect = {
  name: 'openrouter',
  prefixes: ['/openrouter/api/v1', '/api/v1'],
  credentialOf: bearerOf,
  fail: openRouterFailure,
  failWith: openRouterStatus,
  retryHeaders: openRouterRetryHeaders,
  route: ({ method, path }) => routes[`${method} ${path}`],
  streamError: (failure, { answerId, model, created }) => ({
    id: `gen-${answerId ?? 'simulator'}`,
    object: 'chat.completion.chunk',
    created,
    model,
    provider: 'Simulated',
    error: openRouterError(failure),
    choices: [
      {
        index: 0,
        delta: { role: 'assistant', content: '' },
        finish_reason: 'error',
        native_finish_reason: 'error',
      },
    ],
  }),
  failInChoice: (failure) =>
    jsonReply({
      id: 'gen-simulator',
      object: 'chat.completion',
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: '' },
          finish_reason: 'error',
          native_finish_reason: 'error',
          error: openRouterError(failure),
        },
      ],
    }),
}

function listModels({ state, behaviours, request }: HandlerContext): Reply {
  const isEmpty = findBehaviour(behaviours, 'empty') !== undefined
  return jsonReply(listOpenRouterModels(isEmpty ? [] : state.models, request.query))
}

const RULES = { dialect: 'openrouter', hasStrictMessages: false } as const

function chat(context: HandlerContext): Reply | Failure {
  const request = parseOpenAiChat(context.body)
  if (!request.ok) return request.failure
  const complaint = complaintAboutMessages(context.body, RULES)
  if (complaint !== undefined) return complaint
  const answered = answerChat(context, 'openrouter', request.value)
  if (!answered.ok) return answered.failure
  const { answer } = answered.value
  const style = styleOf(answered.value)
  return request.value.isStream
    ? streamReply(completionPieces(answer, style))
    : answerReply(completionBody(answer, style), answer)
}

function styleOf({ answer, costUsd }: AnsweredChat): OpenAiStyle {
  const reasoning = answer.reasoning === '' ? null : answer.reasoning
  const { text, signature, encrypted } = reasoningDetails(answer)
  const details = [{ ...text, ...signature }, encrypted]
  return {
    frame: {
      id: `gen-${answer.id}`,
      provider: 'Simulated',
      model: answer.model,
      created: answer.created,
    },
    usage: {
      ...openAiUsage(answer),
      cost: costUsd,
      is_byok: false,
      cost_details: { upstream_inference_cost: null },
      prompt_tokens_details: {
        cached_tokens: answer.usage.cachedInputTokens,
        cache_write_tokens: 0,
        audio_tokens: 0,
        video_tokens: 0,
      },
      completion_tokens_details: {
        reasoning_tokens: answer.usage.reasoningTokens,
        image_tokens: 0,
      },
    },
    choice: (finish) => ({ native_finish_reason: finish }),
    message: {
      refusal: null,
      reasoning,
      ...(reasoning === null ? {} : { reasoning_details: details }),
    },
    firstDelta: {},
    lastDelta: { role: 'assistant', content: '' },
    showsReasoning: true,
    reasoningEnd: [{ ...text, text: '', ...signature }, encrypted],
    sendsStreamUsage: true,
    sendsNullUsage: false,
    sendsObfuscation: false,
    opening: ': OPENROUTER PROCESSING\n\n',
  }
}

/** A thought in words that is signed, and one that only its model can read. */
function reasoningDetails({ model, reasoning }: Answer) {
  const signed = { dialect: 'openrouter', model, content: reasoning } as const
  const format = 'unknown'
  return {
    text: { type: 'reasoning.text', text: reasoning, format, index: 0 },
    signature: { signature: signatureOf({ ...signed, kind: 'thought' }) },
    encrypted: {
      type: 'reasoning.encrypted',
      data: signatureOf({ ...signed, kind: 'encrypted' }),
      id: 'rs_simulated',
      format,
      index: 1,
    },
  }
}
