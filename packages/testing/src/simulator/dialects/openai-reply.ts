import type { Answer, AnswerToolCall } from '../answers/answer.ts'
import { seededText } from '../answers/seeded.ts'
import { countTokens, splitIntoChunks } from '../answers/token-count.ts'
import type { AnswerFinish } from '../behaviour.ts'
import type { Piece } from '../reply.ts'
import { dataFrame } from '../reply.ts'
import type { JsonRecord } from '../wire.ts'

/** What differs between the providers that speak this format. */
export interface OpenAiStyle {
  /** Fields around `choices`, in bodies and in chunks. */
  readonly frame: JsonRecord
  readonly usage: JsonRecord
  /** Extra fields of a choice that ends for this reason. */
  readonly choice: (finish: string | null) => JsonRecord
  /** Extra fields of a message that is not streamed, and of the first and the last delta. */
  readonly message: JsonRecord
  readonly firstDelta: JsonRecord
  readonly lastDelta: JsonRecord
  /** Streams the reasoning, in OpenRouter's words. */
  readonly showsReasoning: boolean
  /** What comes of it after the last word: signatures, and what is encrypted. */
  readonly reasoningEnd?: readonly JsonRecord[] | undefined
  /** `usage` at the end of a stream. */
  readonly sendsStreamUsage: boolean
  /** `usage: null` on the chunks before it. */
  readonly sendsNullUsage: boolean
  readonly sendsObfuscation: boolean
  /** Comment lines before the first chunk. */
  readonly opening: string
}

const WORDS_PER_CHUNK = 2
const ARGUMENT_CHARACTERS_PER_CHUNK = 12

const finishReasons: Readonly<Record<AnswerFinish, string | null>> = {
  stop: 'stop',
  length: 'length',
  'tool-calls': 'tool_calls',
  'content-filter': 'content_filter',
  none: null,
}

/** Usage in the words that all of these providers share. */
export function openAiUsage({ usage }: Answer): JsonRecord {
  return {
    prompt_tokens: usage.inputTokens,
    completion_tokens: usage.outputTokens,
    total_tokens: usage.inputTokens + usage.outputTokens,
    prompt_tokens_details: { cached_tokens: usage.cachedInputTokens, audio_tokens: 0 },
    completion_tokens_details: {
      reasoning_tokens: usage.reasoningTokens,
      audio_tokens: 0,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
    },
  }
}

/** The body of an answer that is not streamed. */
export function completionBody(answer: Answer, style: OpenAiStyle): JsonRecord {
  const finish = finishReasons[answer.finish]
  const message = {
    role: 'assistant',
    content: answer.toolCalls.length > 0 && answer.text === '' ? null : answer.text,
    ...style.message,
    ...(answer.toolCalls.length === 0 ? {} : { tool_calls: answer.toolCalls.map(wholeToolCall) }),
  }
  return {
    ...style.frame,
    object: 'chat.completion',
    choices: [
      { index: 0, message, logprobs: null, finish_reason: finish, ...style.choice(finish) },
    ],
    ...(answer.isUsageShown ? { usage: style.usage } : {}),
  }
}

/** The pieces of a streamed answer. Reasoning carries no tokens: it is billed whole. */
export function completionPieces(answer: Answer, style: OpenAiStyle): readonly Piece[] {
  const chunk = chunkMaker(answer, style)
  const isUsageSent = style.sendsStreamUsage && answer.isUsageShown
  return [
    ...opening(style),
    { kind: 'preamble', text: chunk(firstDelta(answer, style), null), tokens: 0 },
    ...(style.showsReasoning ? reasoningPieces(answer, style, chunk) : []),
    ...textPieces(answer, chunk),
    ...answer.toolCalls.flatMap((call, index) => toolCallPieces({ call, index, chunk })),
    { kind: 'tail', text: chunk(style.lastDelta, finishReasons[answer.finish]), tokens: 0 },
    ...(isUsageSent ? [usagePiece(answer, style)] : []),
    { kind: 'tail', text: 'data: [DONE]\n\n', tokens: 0 },
  ]
}

type ChunkMaker = (delta: JsonRecord, finish: string | null) => string

function chunkMaker(answer: Answer, style: OpenAiStyle): ChunkMaker {
  let number = 0
  return (delta, finish) => {
    number += 1
    const length = 1 + (number % 8)
    return dataFrame({
      ...style.frame,
      object: 'chat.completion.chunk',
      choices: [
        { index: 0, delta, logprobs: null, finish_reason: finish, ...style.choice(finish) },
      ],
      ...(style.sendsNullUsage ? { usage: null } : {}),
      ...(style.sendsObfuscation ? { obfuscation: seededText(length, answer.id, number) } : {}),
    })
  }
}

function opening({ opening: comments }: OpenAiStyle): readonly Piece[] {
  return comments === '' ? [] : [{ kind: 'preamble', text: comments, tokens: 0 }]
}

function firstDelta(answer: Answer, style: OpenAiStyle): JsonRecord {
  const content = answer.toolCalls.length > 0 && answer.text === '' ? null : ''
  return { role: 'assistant', content, ...style.firstDelta }
}

function textPieces({ text }: Answer, chunk: ChunkMaker): readonly Piece[] {
  return splitIntoChunks(text, WORDS_PER_CHUNK).map((content) => ({
    kind: 'delta',
    text: chunk({ content }, null),
    tokens: countTokens(content),
  }))
}

function reasoningPieces(
  { reasoning }: Answer,
  { reasoningEnd = [] }: OpenAiStyle,
  chunk: ChunkMaker,
): readonly Piece[] {
  if (reasoning === '') return []
  const start = { role: 'assistant', content: '' }
  const deltas = splitIntoChunks(reasoning, WORDS_PER_CHUNK).map((text): Piece => {
    const details = [{ type: 'reasoning.text', text, format: 'unknown', index: 0 }]
    const delta = { ...start, reasoning: text, reasoning_details: details }
    return { kind: 'delta', text: chunk(delta, null), tokens: 0 }
  })
  if (reasoningEnd.length === 0) return deltas
  // Nothing of it can be seen.
  const text = chunk({ ...start, reasoning: null, reasoning_details: reasoningEnd }, null)
  return [...deltas, { kind: 'preamble', text, tokens: 0 }]
}

interface ToolCallOrder {
  readonly call: AnswerToolCall
  readonly index: number
  readonly chunk: ChunkMaker
}

function toolCallPieces({ call, index, chunk }: ToolCallOrder): readonly Piece[] {
  const start = { index, ...wholeToolCall({ ...call, arguments: '' }) }
  const parts =
    call.arguments.match(new RegExp(`.{1,${ARGUMENT_CHARACTERS_PER_CHUNK}}`, 'gsu')) ?? []
  return [
    { kind: 'delta', text: chunk({ tool_calls: [start] }, null), tokens: countTokens(call.name) },
    ...parts.map((part): Piece => {
      const delta = { tool_calls: [{ index, function: { arguments: part } }] }
      return { kind: 'delta', text: chunk(delta, null), tokens: countTokens(part) }
    }),
  ]
}

function usagePiece({ usage }: Answer, style: OpenAiStyle): Piece {
  const payload = {
    ...style.frame,
    object: 'chat.completion.chunk',
    choices: [],
    usage: style.usage,
    ...(style.sendsObfuscation ? { obfuscation: '' } : {}),
  }
  return { kind: 'tail', text: dataFrame(payload), tokens: 0, usage }
}

function wholeToolCall({ id, name, arguments: text }: AnswerToolCall): JsonRecord {
  return { id, type: 'function', function: { name, arguments: text } }
}
