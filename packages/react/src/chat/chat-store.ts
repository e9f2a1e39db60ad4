import type { AnswerPart, ChatBody, UserContent } from '@imrs/core'

import type { ClientContext, ImrsClient } from '../client/imrs-client.ts'
import { createStore } from '../client/store.ts'
import type { OwnStore, Store } from '../client/store.ts'
import { sendSignal } from '../feedback/send-feedback.ts'
import { ImrsClientError } from '../http/client-error.ts'
import { readEvents } from '../http/event-parser.ts'
import type { SelectionState } from '../selection/selection-state.ts'
import { selectionStore } from '../selection/selection-store.ts'
import { emptyAnswer, toMessages } from './chat-entry.ts'
import type { AnswerEntry, ChatEntry, QuestionEntry, ToolResults } from './chat-entry.ts'
import { toFailure } from './chat-failure.ts'
import { foldPart } from './fold-part.ts'

/** Options of {@link createChat}. */
export interface ChatOptions {
  /** A conversation to go on with; its models need not exist any more. Default: none. */
  readonly initialMessages?: readonly ChatEntry[] | undefined
  /** Said to the model before all else. */
  readonly system?: string | undefined
  /** Sent with each request: `agentId`, `sessionId`, `temperature`, … */
  readonly request?: Omit<ChatBody, 'messages' | 'model' | 'provider'> | undefined
  /** Whether `regenerate`, `override` and `continue` are told to the router as what they say of an answer. Default: `true`. */
  readonly sendsSignals?: boolean | undefined
  /** Called when an answer has ended, well or not. */
  readonly onAnswer?: ((answer: AnswerEntry) => void) | undefined
}

export interface ChatState {
  readonly messages: readonly ChatEntry[]
  /** `waiting`: sent, and no word yet. */
  readonly status: 'idle' | 'waiting' | 'streaming'
  /** The answer that is being given: it stays on its model, whatever is chosen meanwhile. */
  readonly running: AnswerEntry | undefined
}

export interface SendOptions {
  /** For this answer alone. Default: the user's choice. */
  readonly model?: string | undefined
}

/** A conversation. */
export interface Chat extends Store<ChatState> {
  /**
   * Asks. Resolves when the answer has ended, well or not: what went wrong is in the answer. While an
   * answer is being given nothing is sent, and it resolves with `false`.
   */
  readonly send: (
    content: string | readonly UserContent[],
    options?: SendOptions,
  ) => Promise<boolean>
  /** Asks the last question again, also after a failure; the answer it had is kept as an earlier one. */
  readonly regenerate: (options?: SendOptions) => Promise<boolean>
  /**
   * Gives what tools answered to calls of the last answer, by the id of the call. Once each of its
   * calls has a result, what was asked for then is asked to go on; until then, and while an answer is
   * being given, nothing is sent, and it resolves with `false`.
   */
  readonly giveToolResults: (results: ToolResults, options?: SendOptions) => Promise<boolean>
  /** Ends the answer that is being given; what had come is kept. */
  readonly stop: () => void
}

/** Begins a conversation, or goes on with one. */
export function createChat(client: ImrsClient, options: ChatOptions = {}): Chat {
  const { store, ...chat } = new Conversation(client.part(contextOf), options)
  return { ...store, ...chat }
}

function contextOf(context: ClientContext): ClientContext {
  return context
}

interface Ask {
  /** What is answered: it ends with a question, or with the results of tools. */
  readonly before: readonly ChatEntry[]
  readonly earlier?: readonly AnswerEntry[]
  readonly model: string | undefined
}

class Conversation {
  readonly store: OwnStore<ChatState>
  readonly #context: ClientContext
  readonly #options: ChatOptions
  #abort: AbortController | undefined

  constructor(context: ClientContext, options: ChatOptions) {
    this.#context = context
    this.#options = options
    const messages = (options.initialMessages ?? []).map(asEnded)
    this.store = createStore<ChatState>({ messages, status: 'idle', running: undefined })
  }

  readonly send: Chat['send'] = (content, { model } = {}) => {
    const before = this.store.getSnapshot().messages
    const last = before.at(-1)
    if (this.#abort === undefined && last?.role === 'assistant') this.#signal(last, 'continue')
    const question: QuestionEntry = { role: 'user', id: this.#context.runtime.newId(), content }
    return this.#ask({ before: [...before, question], model })
  }

  readonly regenerate: Chat['regenerate'] = async ({ model } = {}) => {
    const { messages } = this.store.getSnapshot()
    const last = messages.at(-1)
    const answered = last?.role === 'assistant' ? last : undefined
    const before = answered === undefined ? messages : messages.slice(0, -1)
    if (before.length === 0) return false
    if (this.#abort === undefined && answered !== undefined) {
      const isOther = model !== undefined && model !== answered.model
      this.#signal(answered, isOther ? 'override' : 'regenerate')
    }
    return this.#ask({
      before,
      earlier: answered === undefined ? [] : [...answered.earlier, { ...answered, earlier: [] }],
      model,
    })
  }

  readonly giveToolResults: Chat['giveToolResults'] = async (results, { model } = {}) => {
    const { messages } = this.store.getSnapshot()
    const last = messages.at(-1)
    if (this.#abort !== undefined || last?.role !== 'assistant') return false
    const { toolCalls, asked } = last
    const toolResults = { ...last.toolResults, ...results }
    const before = [...messages.slice(0, -1), { ...last, toolResults }]
    this.store.update({ messages: before })
    const isWhole = toolCalls.every(({ toolCallId }) => toolResults[toolCallId] !== undefined)
    return isWhole && toolCalls.length > 0 && this.#ask({ before, model: model ?? asked })
  }

  readonly stop = (): void => this.#abort?.abort()

  async #ask({ before, earlier = [], model }: Ask): Promise<boolean> {
    if (this.#abort !== undefined) return false
    const abort = new AbortController()
    this.#abort = abort
    const selection = this.#context.part(selectionStore).getSnapshot()
    const asked = model ?? selection.model
    let answer = emptyAnswer({ id: this.#context.runtime.newId(), asked, earlier })
    const show = (next: AnswerEntry, isRunning: boolean): void => {
      answer = next
      this.store.update({
        messages: [...before, next],
        status: isRunning ? (next.status === 'streaming' ? 'streaming' : 'waiting') : 'idle',
        running: isRunning ? next : undefined,
      })
    }
    show(answer, true)
    try {
      const body = { ...dialOf(selection, asked), messages: toMessages(before), model: asked }
      for await (const parts of this.#parts(body, abort.signal)) {
        show(parts.reduce(foldPart, answer), true)
      }
      if (answer.status !== 'done' && answer.status !== 'failed') throw brokenOff()
    } catch (cause) {
      const isStopped = abort.signal.aborted
      const failure = isStopped
        ? undefined
        : toFailure(cause instanceof ImrsClientError ? cause : brokenOff(cause))
      show({ ...answer, status: isStopped ? 'stopped' : 'failed', failure }, true)
    }
    this.#abort = undefined
    show(answer, false)
    this.#options.onAnswer?.(answer)
    return true
  }

  async *#parts(asked: ChatBody, signal: AbortSignal): AsyncGenerator<readonly AnswerPart[]> {
    const { system, request } = this.#options
    const first = system === undefined ? [] : [{ role: 'system', content: system } as const]
    const body: ChatBody = { ...request, ...asked, messages: [...first, ...asked.messages] }
    const { http, userKeys } = this.#context
    const headers = { ...userKeys.getSnapshot().headers, accept: 'text/event-stream' }
    const sent = { method: 'POST', body, headers, signal }
    const { body: answer } = await http.send('/api/chat', sent)
    for await (const events of readEvents(answer)) {
      // The server's own parts, which readers take as they are.
      yield events.map(({ data }) => JSON.parse(data) as AnswerPart)
    }
  }

  #signal(
    { messageId, status }: AnswerEntry,
    signal: 'continue' | 'regenerate' | 'override',
  ): void {
    if (messageId === undefined || status !== 'done' || this.#options.sendsSignals === false) return
    // A hint that is lost is no loss to the user.
    void sendSignal(this.#context, { messageId, signal }).catch(() => {})
  }
}

/** The user's dial, where it means something. */
function dialOf(
  { costQuality }: SelectionState,
  asked = 'auto',
): { readonly costQuality?: number } {
  return asked === 'auto' && costQuality !== undefined ? { costQuality } : {}
}

/** An answer that was being given when its page ended was stopped by that. */
function asEnded(entry: ChatEntry): ChatEntry {
  const isOpen = entry.role === 'assistant' && ['waiting', 'streaming'].includes(entry.status)
  return isOpen ? { ...entry, status: 'stopped' } : entry
}

function brokenOff(cause?: unknown): ImrsClientError {
  const message = 'The answer broke off. Try again.'
  return new ImrsClientError('broken-off', message, { cause })
}
