import type { CandidateTable, Model, Provider } from '@imrs/core'
import { blendedPrice, toCapabilityMask } from '@imrs/core'

import { familiesOf } from './model-families.ts'

export interface ModelTable {
  readonly table: CandidateTable
  readonly models: readonly Model[]
  readonly rowOf: ReadonlyMap<string, number>
  readonly providers: readonly Provider[]
  readonly providerOf: Readonly<Uint16Array>
}

export interface TableSource {
  /** The models this agent may use. */
  readonly models: readonly Model[]
  readonly providers: readonly Provider[]
  /** Priorities of this agent's own, 0 to 100, by model id. Default: the models' own. */
  readonly priorities?: ReadonlyMap<string, number> | undefined
}

/** Lays the models of an agent out in arrays, in the order of their ids. */
export function buildTable(source: TableSource): ModelTable {
  const providerIndex = new Map(source.providers.map((provider, index) => [provider.id, index]))
  const models = source.models
    .filter((model) => providerIndex.has(model.providerId))
    .sort((left, right) => (left.id < right.id ? -1 : 1))
  const priority = (model: Model): number =>
    (source.priorities?.get(model.id) ?? model.priority) / 100
  return {
    table: {
      size: models.length,
      modelIds: models.map((model) => model.id),
      capabilities: Uint32Array.from(models, (model) => toCapabilityMask(model.capabilities)),
      priority: Float64Array.from(models, priority),
      price: Float64Array.from(models, (model) => blendedPrice(model.pricing) ?? Number.NaN),
      contextLength: Float64Array.from(models, (model) => model.contextLength ?? 0),
      cacheSaving: Float64Array.from(models, cacheSaving),
      createdAtMs: Float64Array.from(models, (model) => model.createdAtMs),
      published: Float64Array.from(models, ({ published }) => published?.score ?? Number.NaN),
      family: familiesOf(models),
    },
    models,
    rowOf: new Map(models.map((model, row) => [model.id, row])),
    providers: source.providers,
    providerOf: Uint16Array.from(models, (model) => providerIndex.get(model.providerId) ?? 0),
  }
}

/** What a prompt token costs less from the cache, as `CandidateTable.cacheSaving` holds it. */
export function cacheSaving({ pricing: { input, cachedInput } }: Model): number {
  if (input === undefined || cachedInput === undefined) return 0
  return Math.max(0, Number(input) - Number(cachedInput))
}
