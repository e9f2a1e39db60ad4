import type { Answer } from '../answers/answer.ts'
import { countTokens, splitIntoChunks } from '../answers/token-count.ts'
import type { AnswerFinish, SimulatedUsage } from '../behaviour.ts'
import type { Piece } from '../reply.ts'
import type { JsonRecord } from '../wire.ts'
import { signatureOf } from './signatures.ts'

const stopReasons: Readonly<Record<AnswerFinish, string | null>> = {
  stop: 'end_turn',
  length: 'max_tokens',
  'tool-calls': 'tool_use',
  'content-filter': 'refusal',
  none: null,
}

/** The body of an answer in one piece. */
export function messageBody(answer: Answer): JsonRecord {
  return {
    ...messageHead(answer),
    content: blocksOf(answer).map(({ whole }) => whole),
    stop_reason: stopReasons[answer.finish],
    ...(answer.isUsageShown ? { usage: usageOf(answer, answer.usage.outputTokens) } : {}),
  }
}

/** The pieces of a stream: a message's start, its blocks one after the other, its end. */
export function messagePieces(answer: Answer): readonly Piece[] {
  const usage = answer.isUsageShown ? { usage: usageOf(answer, 1) } : {}
  const message = { ...messageHead(answer), content: [], stop_reason: null, ...usage }
  return [
    { ...preamble({ type: 'message_start', message }), usage: usageSoFar(answer, 1) },
    preamble({ type: 'ping' }),
    ...blocksOf(answer).flatMap(blockPieces),
    {
      ...tail({
        type: 'message_delta',
        delta: { stop_reason: stopReasons[answer.finish], stop_sequence: null },
        ...(answer.isUsageShown ? { usage: { output_tokens: answer.usage.outputTokens } } : {}),
      }),
      usage: usageSoFar(answer, answer.usage.outputTokens),
    },
    // An answer that never finishes lacks the end as well.
    ...(answer.finish === 'none' ? [] : [tail({ type: 'message_stop' })]),
  ]
}

interface Block {
  /** As it stands in an answer in one piece. */
  readonly whole: JsonRecord
  /** As it begins in a stream. */
  readonly start: JsonRecord
  readonly deltas: readonly { readonly delta: JsonRecord; readonly tokens: number }[]
}

function blocksOf(answer: Answer): readonly Block[] {
  return [
    ...(answer.reasoning === '' ? [] : [thinkingBlock(answer)]),
    ...(answer.text === '' ? [] : [textBlock(answer.text)]),
    ...answer.toolCalls.map(({ id, name, arguments: input }) => toolBlock({ id, name, input })),
  ]
}

function textBlock(text: string): Block {
  return {
    whole: { type: 'text', text, citations: null },
    start: { type: 'text', text: '' },
    deltas: splitIntoChunks(text, 4).map((part) => ({
      delta: { type: 'text_delta', text: part },
      tokens: countTokens(part),
    })),
  }
}

function thinkingBlock({ model, reasoning }: Answer): Block {
  const signature = signatureOf({
    dialect: 'anthropic',
    model,
    kind: 'thought',
    content: reasoning,
  })
  return {
    whole: { type: 'thinking', thinking: reasoning, signature },
    start: { type: 'thinking', thinking: '', signature: '' },
    deltas: [
      ...splitIntoChunks(reasoning, 6).map((part) => ({
        delta: { type: 'thinking_delta', thinking: part },
        tokens: countTokens(part),
      })),
      { delta: { type: 'signature_delta', signature }, tokens: 0 },
    ],
  }
}

function toolBlock(call: {
  readonly id: string
  readonly name: string
  readonly input: string
}): Block {
  const id = call.id.startsWith('toolu_') ? call.id : `toolu_${call.id}`
  const { name, input } = call
  const half = Math.ceil(input.length / 2)
  return {
    whole: { type: 'tool_use', id, name, input: parseInput(input) },
    start: { type: 'tool_use', id, name, input: {} },
    // The first part of the input is always empty.
    deltas: ['', input.slice(0, half), input.slice(half)].map((part) => ({
      delta: { type: 'input_json_delta', partial_json: part },
      tokens: countTokens(part === '' ? name : part),
    })),
  }
}

function blockPieces({ start, deltas }: Block, index: number): readonly Piece[] {
  return [
    preamble({ type: 'content_block_start', index, content_block: start }),
    ...deltas.map(({ delta, tokens }): Piece => ({
      kind: 'delta',
      text: eventFrame({ type: 'content_block_delta', index, delta }),
      tokens,
    })),
    preamble({ type: 'content_block_stop', index }),
  ]
}

function messageHead({ id, model }: Answer): JsonRecord {
  return { id: `msg_${id}`, type: 'message', role: 'assistant', model, stop_sequence: null }
}

/** Anthropic counts what was cached apart from the input. */
function usageOf({ usage }: Answer, outputTokens: number): JsonRecord {
  return {
    input_tokens: usage.inputTokens - usage.cachedInputTokens,
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: usage.cachedInputTokens,
    output_tokens: outputTokens,
    service_tier: 'standard',
  }
}

function usageSoFar(
  { usage, isUsageShown }: Answer,
  outputTokens: number,
): SimulatedUsage | undefined {
  return isUsageShown ? { ...usage, outputTokens } : undefined
}

function preamble(payload: JsonRecord): Piece {
  return { kind: 'preamble', text: eventFrame(payload), tokens: 0 }
}

function tail(payload: JsonRecord): Piece {
  return { kind: 'tail', text: eventFrame(payload), tokens: 0 }
}

/** Every event has its type for a name. */
function eventFrame(payload: JsonRecord): string {
  return `event: ${String(payload['type'])}\ndata: ${JSON.stringify(payload)}\n\n`
}

function parseInput(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Anthropic sends an object, so broken text can only arrive inside one.
    return { text }
  }
}
