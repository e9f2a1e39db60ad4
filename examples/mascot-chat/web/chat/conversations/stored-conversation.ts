import type { FeedbackReason, UserContent } from '@imrs/core'
import type { AnswerEntry, ChatEntry } from '@imrs/react'

/** What somebody thought of an answer, as far as this browser knows. */
export interface AnswerNote {
  readonly thumb?: 'up' | 'down' | undefined
  readonly reasons?: readonly FeedbackReason[] | undefined
}

export interface StoredConversation {
  readonly messages: readonly ChatEntry[]
  /** By message id. */
  readonly notes: Readonly<Record<string, AnswerNote>>
}

/** A conversation in the list. */
export interface ConversationMeta {
  readonly id: string
  readonly title: string
  readonly updatedAtMs: number
}

export const LIST_KEY = 'mascot-chat.conversations.v2'
const PREFIX = 'mascot-chat.conversation.'
/** Characters of base64. A browser gives a page about five million for everything. */
const LARGEST_KEPT_FILE = 300_000
const TITLE_LENGTH = 60

export function readList(): readonly ConversationMeta[] {
  const list = read(LIST_KEY)
  return Array.isArray(list) ? list.filter(isMeta) : []
}

export function writeList(list: readonly ConversationMeta[]): void {
  write(LIST_KEY, list)
}

/** An empty one when there is none, or none that can be read. */
export function readConversation(id: string): StoredConversation {
  const stored = read(PREFIX + id) as Partial<StoredConversation> | undefined
  const messages = Array.isArray(stored?.messages) ? stored.messages.filter(isEntry) : []
  return { messages, notes: stored?.notes ?? {} }
}

export function writeConversation(id: string, { messages, notes }: StoredConversation): void {
  write(PREFIX + id, { messages: messages.map(slim), notes })
}

export function forgetConversation(id: string): void {
  try {
    localStorage.removeItem(PREFIX + id)
  } catch {
    // Forbidden: then there was none either.
  }
}

/** What a conversation is called until somebody gives it a name. */
export function titleOf(messages: readonly ChatEntry[]): string {
  const question = messages.find(({ role }) => role === 'user')
  const text = question?.role === 'user' ? textOf(question.content) : ''
  const line = text.split('\n', 1)[0]?.trim() ?? ''
  if (line === '') return 'A file'
  return line.length <= TITLE_LENGTH ? line : `${line.slice(0, TITLE_LENGTH - 1).trimEnd()}…`
}

export function textOf(content: string | readonly UserContent[]): string {
  if (typeof content === 'string') return content
  return content.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n')
}

/** What is stored: no part twice, and no file that would fill the storage. */
function slim(entry: ChatEntry): ChatEntry {
  if (entry.role === 'assistant') return slimAnswer(entry)
  if (typeof entry.content === 'string') return entry
  return { ...entry, content: entry.content.map(slimContent) }
}

function slimAnswer(answer: AnswerEntry): AnswerEntry {
  return { ...answer, parts: [], earlier: answer.earlier.map(slimAnswer) }
}

function slimContent(content: UserContent): UserContent {
  if (content.type === 'text' || content.data.length <= LARGEST_KEPT_FILE) return content
  const name = content.name ?? content.mediaType
  return { type: 'text', text: `(${name} was attached here. It was too big to be kept.)` }
}

function isMeta(value: unknown): value is ConversationMeta {
  const meta = value as Partial<ConversationMeta> | null
  return typeof meta?.id === 'string' && typeof meta.title === 'string'
}

function isEntry(value: unknown): value is ChatEntry {
  const entry = value as Partial<ChatEntry> | null
  return entry?.role === 'user' || entry?.role === 'assistant'
}

function read(key: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null') ?? undefined
  } catch {
    return undefined
  }
}

/** A browser that refuses storage costs the history, nothing else. */
function write(key: string, value: unknown): void {
  try {
    localStorage.setItem(key, JSON.stringify(value))
  } catch {
    // Full or forbidden.
  }
}
