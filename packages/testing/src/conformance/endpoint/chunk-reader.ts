import { isRecord, listAt, numberAt, recordAt, textAt } from '../../simulator/wire.ts'
import type { ConformanceEnd, ConformancePart } from '../subject.ts'

interface PendingCall {
  readonly index: number
  id: string
  name: string
  input: string
}

const FINISH_REASONS: Readonly<Record<string, string>> = {
  tool_calls: 'tool-calls',
  content_filter: 'content-filter',
}

/** An answer that cannot be one. */
export class UnreadableAnswer extends Error {}

/** Puts the chunks of one answer together. An answer in one piece is one chunk. */
export class ChunkReader {
  readonly #calls: PendingCall[] = []
  #finishReason: string | undefined

  get hasFinished(): boolean {
    return this.#finishReason !== undefined
  }

  /** @throws UnreadableAnswer when the chunk is none, or reports an error. */
  read(chunk: unknown): readonly ConformancePart[] {
    if (!isRecord(chunk)) throw new UnreadableAnswer('an event is no JSON object')
    const [choice] = listAt(chunk, 'choices')
    const error = chunk['error'] ?? (isRecord(choice) ? choice['error'] : undefined) ?? undefined
    if (error !== undefined) throw new UnreadableAnswer(messageOf(error))
    return [...this.#readChoice(choice), ...usageIn(recordAt(chunk, 'usage'))]
  }

  /**
   * What comes at the finish: whole tool calls and the end.
   *
   * @throws UnreadableAnswer without a finish reason, and when a tool call is broken.
   */
  end(): readonly ConformancePart[] {
    if (this.#finishReason === undefined) {
      throw new UnreadableAnswer('the stream ended without a finish reason')
    }
    const calls = this.#calls.map(({ id, name, input }, position): ConformancePart => ({
      type: 'tool-call',
      id: id === '' ? `call-${position}` : id,
      name,
      input: parseInput(input),
    }))
    const finishReason = FINISH_REASONS[this.#finishReason] ?? this.#finishReason
    return [...calls, { type: 'end', finishReason } satisfies ConformanceEnd]
  }

  #readChoice(choice: unknown): readonly ConformancePart[] {
    const delta = { ...recordAt(choice, 'message'), ...recordAt(choice, 'delta') }
    const reason = textAt(choice, 'finish_reason') ?? ''
    if (reason === 'error') throw new UnreadableAnswer('the model failed')
    if (reason !== '') this.#finishReason ??= reason
    for (const call of listAt(delta, 'tool_calls')) this.#readCall(call)
    const reasoning = textAt(delta, 'reasoning') ?? textAt(delta, 'reasoning_content') ?? ''
    const text = textAt(delta, 'content') ?? ''
    return [
      ...(reasoning === '' ? [] : [{ type: 'reasoning', text: reasoning } as const]),
      ...(text === '' ? [] : [{ type: 'text', text } as const]),
    ]
  }

  #readCall(delta: unknown): void {
    const index = numberAt(delta, 'index') ?? this.#calls.length
    let call = this.#calls.find((known) => known.index === index)
    if (call === undefined) {
      call = { index, id: '', name: '', input: '' }
      this.#calls.push(call)
    }
    const given = recordAt(delta, 'function')
    call.id = textAt(delta, 'id') ?? call.id
    call.name = textAt(given, 'name') ?? call.name
    call.input += textAt(given, 'arguments') ?? ''
  }
}

/** The `message` of an error in any of the forms that there are, else the error as JSON. */
export function messageOf(error: unknown): string {
  const message = textAt(error, 'message') ?? textAt(recordAt(error, 'error'), 'message')
  if (typeof error === 'string') return error
  return message ?? textAt(error, 'error') ?? JSON.stringify(error)
}

function usageIn(usage: unknown): readonly ConformancePart[] {
  const inputTokens = numberAt(usage, 'prompt_tokens')
  const outputTokens = numberAt(usage, 'completion_tokens')
  if (inputTokens === undefined || outputTokens === undefined) return []
  return [{ type: 'usage', inputTokens, outputTokens }]
}

function parseInput(text: string): unknown {
  try {
    return text.trim() === '' ? {} : JSON.parse(text)
  } catch {
    throw new UnreadableAnswer('the input of a tool call is no JSON')
  }
}
