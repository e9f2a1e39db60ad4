import type { ModelInfo } from '@imrs/core'
import type { ModelsState } from '@imrs/react'
import type { ModelDescription } from '@imrs/react/components'

import type { PageConfig, PickerEntry } from '../../../src/page-config.ts'
import { priceText } from '../ui/format.ts'

const AUTO = 'auto'

/** How a provider is; `unknown` before the list is in. */
export type Health = 'healthy' | 'degraded' | 'error' | 'no-key' | 'unknown'

/** Knows the models by id: the picker's own from the start, all of them once the list is in. */
export interface Directory {
  /** The name the picker shows, else the model's own. `undefined` is the default model. */
  readonly nameOf: (id: string | undefined) => string
  readonly displayNameOf: (id: string) => string
  readonly providerNameOf: (id: string) => string
  /** Of the provider of a model. Where the router chooses it is healthy. */
  readonly healthOf: (id: string | undefined) => Health
  /** Whether the list is in and does not have the model, or not any more. */
  readonly isGone: (id: string) => boolean
  /** What the picker says of a model, and whether it can be chosen. */
  readonly describe: (model: ModelInfo) => ModelDescription
}

/** Whether the router chooses, for any reason or for one: `auto`, `preset:cheap`. */
export function isRouted(id: string): boolean {
  return id === AUTO || id.startsWith('preset:')
}

export function createDirectory(
  config: PageConfig,
  { models, metadata }: Pick<ModelsState, 'models' | 'metadata'>,
): Directory {
  const infos = new Map(models.map((info) => [info.id, info]))
  const entries = new Map(config.models.map((entry) => [entry.id, entry]))
  const presets = new Map(config.presets.map(({ id, name }) => [id, name]))
  const providers = metadata?.providers ?? {}

  const healthOfProvider = (providerId: string): Health => {
    const provider = providers[providerId]
    if (provider === undefined) return 'unknown'
    const hasNoKey = provider.status === 'error' && provider.error?.startsWith('No key') === true
    return hasNoKey ? 'no-key' : provider.status
  }
  return {
    nameOf: (id = config.defaultModel) => {
      if (id === AUTO) return 'Auto'
      return presets.get(id) ?? entries.get(id)?.name ?? infos.get(id)?.name ?? id
    },
    displayNameOf: (id) => entries.get(id)?.displayName ?? infos.get(id)?.name ?? id,
    providerNameOf: (id) => {
      const providerId = providerIdOf(id)
      const entry = config.models.find(({ provider }) => provider === providerId)
      return entry?.providerName ?? providerId
    },
    healthOf: (id = config.defaultModel) =>
      isRouted(id) ? 'healthy' : healthOfProvider(providerIdOf(id)),
    isGone: (id) => models.length > 0 && (infos.get(id)?.status ?? 'unavailable') === 'unavailable',
    describe: (model) => {
      const entry = entries.get(model.id)
      if (entry === undefined) return {}
      const hasKey = healthOfProvider(entry.provider) !== 'no-key'
      const { note, isDisabled } = stateOf({ entry, model, hasKey })
      const isDefault = model.id === config.defaultModel
      return { name: entry.name, note: isDefault ? `Default · ${note}` : note, isDisabled }
    },
  }
}

interface Served {
  readonly entry: PickerEntry
  readonly model: ModelInfo
  readonly hasKey: boolean
}

function stateOf({ entry, model, hasKey }: Served): Pick<ModelDescription, 'note' | 'isDisabled'> {
  const end = entry.retired === undefined ? [] : [retirementNote(entry.retired)]
  if (model.status === 'unavailable' && hasKey && entry.retired !== undefined) {
    return { isDisabled: false, note: `${end[0]} Another model answers for it.` }
  }
  if (model.status === 'unavailable') {
    const reason = model.errorMessage ?? 'Not offered now.'
    return { isDisabled: true, note: [reason, ...end].join(' ') }
  }
  const facts = `${entry.providerName} · ${priceText(model.pricing)}`
  return { isDisabled: false, note: [facts, ...end].join('. ') }
}

function retirementNote({ on, successor }: NonNullable<PickerEntry['retired']>): string {
  const day = new Date(on).toLocaleDateString('en-GB', { dateStyle: 'medium', timeZone: 'UTC' })
  const end = new Date(on) < new Date() ? `Retired on ${day}` : `Ends on ${day}`
  return successor === undefined ? `${end}.` : `${end}, followed by ${successor}.`
}

function providerIdOf(modelId: string): string {
  return modelId.split('/', 1)[0] ?? ''
}
