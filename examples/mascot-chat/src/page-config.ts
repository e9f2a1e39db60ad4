import { parseModelId, presetName, toModelId } from '@imrs/core'
import type { Model, Provider } from '@imrs/core'
import type { Router } from '@imrs/router'
import type { RequestHandler } from 'express'

import { PICKER_PRESETS } from './picker-models.ts'
import type { PickerModel } from './picker-models.ts'

/** A model as the picker shows it. What changes (status, price) comes from `GET /api/models`. */
export interface PickerEntry {
  readonly id: string
  /** The name asked for. */
  readonly name: string
  readonly displayName: string
  readonly provider: string
  readonly providerName: string
  /** Set for a model whose provider stopped serving it, or announced it. */
  readonly retired?: { readonly on: string; readonly successor?: string | undefined } | undefined
}

/** A preset as the picker shows it. */
export interface PickerPreset {
  /** What a request asks for: `preset:cheap`. */
  readonly id: string
  readonly name: string
  readonly note: string
}

/** What the page must know to begin. No key, no address. */
export interface PageConfig {
  readonly models: readonly PickerEntry[]
  readonly presets: readonly PickerPreset[]
  readonly defaultModel: string
  readonly isSimulator: boolean
  /** Variables that connect the real providers. */
  readonly keyVariables: readonly string[]
  readonly strategy: { readonly name: string; readonly summary: string }
}

export interface PageConfigOptions {
  readonly router: Pick<Router, 'models' | 'presets' | 'providers'>
  readonly pickerModels: readonly PickerModel[]
  readonly defaultModel: string
  readonly isSimulator: boolean
  readonly keyVariables: readonly string[]
  readonly strategy: PageConfig['strategy']
}

/** `GET /config.json`. */
export function pageConfig(options: PageConfigOptions): RequestHandler {
  return async (_request, response) => {
    const { defaultModel, isSimulator, keyVariables, strategy } = options
    const providers = await options.router.providers.list()
    const models = await Promise.all(
      options.pickerModels.map((entry) => toEntry(options.router, entry, providers)),
    )
    const presets = await pickerPresets(options.router)
    const config: PageConfig = {
      models,
      presets,
      defaultModel,
      isSimulator,
      keyVariables,
      strategy,
    }
    response.set('cache-control', 'no-store').json(config)
  }
}

async function pickerPresets({
  presets,
}: Pick<Router, 'presets'>): Promise<readonly PickerPreset[]> {
  return (await presets.list())
    .filter(({ id }) => PICKER_PRESETS.includes(id))
    .map(({ id, displayName, description = '' }) => ({
      id: presetName(id),
      name: displayName,
      note: description,
    }))
}

async function toEntry(
  router: Pick<Router, 'models'>,
  { name, seed }: PickerModel,
  providers: readonly Provider[],
): Promise<PickerEntry> {
  const model = await router.models.get(toModelId(seed))
  const provider = providers.find(({ id }) => id === seed.providerId)
  return {
    id: model.id,
    name,
    // Some lists have no names; then the id stands in for one.
    displayName: model.displayName === seed.externalId ? seed.displayName : model.displayName,
    provider: seed.providerId,
    providerName: provider?.displayName ?? seed.providerId,
    retired: retirement(model, seed.retired),
  }
}

/** A list that still has the model knows better than the seed whether it is served, not what comes after it. */
function retirement(model: Model, seeded: PickerModel['seed']['retired']): PickerEntry['retired'] {
  const atMs = model.expiresAtMs ?? seeded?.atMs
  if (atMs === undefined) return undefined
  const successorId = model.successorId ?? seeded?.successorId
  const successor = successorId === undefined ? undefined : parseModelId(successorId)?.externalId
  return { on: new Date(atMs).toISOString().slice(0, 10), successor }
}
