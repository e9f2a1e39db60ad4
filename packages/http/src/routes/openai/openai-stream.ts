import type { AnswerPart, DecisionPart, EndPart, FallbackPart, UsagePart } from '@imrs/core'
import { toErrorAnswer } from '@imrs/core'

import { brokenAnswer } from '../../answers/collect-answer.ts'
import { jsonFrame } from '../../answers/event-stream.ts'
import { toOpenAiError } from '../../answers/openai-error.ts'
import { completionIdOf, toFinishReason, toToolCall, toUsage, toVendor } from './openai-answer.ts'

export interface ChunkOptions {
  readonly createdAtSeconds: number
  readonly includeUsage: boolean
  /** What is said besides the router's own warnings. */
  readonly warnings: readonly string[]
  readonly requestId: string
  /** Of the call: says why an answer was stopped. */
  readonly signal: AbortSignal
}

const DONE = 'data: [DONE]\n\n'

/**
 * An answer as the chunks of OpenAI's API. Begins when it can be seen what it will be: an answer that
 * breaks before anything was shown rejects, so that its status can still say so.
 */
export async function openAiFrames(
  parts: AsyncIterable<AnswerPart>,
  options: ChunkOptions,
): Promise<AsyncIterable<string>> {
  const iterator = parts[Symbol.asyncIterator]()
  const chunks = new Chunks(options)
  let first: AnswerPart | undefined
  while (first === undefined) {
    const { value, done } = await iterator.next()
    if (done === true) break
    if (value.type === 'error') {
      await iterator.return?.()
      throw brokenAnswer(value, options.signal)
    }
    if (!chunks.note(value)) first = value
  }
  return framesFrom(first, { iterator, chunks, options })
}

interface Running {
  readonly iterator: AsyncIterator<AnswerPart>
  readonly chunks: Chunks
  readonly options: ChunkOptions
}

async function* framesFrom(
  first: AnswerPart | undefined,
  { iterator, chunks, options }: Running,
): AsyncGenerator<string> {
  try {
    yield jsonFrame(chunks.opening())
    for (let part = first; part !== undefined; part = await nextOf(iterator)) {
      if (part.type === 'error') {
        // Nobody who reads on to the end takes half an answer for a whole one: there is no [DONE].
        const answer = toErrorAnswer(brokenAnswer(part, options.signal), options.requestId)
        yield jsonFrame(toOpenAiError(answer))
        return
      }
      for (const chunk of chunks.of(part)) yield jsonFrame(chunk)
    }
    yield DONE
  } finally {
    await iterator.return?.()
  }
}

async function nextOf(iterator: AsyncIterator<AnswerPart>): Promise<AnswerPart | undefined> {
  const { value, done } = await iterator.next()
  return done === true ? undefined : (value as AnswerPart)
}

/** Makes chunks of parts, and keeps what later ones must say of earlier ones. */
class Chunks {
  readonly #options: ChunkOptions
  readonly #fallbacks: FallbackPart[] = []
  readonly #warnings: string[]
  #decision: DecisionPart | undefined
  #usage: UsagePart | undefined
  #model = ''
  #toolCalls = 0

  constructor(options: ChunkOptions) {
    this.#options = options
    this.#warnings = [...options.warnings]
  }

  /** Takes what comes before anything is shown. `false` for what is to be shown. */
  note(part: AnswerPart): boolean {
    switch (part.type) {
      case 'decision':
        this.#decision = part
        this.#model = part.model
        return true
      case 'fallback':
        this.#fallbacks.push(part)
        this.#model = part.to
        return true
      case 'warning':
        this.#warnings.push(part.message)
        return true
      default:
        return false
    }
  }

  opening(): object {
    return this.#chunk({ role: 'assistant', content: '' }, { vendor: true })
  }

  of(part: AnswerPart): readonly object[] {
    switch (part.type) {
      case 'text-delta':
        return [this.#chunk({ content: part.text })]
      case 'reasoning-delta':
        return [this.#chunk({ reasoning_content: part.text })]
      case 'tool-call':
        return [this.#chunk({ tool_calls: [{ index: this.#toolCalls++, ...toToolCall(part) }] })]
      case 'usage':
        this.#usage = part
        return []
      case 'end':
        return this.#ending(part)
      default:
        this.note(part)
        return []
    }
  }

  #ending({ finishReason, model }: EndPart): readonly object[] {
    this.#model = model
    const last = this.#chunk({}, { finishReason: toFinishReason(finishReason), vendor: true })
    if (!this.#options.includeUsage || this.#usage === undefined) return [last]
    return [last, { ...this.#chunk({}), choices: [], usage: toUsage(this.#usage) }]
  }

  #chunk(
    delta: object,
    {
      finishReason = null,
      vendor = false,
    }: { finishReason?: string | null; vendor?: boolean } = {},
  ): object {
    const decision = this.#decision
    return {
      id: completionIdOf(decision?.messageId ?? ''),
      object: 'chat.completion.chunk',
      created: this.#options.createdAtSeconds,
      model: this.#model,
      choices: [{ index: 0, delta, logprobs: null, finish_reason: finishReason }],
      ...(vendor && decision !== undefined
        ? {
            imrs: toVendor({
              decision,
              fallbacks: this.#fallbacks,
              warnings: this.#warnings,
              usage: this.#usage,
            }),
          }
        : {}),
    }
  }
}
