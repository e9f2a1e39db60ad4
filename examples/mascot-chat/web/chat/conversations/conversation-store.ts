import { createChat } from '@imrs/react'
import type { Chat, ImrsClient, Store } from '@imrs/react'

import { createStore } from '../ui/store.ts'
import type { OwnStore } from '../ui/store.ts'
import { takeOldHistory } from './old-history.ts'
import {
  LIST_KEY,
  forgetConversation,
  readConversation,
  readList,
  titleOf,
  writeConversation,
  writeList,
} from './stored-conversation.ts'
import type { AnswerNote, ConversationMeta, StoredConversation } from './stored-conversation.ts'

export interface ConversationsState {
  /** The newest first. The open one is not among them until something was asked. */
  readonly list: readonly ConversationMeta[]
  readonly activeId: string
  /** What was deleted last, and can be brought back. */
  readonly deleted: ConversationMeta | undefined
}

/** A conversation that is open, or was. Its answer goes on while another one is shown. */
export interface OpenConversation {
  readonly chat: Chat
  readonly notes: OwnStore<{ readonly byMessage: StoredConversation['notes'] }>
}

/** All conversations of this browser. They are kept in its storage; the server has none of them. */
export class Conversations {
  readonly store: Store<ConversationsState>
  readonly #own: OwnStore<ConversationsState>
  readonly #client: ImrsClient
  readonly #open = new Map<string, OpenConversation>()
  #bin: StoredConversation | undefined

  constructor(client: ImrsClient) {
    this.#client = client
    const old = takeOldHistory()
    let list = readList()
    if (old !== undefined) {
      const id = newId()
      writeConversation(id, old)
      list = [{ id, title: titleOf(old.messages), updatedAtMs: Date.now() }, ...list]
      writeList(list)
    }
    const activeId = list[0]?.id ?? newId()
    this.#own = createStore<ConversationsState>({ list, activeId, deleted: undefined })
    this.store = this.#own
  }

  /** Keeps what is open when the page ends, and follows other tabs. Returns what ends that. */
  readonly watchPage = (): (() => void) => {
    const save = (): void => this.#open.forEach((_, id) => this.#save(id))
    const follow = ({ key }: StorageEvent): void => {
      if (key === LIST_KEY) this.#own.update({ list: readList() })
    }
    addEventListener('pagehide', save)
    addEventListener('storage', follow)
    return () => {
      removeEventListener('pagehide', save)
      removeEventListener('storage', follow)
    }
  }

  /** The same object for the same conversation. */
  readonly of = (id: string): OpenConversation => {
    const known = this.#open.get(id)
    if (known !== undefined) return known
    const { messages, notes } = readConversation(id)
    const chat = createChat(this.#client, { initialMessages: messages })
    const open = { chat, notes: createStore({ byMessage: notes }) }
    this.#open.set(id, open)
    let shown = chat.getSnapshot()
    chat.subscribe(() => {
      const before = shown
      shown = chat.getSnapshot()
      const isNew = before.messages.length !== shown.messages.length
      if (isNew || before.status !== shown.status) this.#save(id, { isTouched: true })
    })
    return open
  }

  readonly open = (id: string): void => this.#own.update({ activeId: id })

  /** Begins an empty one; goes to the open one when that is empty still. */
  readonly begin = (): void => {
    const { activeId } = this.#own.getSnapshot()
    if (this.of(activeId).chat.getSnapshot().messages.length > 0) this.open(newId())
  }

  readonly rename = (id: string, title: string): void =>
    this.#setList((list) => list.map((meta) => (meta.id === id ? { ...meta, title } : meta)))

  readonly remove = (id: string): void => {
    const { list, activeId } = this.#own.getSnapshot()
    const deleted = list.find((meta) => meta.id === id)
    const { chat, notes } = this.of(id)
    chat.stop()
    this.#bin = { messages: chat.getSnapshot().messages, notes: notes.getSnapshot().byMessage }
    this.#open.delete(id)
    forgetConversation(id)
    this.#setList((all) => all.filter((meta) => meta.id !== id))
    const next = list.find((meta) => meta.id !== id)?.id ?? newId()
    this.#own.update({ deleted, activeId: activeId === id ? next : activeId })
  }

  /** Brings back what was deleted last. */
  readonly undoRemove = (): void => {
    const { deleted } = this.#own.getSnapshot()
    if (deleted === undefined || this.#bin === undefined) return
    writeConversation(deleted.id, this.#bin)
    this.#setList((list) =>
      [...list, deleted].toSorted((left, right) => right.updatedAtMs - left.updatedAtMs),
    )
    this.#own.update({ deleted: undefined, activeId: deleted.id })
  }

  /** Remembers what somebody thought of an answer. */
  readonly note = (id: string, messageId: string, note: AnswerNote): void => {
    const { notes } = this.of(id)
    notes.update({ byMessage: { ...notes.getSnapshot().byMessage, [messageId]: note } })
    this.#save(id)
  }

  #save(id: string, { isTouched = false } = {}): void {
    const open = this.#open.get(id)
    const messages = open?.chat.getSnapshot().messages ?? []
    if (open === undefined || messages.length === 0) return
    writeConversation(id, { messages, notes: open.notes.getSnapshot().byMessage })
    if (isTouched) this.#touch(id, titleOf(messages))
  }

  #touch(id: string, title: string): void {
    this.#setList((list) => {
      const known = list.find((meta) => meta.id === id) ?? { id, title }
      return [{ ...known, updatedAtMs: Date.now() }, ...list.filter((meta) => meta.id !== id)]
    })
  }

  #setList(change: (list: readonly ConversationMeta[]) => readonly ConversationMeta[]): void {
    // Another tab may have written since.
    const list = change(readList())
    writeList(list)
    this.#own.update({ list })
  }
}

/** `randomUUID` is missing on pages that came over plain HTTP. */
function newId(): string {
  return crypto.randomUUID?.() ?? Array.from(crypto.getRandomValues(new Uint32Array(4))).join('-')
}
