import type {
  AnswerPart,
  ChatMessage,
  DecisionPart,
  EndPart,
  FallbackPart,
  ToolCallPart,
  UserContent,
  WarningPart,
} from '@imrs/core'

import type { ChatFailure } from './chat-failure.ts'

/** What was asked. */
export interface QuestionEntry {
  readonly role: 'user'
  readonly id: string
  readonly content: string | readonly UserContent[]
}

/** An answer, as far as it has come. JSON all through: it may be stored and opened again. */
export interface AnswerEntry {
  readonly role: 'assistant'
  readonly id: string
  /** `waiting`: no word yet, though perhaps the decision. */
  readonly status: 'waiting' | 'streaming' | 'done' | 'stopped' | 'failed'
  /** As they came; text that came together is one part. */
  readonly parts: readonly AnswerPart[]
  readonly text: string
  readonly reasoning: string
  readonly toolCalls: readonly ToolCallPart[]
  /** Which model was chosen and why; before any text. */
  readonly decision?: DecisionPart | undefined
  readonly fallbacks: readonly FallbackPart[]
  readonly warnings: readonly WarningPart[]
  /** What was asked for: a model id, `auto`, `preset:<id>`; absent when nothing was chosen. */
  readonly asked?: string | undefined
  /** The model that answers: the one decided on, or the one that took over. */
  readonly model?: string | undefined
  readonly modelName?: string | undefined
  /** The server's id, to rate it by. */
  readonly messageId?: string | undefined
  readonly inputTokens: number
  readonly outputTokens: number
  /** US dollars; `undefined` is unknown, never free. */
  readonly costUsd?: number | undefined
  readonly end?: EndPart | undefined
  readonly failure?: ChatFailure | undefined
  /** Answers to the same question that this one took the place of, the oldest first. */
  readonly earlier: readonly AnswerEntry[]
}

export type ChatEntry = QuestionEntry | AnswerEntry

export function emptyAnswer(fields: Pick<AnswerEntry, 'id' | 'asked' | 'earlier'>): AnswerEntry {
  return {
    ...fields,
    role: 'assistant',
    status: 'waiting',
    parts: [],
    text: '',
    reasoning: '',
    toolCalls: [],
    fallbacks: [],
    warnings: [],
    inputTokens: 0,
    outputTokens: 0,
  }
}

/** The conversation as it is sent. Answers without a word are left out, with what they answered. */
export function toMessages(entries: readonly ChatEntry[]): readonly ChatMessage[] {
  return entries.flatMap((entry, index): readonly ChatMessage[] => {
    if (entry.role === 'assistant') {
      return entry.text === '' ? [] : [{ role: 'assistant', content: entry.text }]
    }
    const answer = entries[index + 1]
    const isUnanswered = answer?.role === 'assistant' && answer.text === ''
    return isUnanswered ? [] : [{ role: 'user', content: entry.content }]
  })
}
