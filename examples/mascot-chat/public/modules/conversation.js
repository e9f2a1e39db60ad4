import {
  answeringModel,
  failed,
  newAnswer,
  stopped,
  toMessages,
  withPart,
} from './answer-record.js'
import { AnswerView } from './answer-view.js'
import { chat } from './api.js'
import { element } from './dom.js'
import { loadHistory, saveHistory } from './history.js'

/**
 * The conversation: what was said, and the one answer being given. Fires `change` when an answer
 * begins or ends and when the conversation becomes empty or stops being so.
 */
export class Conversation extends EventTarget {
  #records = []
  #nodes
  #options
  #running

  /** `onMood(state, record)` hears how the answer goes; `toEnd` shows the newest message. */
  constructor(nodes, options) {
    super()
    this.#nodes = nodes
    this.#options = options
  }

  get isAnswering() {
    return this.#running !== undefined
  }

  get isEmpty() {
    return this.#records.length === 0
  }

  /** The model whose answer is in progress. */
  get answeringModel() {
    return this.#running === undefined ? undefined : answeringModel(this.#records.at(-1))
  }

  restore() {
    this.#records = loadHistory()
    this.#nodes.messages.replaceChildren(
      ...this.#records.map((record, index) => this.#nodeOf(record, index)),
    )
    this.#changed()
  }

  clear() {
    this.stop()
    this.#records = []
    this.#nodes.messages.replaceChildren()
    saveHistory([])
    this.#changed()
  }

  ask(text) {
    this.#append({ role: 'user', text })
    return this.#answer()
  }

  stop() {
    this.#running?.abort()
  }

  save() {
    saveHistory(this.#records)
  }

  /** Asks for the last answer again; the old one stays, folded, and is not told to the next model. */
  #regenerate(view) {
    if (this.isAnswering || view.record !== this.#records.at(-1)) return
    this.#replace(view, { ...view.record, isReplaced: true })
    void this.#answer()
  }

  #retry(view) {
    if (this.isAnswering) return
    this.#records = this.#records.filter((record) => record !== view.record)
    view.node.remove()
    void this.#answer()
  }

  async #answer() {
    const { selection, onMood } = this.#options
    const messages = toMessages(this.#records)
    const request = selection.request
    const view = this.#append(newAnswer(selection.current))
    const abort = new AbortController()
    this.#running = abort
    this.#changed()
    onMood('thinking', view.record)
    let record = view.record
    try {
      for await (const part of chat({ messages, ...request }, abort.signal)) {
        record = withPart(record, part)
        this.#replace(view, record)
        onMood(record.text === '' ? 'thinking' : 'talking', record)
      }
    } catch (error) {
      record = abort.signal.aborted ? stopped(record) : failed(record, error)
      this.#replace(view, record)
    }
    if (this.#running === abort) this.#running = undefined
    onMood(record.state === 'failed' ? 'sorry' : 'idle', record)
    this.#changed()
  }

  #append(record) {
    const view = this.#viewOf(record)
    this.#records = [...this.#records, record]
    this.#nodes.messages.append(view.node)
    this.#options.toEnd()
    this.save()
    return view
  }

  #replace(view, record) {
    this.#records = this.#records.map((known) => (known === view.record ? record : known))
    view.update(record)
    if (record.state !== 'streaming') this.save()
  }

  #nodeOf(record) {
    return this.#viewOf(record).node
  }

  #viewOf(record) {
    if (record.role === 'user') {
      const label = element('span', { class: 'visually-hidden', text: 'You: ' })
      return { record, node: element('li', { class: 'question' }, label, record.text) }
    }
    const { directory, onChooseModel } = this.#options
    const view = new AnswerView(record, {
      directory,
      onChooseModel,
      onRetry: () => this.#retry(view),
      onRegenerate: () => this.#regenerate(view),
      onChange: (changed) => this.#remember(changed),
    })
    return view
  }

  #remember(changed) {
    this.#records = this.#records.map((known) =>
      known.messageId === changed.messageId && known.role === 'assistant' ? changed : known,
    )
    this.save()
  }

  #changed() {
    this.save()
    this.dispatchEvent(new Event('change'))
  }
}
