import { contextText, priceText } from './format.js'

export const AUTO = 'auto'

/** Whether the router chooses, for any reason or for one: `auto`, `preset:cheap`. */
export function isRouted(id) {
  return id === AUTO || id.startsWith('preset:')
}

/** Knows the models by id: the picker's own from the start, all of them once the list is in. */
export class ModelDirectory {
  #config
  #infos = new Map()
  #providers = {}

  constructor(config) {
    this.#config = config
  }

  /** Takes the answer of `GET /api/models`. */
  update(response) {
    this.#infos = new Map(response.models.map((info) => [info.id, info]))
    this.#providers = response.metadata.providers
  }

  get pickerModels() {
    return this.#config.models
  }

  get pickerPresets() {
    return this.#config.presets
  }

  get defaultModel() {
    return this.#config.defaultModel
  }

  /** The name the picker shows, else the model's own. */
  nameOf(id) {
    if (id === AUTO) return 'Auto'
    const preset = this.#config.presets.find((one) => one.id === id)
    if (preset !== undefined) return preset.name
    const entry = this.#config.models.find((model) => model.id === id)
    return entry?.name ?? this.#infos.get(id)?.name ?? id
  }

  displayNameOf(id) {
    const entry = this.#config.models.find((model) => model.id === id)
    return entry?.displayName ?? this.#infos.get(id)?.name ?? id
  }

  providerNameOf(id) {
    const providerId = id.split('/')[0]
    const entry = this.#config.models.find((model) => model.provider === providerId)
    return entry?.providerName ?? providerId
  }

  /** What the picker says about a model, and whether it can be chosen. */
  describe(entry) {
    const info = this.#infos.get(entry.id)
    const isServed = info?.status !== 'unavailable'
    const { retired } = entry
    const end = retired === undefined ? [] : [retirementNote(retired)]
    const isRetired = retired !== undefined
    if (this.healthOf(entry.provider) === 'no-key') {
      const missing = `${entry.providerName} has no key. ${this.#instructionFor(entry.provider)}`
      return { isDisabled: true, hasKey: false, isRetired, note: [missing, ...end].join(' ') }
    }
    if (isServed) {
      const note = [factsOf(info), ...end].filter((text) => text !== '').join('. ')
      return { isDisabled: false, isRetired, isLimited: info?.status === 'limited', note }
    }
    if (isRetired) {
      return { isDisabled: false, isRetired, note: `${end[0]} Another model answers for it.` }
    }
    const note = info.errorMessage ?? 'Not offered now.'
    return { isDisabled: true, hasKey: true, isRetired, note }
  }

  /** `No key. Set OPENAI_API_KEY.` without its first sentence. */
  #instructionFor(providerId) {
    return (this.#providers[providerId]?.error ?? '').replace(/^No key\.\s*/, '')
  }

  /** `healthy`, `degraded`, `error`, `no-key`, or `unknown` before the list is in. */
  healthOf(providerId) {
    const provider = this.#providers[providerId]
    if (provider === undefined) return 'unknown'
    const hasNoKey = provider.status === 'error' && provider.error?.startsWith('No key')
    return hasNoKey ? 'no-key' : provider.status
  }
}

function factsOf(info) {
  if (info === undefined) return ''
  const context = info.contextMax === undefined ? [] : [contextText(info.contextMax)]
  return [priceText(info.pricing), ...context].join(' · ')
}

function retirementNote({ on, successor }) {
  const day = new Date(on).toLocaleDateString('en-GB', { dateStyle: 'medium', timeZone: 'UTC' })
  const end = new Date(on) < new Date() ? `Retired on ${day}` : `Ends on ${day}`
  return successor === undefined ? `${end}.` : `${end}, followed by ${successor}.`
}
