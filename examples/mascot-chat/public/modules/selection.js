import { getPreference, putPreference } from './api.js'
import { isRouted } from './model-directory.js'

/** What the visitor chose: a model id, `auto`, a preset, or nothing, which is the default model. */
export class Selection extends EventTarget {
  #directory
  #status
  #answeringModel
  #chosen
  #saving = Promise.resolve()
  #latest = 0

  /** `answeringModel` gives the id of the model whose answer is in progress, if there is one. */
  constructor({ directory, status, answeringModel }) {
    super()
    this.#directory = directory
    this.#status = status
    this.#answeringModel = answeringModel
  }

  /** The id of the model that is asked next. */
  get current() {
    return this.#chosen ?? this.#directory.defaultModel
  }

  get isDefault() {
    return this.#chosen === undefined
  }

  /** Takes over what the server remembers of this visitor. */
  async restore() {
    const { model } = await getPreference()
    // Whoever chose while this was on its way knows better.
    if (this.#latest === 0) this.#set(model ?? undefined)
  }

  /** What a request says about the model: nothing when nobody chose. */
  get request() {
    if (this.#chosen === undefined) return {}
    return bodyOf(this.#chosen)
  }

  /** Switches at once on the page, and says how it went once the server knows. */
  choose(id) {
    const before = this.#chosen
    const turn = (this.#latest += 1)
    const name = this.#directory.nameOf(id)
    this.#set(id)
    this.#status.say(`Switching to ${name} …`, { stays: true })
    // One after the other, so that the last choice is the one that stays.
    this.#saving = this.#saving.then(() => this.#save(id, { before, turn }))
    return this.#saving
  }

  async #save(id, { before, turn }) {
    try {
      const stored = await putPreference(bodyOf(id))
      if (turn !== this.#latest) return
      this.#set(stored.model ?? id)
      this.#status.say(this.#confirmation(id, stored.model ?? id), { tone: 'good' })
    } catch (error) {
      if (turn !== this.#latest) return
      this.#set(before)
      const current = this.#directory.nameOf(this.current)
      this.#status.say(`Still using ${current}. ${error.message}`, { tone: 'bad', stays: true })
    }
  }

  #confirmation(asked, id) {
    const name = this.#directory.nameOf(id)
    const moved = asked === id ? '' : `${this.#directory.nameOf(asked)} has moved. `
    const answering = this.#answeringModel()
    if (answering === undefined || answering === id) return `${moved}Now using ${name}.`
    return `${moved}Now using ${name}; the answer in progress stays on ${this.#directory.nameOf(answering)}.`
  }

  #set(id) {
    this.#chosen = id
    this.dispatchEvent(new Event('change'))
  }
}

function bodyOf(id) {
  return isRouted(id) ? { model: id } : { provider: id.split('/')[0], model: id }
}
