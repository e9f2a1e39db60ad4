import type { Answer } from '../answers/answer.ts'
import { seededText } from '../answers/seeded.ts'
import { countTokens, splitIntoChunks } from '../answers/token-count.ts'
import type { AnswerFinish } from '../behaviour.ts'
import type { Piece } from '../reply.ts'
import { dataFrame } from '../reply.ts'
import type { JsonRecord } from '../wire.ts'

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
  /** Gemini 3 signs its function calls. */
  readonly signsCalls: boolean
}

interface Part {
  readonly part: JsonRecord
  readonly tokens: number
}

/** The body of `generateContent`. */
export function contentBody(answer: Answer, style: GoogleStyle): JsonRecord {
  const parts = [
    ...(style.showsThoughts && answer.reasoning !== '' ? [thoughtPart(answer.reasoning)] : []),
    ...(answer.text === '' ? [] : [textPart(answer.text)]),
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
  const end = frame(answer, { parts: [], isLast: true, outputTokens: visibleTokens(answer) })
  const usage = usageSoFar(answer, visibleTokens(answer))
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

function callParts(answer: Answer, { signsCalls }: GoogleStyle): readonly Part[] {
  return answer.toolCalls.map(({ id, name, arguments: text }) => {
    const functionCall = { id, name, args: parseArguments(text) }
    const signature = signsCalls ? { thoughtSignature: seededText(32, answer.id, id) } : {}
    return { part: { functionCall, ...signature }, tokens: countTokens(name + text) }
  })
}

function parseArguments(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Gemini sends arguments as an object, so broken text can only arrive as text.
    return { text }
  }
}
