import type { DecisionPart, EndPart, FallbackPart, WarningPart } from '@imrs/core'
import type { AnswerEntry, ChatEntry } from '@imrs/react'

import type { AnswerNote, StoredConversation } from './stored-conversation.ts'

const KEY = 'mascot-chat.history.v1'

/** A question or an answer as the page kept it when it had one conversation. */
interface OldRecord {
  readonly role?: unknown
  readonly text?: string | undefined
  readonly asked?: string | undefined
  readonly state?: string | undefined
  readonly reasoning?: string | undefined
  readonly decision?: DecisionPart | undefined
  readonly messageId?: string | undefined
  readonly fallbacks?: readonly FallbackPart[] | undefined
  readonly warnings?: readonly WarningPart[] | undefined
  readonly isReplaced?: boolean | undefined
  readonly usage?:
    | {
        readonly usage?: { readonly inputTokens?: number; readonly outputTokens?: number }
        readonly costUsd?: number | undefined
      }
    | undefined
  readonly end?: EndPart | undefined
  readonly rating?: number | undefined
}

/** Takes over the one conversation an earlier page kept, and removes it there. */
export function takeOldHistory(): StoredConversation | undefined {
  try {
    const records: unknown = JSON.parse(localStorage.getItem(KEY) ?? 'null')
    if (!Array.isArray(records) || records.length === 0) return undefined
    const conversation = fromRecords(records as readonly OldRecord[])
    localStorage.removeItem(KEY)
    return conversation
  } catch {
    return undefined
  }
}

function fromRecords(records: readonly OldRecord[]): StoredConversation {
  const messages: ChatEntry[] = []
  const notes: Record<string, AnswerNote> = {}
  let earlier: readonly AnswerEntry[] = []
  for (const [index, record] of records.entries()) {
    const id = record.messageId ?? `old-${index}`
    if (record.role === 'user') {
      messages.push({ role: 'user', id, content: record.text ?? '' })
      earlier = []
    } else if (record.role === 'assistant') {
      const answer = toAnswer(record, id)
      if (record.isReplaced === true) {
        earlier = [...earlier, answer]
        continue
      }
      messages.push({ ...answer, earlier })
      if (record.rating !== undefined) notes[id] = { thumb: record.rating === 1 ? 'up' : 'down' }
    }
  }
  return { messages, notes }
}

function toAnswer(record: OldRecord, id: string): AnswerEntry {
  const { text = '', reasoning = '', fallbacks = [], warnings = [] } = record
  const { state, decision, asked, messageId, end, usage } = record
  return {
    role: 'assistant',
    id,
    status: state === 'done' ? 'done' : 'stopped',
    parts: [],
    text,
    reasoning,
    toolCalls: [],
    fallbacks,
    warnings,
    decision,
    asked,
    messageId,
    end,
    earlier: [],
    costUsd: usage?.costUsd,
    ...modelOf(record),
    ...tokensOf(usage?.usage),
  }
}

function modelOf(record: OldRecord): Pick<AnswerEntry, 'model' | 'modelName'> {
  const { decision, fallbacks = [] } = record
  const last = fallbacks.at(-1)
  return last === undefined
    ? { model: decision?.model, modelName: decision?.modelName }
    : { model: last.to, modelName: last.toName }
}

function tokensOf({
  inputTokens = 0,
  outputTokens = 0,
}: NonNullable<OldRecord['usage']>['usage'] = {}): Pick<
  AnswerEntry,
  'inputTokens' | 'outputTokens'
> {
  return { inputTokens, outputTokens }
}
