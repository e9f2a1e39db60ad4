import type { Answer } from '../answers/answer.ts'
import { countTokens, splitIntoChunks } from '../answers/token-count.ts'
import type { AnswerFinish } from '../behaviour.ts'
import type { Piece } from '../reply.ts'
import { dataFrame } from '../reply.ts'
import type { JsonRecord } from '../wire.ts'
import { contentOfCall } from './google-conversation.ts'
import { signatureOf } from './signatures.ts'

const WORDS_PER_CHUNK = 6

const finishReasons: Readonly<Record<AnswerFinish, string | undefined>> = {
  stop: 'STOP',
  length: 'MAX_TOKENS',
  'tool-calls': 'STOP',
  'content-filter': 'SAFETY',
  none: undefined,
}

/** How an answer is shown. */
export interface GoogleStyle {
  /** Sends the thoughts as parts marked `thought`. */
  readonly showsThoughts: boolean
  /** Gemini 3 signs the first of its function calls, or else the last part of its text. */
  readonly signs: boolean
}

interface Part {
  readonly part: JsonRecord
  readonly tokens: number
}

/** The body of `generateContent`. */
export function contentBody(answer: Answer, style: GoogleStyle): JsonRecord {
  const parts = [
    ...(style.showsThoughts && answer.reasoning !== '' ? [thoughtPart(answer.reasoning)] : []),
    ...(answer.text === '' ? [] : [signedTextPart(answer, style, answer.text)]),
    ...callParts(answer, style),
  ]
  return frame(answer, { parts, isLast: true, outputTokens: visibleTokens(answer) })
}

/** The pieces of `streamGenerateContent?alt=sse`. There is no end marker but the finish reason. */
export function contentPieces(answer: Answer, style: GoogleStyle): readonly Piece[] {
  return contentChunks(answer, style).map((chunk) => ({ ...chunk, text: dataFrame(chunk.payload) }))
}

/** `streamGenerateContent` without `alt=sse`: one JSON list that grows. */
export function contentListPieces(answer: Answer, style: GoogleStyle): readonly Piece[] {
  const chunks = contentChunks(answer, style)
  return chunks.map((chunk, index) => ({
    ...chunk,
    text: `${index === 0 ? '[' : ',\n'}${JSON.stringify(chunk.payload)}${index === chunks.length - 1 ? ']' : ''}`,
  }))
}

interface ContentChunk extends Pick<Piece, 'kind' | 'tokens' | 'usage'> {
  readonly payload: JsonRecord
}

function contentChunks(answer: Answer, style: GoogleStyle): readonly ContentChunk[] {
  const thoughts = style.showsThoughts ? splitIntoChunks(answer.reasoning, WORDS_PER_CHUNK) : []
  const parts = [
    ...thoughts.map(thoughtPart),
    ...splitIntoChunks(answer.text, WORDS_PER_CHUNK).map(textPart),
    ...callParts(answer, style),
  ]
  let outputTokens = 0
  const deltas = parts.map((part): ContentChunk => {
    outputTokens = Math.min(visibleTokens(answer), outputTokens + part.tokens)
    const payload = frame(answer, { parts: [part], isLast: false, outputTokens })
    const usage = usageSoFar(answer, outputTokens)
    return { kind: 'delta', payload, tokens: part.tokens, usage }
  })
  const isSignedText = style.signs && answer.text !== '' && answer.toolCalls.length === 0
  const last = isSignedText ? [signedTextPart(answer, style, '')] : []
  const outputTokensInAll = visibleTokens(answer)
  const end = frame(answer, { parts: last, isLast: true, outputTokens: outputTokensInAll })
  const usage = usageSoFar(answer, outputTokensInAll)
  return [...deltas, { kind: 'tail', payload: end, tokens: 0, usage }]
}

function frame(
  answer: Answer,
  shown: { parts: readonly Part[]; isLast: boolean; outputTokens: number },
): JsonRecord {
  const finishReason = shown.isLast ? finishReasons[answer.finish] : undefined
  const parts = shown.parts.map(({ part }) => part)
  const content = parts.length === 0 ? { role: 'model' } : { parts, role: 'model' }
  const candidate = { content, ...(finishReason === undefined ? {} : { finishReason }), index: 0 }
  return {
    candidates: [candidate],
    ...(answer.isUsageShown ? { usageMetadata: usageMetadata(answer, shown.outputTokens) } : {}),
    modelVersion: answer.model,
    responseId: answer.id,
  }
}

function usageMetadata({ usage }: Answer, candidatesTokenCount: number): JsonRecord {
  return {
    promptTokenCount: usage.inputTokens,
    ...(usage.cachedInputTokens === 0 ? {} : { cachedContentTokenCount: usage.cachedInputTokens }),
    candidatesTokenCount,
    totalTokenCount: usage.inputTokens + candidatesTokenCount + usage.reasoningTokens,
    promptTokensDetails: [{ modality: 'TEXT', tokenCount: usage.inputTokens }],
    ...(usage.reasoningTokens === 0 ? {} : { thoughtsTokenCount: usage.reasoningTokens }),
  }
}

function usageSoFar({ usage, isUsageShown }: Answer, visible: number): Piece['usage'] {
  return isUsageShown ? { ...usage, outputTokens: visible + usage.reasoningTokens } : undefined
}

/** Thoughts are counted apart from the candidates. */
function visibleTokens({ usage }: Answer): number {
  return Math.max(0, usage.outputTokens - usage.reasoningTokens)
}

function textPart(text: string): Part {
  return { part: { text }, tokens: countTokens(text) }
}

function thoughtPart(text: string): Part {
  return { part: { text, thought: true }, tokens: 0 }
}

function callParts({ model, toolCalls }: Answer, { signs }: GoogleStyle): readonly Part[] {
  return toolCalls.map(({ id, name, arguments: text }, index) => {
    const functionCall = { id, name, args: parseArguments(text) }
    const signed = { dialect: 'google', model, kind: 'call' } as const
    const thoughtSignature = signatureOf({ ...signed, content: contentOfCall(functionCall) })
    const part = { functionCall, ...(signs && index === 0 ? { thoughtSignature } : {}) }
    return { part, tokens: countTokens(name + text) }
  })
}

/** An answer without calls is signed on its last text, which a stream sends empty. */
function signedTextPart(answer: Answer, { signs }: GoogleStyle, text: string): Part {
  const { part, tokens } = textPart(text)
  if (!signs || answer.toolCalls.length > 0) return { part, tokens }
  const { model, text: content } = answer
  const thoughtSignature = signatureOf({ dialect: 'google', model, kind: 'text', content })
  return { part: { ...part, thoughtSignature }, tokens }
}

function parseArguments(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Gemini sends arguments as an object, so broken text can only arrive as text.
    return { text }
  }
}
