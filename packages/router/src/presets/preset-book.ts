import type { Model, PresetDefinition, Strategy } from '@imrs/core'
import { BUILT_IN_PRESETS, fitsModelFilter, toCapabilityMask } from '@imrs/core'

import { presetStrategy } from './preset-strategy.ts'

/** A preset as deciding wants it. */
export interface CompiledPreset {
  /** By row of the table: 1 for a model that is in it. */
  readonly members: Readonly<Uint8Array>
  /** `undefined` for the agent's own. */
  readonly strategy: Strategy | undefined
}

/**
 * The presets of one tenant, built-in ones among them. What the names and filters of one mean is
 * worked out once for each list of models, at the first request that asks for it; deciding itself
 * compares no texts. Immutable but for what is remembered of that.
 */
export class PresetBook {
  readonly #presets: ReadonlyMap<string, PresetDefinition>
  readonly #strategies = new Map<string, Strategy | undefined>()
  readonly #members = new WeakMap<readonly Model[], Map<string, Uint8Array>>()

  /** Of two with one id the later one counts, and those given here more than built-in ones. */
  constructor(stored: readonly PresetDefinition[] = []) {
    this.#presets = new Map([...BUILT_IN_PRESETS, ...stored].map((preset) => [preset.id, preset]))
  }

  /** The built-in ones, then the others in their order. */
  get presets(): readonly PresetDefinition[] {
    return [...this.#presets.values()]
  }

  get(presetId: string): PresetDefinition | undefined {
    return this.#presets.get(presetId)
  }

  /** `undefined` when there is no such preset. */
  compiled(presetId: string, models: readonly Model[]): CompiledPreset | undefined {
    const preset = this.#presets.get(presetId)
    if (preset === undefined) return undefined
    return { members: this.#membersOf(preset, models), strategy: this.#strategyOf(preset) }
  }

  #membersOf(preset: PresetDefinition, models: readonly Model[]): Uint8Array {
    const known = this.#members.get(models) ?? new Map<string, Uint8Array>()
    this.#members.set(models, known)
    const members = known.get(preset.id) ?? membersOf(preset, models)
    known.set(preset.id, members)
    return members
  }

  #strategyOf({ id, choice }: PresetDefinition): Strategy | undefined {
    if (!this.#strategies.has(id)) this.#strategies.set(id, presetStrategy(choice))
    return this.#strategies.get(id)
  }
}

/** What there is where none were stored, or could be read. */
export const BUILT_IN_BOOK: PresetBook = new PresetBook()

function membersOf(
  { models: named, requiredCapabilities = [] }: PresetDefinition,
  models: readonly Model[],
): Uint8Array {
  const required = toCapabilityMask(requiredCapabilities)
  const isNamed = namedBy(named)
  return Uint8Array.from(models, (model) =>
    Number((required & ~toCapabilityMask(model.capabilities)) === 0 && isNamed(model)),
  )
}

function namedBy(named: PresetDefinition['models']): (model: Model) => boolean {
  if ('filter' in named) return (model) => fitsModelFilter(model, named.filter)
  const modelIds = new Set(named.modelIds)
  return (model) => modelIds.has(model.id)
}
