import { contextText, priceText } from './format.js'

export const AUTO = 'auto'

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

  get defaultModel() {
    return this.#config.defaultModel
  }

  /** The name the picker shows, else the model's own. */
  nameOf(id) {
    if (id === AUTO) return 'Auto'
    const entry = this.#config.models.find((model) => model.id === id)
    return entry?.name ?? this.#infos.get(id)?.name ?? id
  }

  displayNameOf(id) {
    const entry = this.#config.models.find((model) => model.id === id)
    return this.#infos.get(id)?.name ?? entry?.displayName ?? id
  }

  providerNameOf(id) {
    const providerId = id.split('/')[0]
    const entry = this.#config.models.find((model) => model.provider === providerId)
    return entry?.providerName ?? providerId
  }

  /** What the picker says about a model, and whether it can be chosen. */
  describe(entry) {
    const info = this.#infos.get(entry.id)
    const hasKey = this.healthOf(entry.provider) !== 'no-key'
    const { retired } = entry
    const isServed = info?.status !== 'unavailable'
    if (!hasKey) return { isDisabled: true, note: info?.errorMessage ?? 'Its provider has no key.' }
    if (retired !== undefined)
      return { isDisabled: false, note: retirementNote(retired, isServed), isRetired: true }
    if (!isServed) return { isDisabled: true, note: info.errorMessage ?? 'Not offered now.' }
    return { isDisabled: false, note: factsOf(info), isLimited: info?.status === 'limited' }
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

function retirementNote({ on, successor }, isServed) {
  const day = new Date(on).toLocaleDateString('en-GB', { dateStyle: 'medium', timeZone: 'UTC' })
  const end = new Date(on) < new Date() ? `Retired on ${day}` : `Ends on ${day}`
  const next = successor === undefined ? '' : `, followed by ${successor}`
  return isServed ? `${end}${next}.` : `${end}${next}. Another model answers in its place.`
}
