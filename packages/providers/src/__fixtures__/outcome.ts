import type { FailureKind, FinishReason, ModelPart, TokenUsage } from '@imrs/core'
import { ProviderError } from '@imrs/core'

/** What an answer came to: with a finish reason or with a failure, never with both. */
export interface AnswerOutcome {
  readonly text: string
  readonly reasoning: string
  readonly toolCalls: readonly string[]
  readonly usages: readonly TokenUsage[]
  readonly end: FinishReason | FailureKind
}

/** Reads an answer to its end, whatever that is. */
export async function outcomeOf(parts: AsyncIterable<ModelPart>): Promise<AnswerOutcome> {
  const read: ModelPart[] = []
  const ended = (end: AnswerOutcome['end']): AnswerOutcome => ({
    text: read.map((part) => (part.type === 'text-delta' ? part.text : '')).join(''),
    reasoning: read.map((part) => (part.type === 'reasoning-delta' ? part.text : '')).join(''),
    toolCalls: read.flatMap((part) => (part.type === 'tool-call' ? [part.toolName] : [])),
    usages: read.flatMap((part) => (part.type === 'usage' ? [part.usage] : [])),
    end,
  })
  try {
    for await (const part of parts) read.push(part)
  } catch (error) {
    if (!ProviderError.is(error)) throw error
    if (read.some(({ type }) => type === 'finish')) throw new Error('It had finished', { cause: error })
    return ended(error.failure.kind)
  }
  const [finish, ...more] = read.flatMap((part) => (part.type === 'finish' ? [part] : []))
  if (finish === undefined || more.length > 0 || read.at(-1) !== finish) {
    throw new Error('A good answer ends with one `finish`')
  }
  return ended(finish.finishReason)
}
