import { drawIcons, element, icon } from './dom.js'
import { AUTO, isRouted } from './model-directory.js'
import { optionId, optionNodes, pickerOptions } from './picker-options.js'

const TYPING_PAUSE_MS = 700

/**
 * The model picker: a button that shows the current model, and a listbox that opens above it.
 *
 * Focus stays on the list while it is open; `aria-activedescendant` says where one is. Options that
 * cannot be chosen are visited too, so that their reason is heard.
 */
export class Picker {
  #parts
  #directory
  #selection
  #status
  #options = []
  #activeId
  #typed = { text: '', atMs: 0 }

  constructor(root, { directory, selection, status, refresh }) {
    this.#directory = directory
    this.#selection = selection
    this.#status = status
    this.#parts = buildParts(root)
    this.#listen(refresh)
    this.render()
    selection.addEventListener('change', () => this.render())
  }

  get isOpen() {
    return !this.#parts.popover.hidden
  }

  /** Shows what is known now. */
  render() {
    const { button, list } = this.#parts
    const { current, isDefault } = this.#selection
    const name = this.#directory.nameOf(current)
    const provider = isRouted(current) ? '' : this.#directory.providerNameOf(current)
    const owner = isDefault ? `${provider} · default` : provider
    button.replaceChildren(
      element('span', { 'data-icon': isRouted(current) ? 'spark' : 'model' }),
      element('span', { class: 'visually-hidden', text: 'Model:' }),
      element('span', { class: 'picker-current', text: name }),
      element('span', { class: 'picker-owner', text: owner }),
      icon('chevron'),
    )
    drawIcons(button)
    this.#options = pickerOptions(this.#directory)
    list.replaceChildren(
      ...optionNodes(this.#options, { selected: current, directory: this.#directory }),
    )
    if (this.isOpen) this.#activate(this.#activeId ?? current)
  }

  open() {
    const { button, popover, list } = this.#parts
    popover.hidden = false
    button.setAttribute('aria-expanded', 'true')
    const isShown = this.#options.some(({ id }) => id === this.#selection.current)
    this.#activate(isShown ? this.#selection.current : AUTO)
    list.focus({ preventScroll: true })
  }

  close({ focusButton = true } = {}) {
    const { button, popover } = this.#parts
    if (!this.isOpen) return
    popover.hidden = true
    button.setAttribute('aria-expanded', 'false')
    if (focusButton) button.focus({ preventScroll: true })
  }

  #listen(refresh) {
    const { root, button, list, popover, refreshButton } = this.#parts
    button.addEventListener('click', () => (this.isOpen ? this.close() : this.open()))
    button.addEventListener('keydown', (event) => {
      if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return
      event.preventDefault()
      this.open()
    })
    list.addEventListener('keydown', (event) => this.#onKey(event))
    list.addEventListener('click', (event) => {
      const node = event.target.closest('[data-model]')
      if (node !== null) this.#choose(node.dataset.model)
    })
    list.addEventListener('pointermove', (event) => {
      const node = event.target.closest('[data-model]')
      if (node !== null) this.#activate(node.dataset.model, { scroll: false })
    })
    popover.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') this.close()
    })
    root.addEventListener('focusout', (event) => {
      const to = event.relatedTarget
      if (to !== null && !root.contains(to)) this.close({ focusButton: false })
    })
    document.addEventListener('pointerdown', (event) => {
      const isInside = popover.contains(event.target) || button.contains(event.target)
      if (!isInside) this.close({ focusButton: false })
    })
    refreshButton.addEventListener('click', refresh)
  }

  #onKey(event) {
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: 3, PageUp: -3, Home: -99, End: 99 }
    const step = steps[event.key]
    if (step !== undefined) this.#move(step)
    else if (event.key === 'Enter' || (event.key === ' ' && !this.#isTyping()))
      this.#choose(this.#activeId)
    else if (isCharacter(event)) this.#jumpTo(event.key)
    else return
    event.preventDefault()
  }

  #move(step) {
    const index = this.#options.findIndex(({ id }) => id === this.#activeId)
    const to = Math.min(this.#options.length - 1, Math.max(0, index + step))
    this.#activate(this.#options[to].id)
  }

  #isTyping() {
    return this.#typed.text !== '' && performance.now() - this.#typed.atMs < TYPING_PAUSE_MS
  }

  /** Typing letters goes to the next name that holds what was typed at the start of a word. */
  #jumpTo(character) {
    const text = (this.#isTyping() ? this.#typed.text : '') + character.toLowerCase()
    this.#typed = { text, atMs: performance.now() }
    const from = this.#options.findIndex(({ id }) => id === this.#activeId)
    const order = [...this.#options.slice(from + 1), ...this.#options.slice(0, from + 1)]
    const candidates = text.length > 1 ? [this.#options[from], ...order] : order
    const hit = candidates.find(({ name }) => wordsOf(name).some((word) => word.startsWith(text)))
    if (hit !== undefined) this.#activate(hit.id)
  }

  #activate(id, { scroll = true } = {}) {
    const { list } = this.#parts
    this.#activeId = id
    for (const node of list.querySelectorAll('[data-model]')) {
      node.toggleAttribute('data-active', false)
      if (node.dataset.model === id) node.setAttribute('data-active', 'true')
    }
    const active = document.getElementById(optionId(id))
    if (active === null) list.removeAttribute('aria-activedescendant')
    else list.setAttribute('aria-activedescendant', active.id)
    if (scroll) active?.scrollIntoView({ block: 'nearest' })
  }

  #choose(id) {
    const option = this.#options.find((candidate) => candidate.id === id)
    if (option === undefined) return
    if (option.isDisabled) {
      this.#status.say(`${option.name} cannot be chosen: ${option.note}`, { tone: 'bad' })
      return
    }
    this.close()
    void this.#selection.choose(id)
  }
}

function buildParts(root) {
  const button = element('button', {
    class: 'picker-button',
    type: 'button',
    id: 'picker-button',
    'aria-haspopup': 'listbox',
    'aria-expanded': 'false',
    'aria-controls': 'picker-list',
  })
  const list = element('div', {
    class: 'picker-list',
    id: 'picker-list',
    role: 'listbox',
    tabindex: '0',
    'aria-label': 'Model',
  })
  const refreshButton = element(
    'button',
    { class: 'quiet-button', type: 'button' },
    icon('again'),
    'Refresh',
  )
  const foot = element(
    'div',
    { class: 'picker-foot' },
    element('p', { text: 'Prices in US dollars. The choice is remembered.' }),
    refreshButton,
  )
  const popover = element('div', { class: 'picker-popover', hidden: true }, list, foot)
  root.replaceChildren(button, popover)
  return { root, button, list, popover, refreshButton }
}

function isCharacter({ key, ctrlKey, metaKey, altKey }) {
  return key.length === 1 && !ctrlKey && !metaKey && !altKey
}

function wordsOf(name) {
  const lower = name.toLowerCase()
  return [lower, ...lower.split(/[/\s:]/)]
}
