import type {
  AnswerPart,
  ChatMessage,
  DecisionPart,
  EndPart,
  FallbackPart,
  ReasoningContent,
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

/** What tools answered to calls of an answer, by the id of the call. */
export type ToolResults = Readonly<Record<string, string>>

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
  /** What was answered to them, as far as it has come. */
  readonly toolResults?: ToolResults | undefined
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

/**
 * The conversation as it is sent. Calls of tools go with what was answered to them; those that nobody
 * answered, and answers of which then nothing is left, are left out, with what they answered.
 */
export function toMessages(entries: readonly ChatEntry[]): readonly ChatMessage[] {
  return entries.flatMap((entry, index): readonly ChatMessage[] => {
    if (entry.role === 'assistant') return messagesOf(entry)
    const answer = entries[index + 1]
    const isUnanswered = answer?.role === 'assistant' && messagesOf(answer).length === 0
    return isUnanswered ? [] : [{ role: 'user', content: entry.content }]
  })
}

function messagesOf(answer: AnswerEntry): readonly ChatMessage[] {
  const { text: content, toolCalls, toolResults = {}, parts } = answer
  const answered = toolCalls.filter(({ toolCallId }) => toolResults[toolCallId] !== undefined)
  if (answered.length === 0) return content === '' ? [] : [{ role: 'assistant', content }]
  return [
    {
      role: 'assistant',
      content,
      toolCalls: answered.map(({ toolCallId: id, toolName: name, input, providerData }) => ({
        id,
        name,
        input,
        providerData,
      })),
      reasoning: reasoningOf(parts),
    },
    ...answered.map(
      ({ toolCallId }) =>
        ({ role: 'tool', toolCallId, content: toolResults[toolCallId] ?? '' }) as const,
    ),
  ]
}

/** The thoughts before calls of tools, which some models want back. */
function reasoningOf(parts: readonly AnswerPart[]): readonly ReasoningContent[] {
  let text = ''
  return parts.flatMap((part): readonly ReasoningContent[] => {
    if (part.type === 'reasoning-delta') text += part.text
    if (part.type !== 'reasoning-end') return []
    const block = { text, providerData: part.providerData }
    text = ''
    return [block]
  })
}
