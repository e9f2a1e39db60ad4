import { answerActions } from './answer-actions.js'
import { answeringModel } from './answer-record.js'
import { decisionChip } from './decision-chip.js'
import { element, icon } from './dom.js'
import { failureCard } from './failure-card.js'
import { costText, durationText, tokensText } from './format.js'
import { closeOpenMarks, renderMarkdown } from './markdown.js'

/** One answer on the page. `update` shows the answer as it is now; text at most once a frame. */
export class AnswerView {
  node = element('li')
  #record
  #shown = {}
  #isTextDue = false
  #places
  #handlers

  constructor(record, handlers) {
    this.#record = record
    this.#handlers = handlers
    this.#places = {
      chip: element('div'),
      notes: element('div'),
      reasoning: element('div'),
      waiting: element('div', { class: 'waiting', 'aria-hidden': 'true' }, ...dots()),
      prose: element('div', { class: 'prose' }),
      failure: element('div'),
      foot: element('div', { class: 'answer-foot' }),
    }
    this.update(record)
  }

  get record() {
    return this.#record
  }

  update(record) {
    this.#record = record
    this.#mount()
    this.#showDecision()
    this.#showNotes()
    if (!this.#isTextDue) requestAnimationFrame(() => this.#showText())
    this.#isTextDue = true
    this.#places.waiting.toggleAttribute(
      'hidden',
      record.state !== 'streaming' || record.text !== '',
    )
    if (record.state !== this.#shown.state) this.#showEnd()
    this.#shown = { ...this.#shown, state: record.state }
  }

  /** An answer that was asked for again stays, folded away. */
  #mount() {
    if (this.#shown.isReplaced === this.#record.isReplaced) return
    this.#shown = { ...this.#shown, isReplaced: this.#record.isReplaced }
    const body = element('div', { class: 'answer-body' }, ...Object.values(this.#places))
    const model = this.#handlers.directory.displayNameOf(answeringModel(this.#record) ?? '')
    const label = model === '' ? 'Answer' : `Answer from ${model}`
    if (!this.#record.isReplaced) {
      this.node.replaceChildren(element('article', { class: 'answer', 'aria-label': label }, body))
      return
    }
    const summary = element('summary', { text: `Earlier answer from ${model}` })
    this.node.replaceChildren(element('details', { class: 'earlier' }, summary, body))
  }

  #showDecision() {
    const { decision } = this.#record
    if (decision === undefined || this.#shown.decision === decision) return
    this.#shown = { ...this.#shown, decision }
    this.#places.chip.replaceChildren(decisionChip(decision, this.#handlers.directory))
  }

  #showNotes() {
    const { fallbacks, warnings } = this.#record
    const count = fallbacks.length + warnings.length
    if (count === (this.#shown.notes ?? 0)) return
    this.#shown = { ...this.#shown, notes: count }
    this.#places.notes.replaceChildren(
      ...(fallbacks.length === 0
        ? []
        : [
            strip(
              'swap',
              fallbacks.map((part) => this.#change(part)),
            ),
          ]),
      ...warnings.map(({ message }) => strip('warn', [element('p', { text: message })])),
    )
  }

  #change({ from, to, reason }) {
    const { directory } = this.#handlers
    const change = `${directory.displayNameOf(from)} → ${directory.displayNameOf(to)}. `
    return element('p', {}, element('strong', { text: change }), reason)
  }

  #showText() {
    this.#isTextDue = false
    const { reasoning, state } = this.#record
    const text = state === 'streaming' ? closeOpenMarks(this.#record.text) : this.#record.text
    if (reasoning !== this.#shown.reasoning && reasoning !== '') this.#showReasoning(reasoning)
    if (text !== this.#shown.text) this.#places.prose.replaceChildren(renderMarkdown(text))
    this.#shown = { ...this.#shown, text, reasoning }
  }

  #showReasoning(reasoning) {
    const existing = this.#places.reasoning.querySelector('p')
    if (existing !== null) {
      existing.replaceChildren(reasoning)
      return
    }
    this.#places.reasoning.replaceChildren(
      element(
        'details',
        { class: 'thinking-text' },
        element('summary', { text: 'What the model thought first' }),
        element('p', { text: reasoning }),
      ),
    )
  }

  #showEnd() {
    const { state, failure } = this.#record
    const { failure: failurePlace, foot } = this.#places
    this.node.setAttribute('aria-busy', String(state === 'streaming'))
    failurePlace.replaceChildren(
      ...(failure === undefined ? [] : [failureCard(failure, this.#handlers)]),
    )
    const isOver = state === 'done' || state === 'stopped'
    foot.replaceChildren(...(isOver ? this.#footNodes() : []))
  }

  #footNodes() {
    const { directory, onChange, onRegenerate } = this.#handlers
    const { buttons, note } = answerActions({
      record: () => this.#record,
      directory,
      onRegenerate,
      onChange: (record) => {
        this.#record = record
        onChange(record)
      },
    })
    const facts = factsOf(this.#record, directory).flatMap((text, index) => [
      index === 0 ? '' : ' · ',
      element('span', { text }),
    ])
    return [buttons, element('p', { class: 'answer-facts' }, ...facts), note]
  }
}

function factsOf(record, directory) {
  const model = answeringModel(record)
  const name = model === undefined ? [] : [directory.displayNameOf(model)]
  if (record.state === 'stopped') return [...name, 'stopped']
  const { usage, end } = record
  const used = usage === undefined ? ['tokens unknown'] : [tokensText(usage.usage)]
  const cut = end.finishReason === 'length' ? ['cut at the length limit'] : []
  return [...name, ...used, costText(usage?.costUsd), durationText(end.totalMs), ...cut]
}

/** A notice that stays with the answer. */
function strip(iconName, lines) {
  return element(
    'div',
    { class: 'strip', role: 'note' },
    icon(iconName),
    element('div', {}, ...lines),
  )
}

function dots() {
  return [element('i'), element('i'), element('i')]
}
