import { CATALOG_TOPIC, fitsModelFilter } from '@imrs/core'
import type {
  CatalogEvent,
  CatalogEventQuery,
  FirstListReading,
  Model,
  ModelRepository,
} from '@imrs/core'

import { assertCount } from './assert-count.ts'
import { frozenCopy } from './frozen-copy.ts'
import { listPage } from './list-models.ts'
import { begin, effectiveModel, raiseVersion } from './memory-data.ts'
import type { MemoryData } from './memory-data.ts'
import { syncModels } from './sync-models.ts'
import { sortedBy } from './text-order.ts'
import { memoryModelWrites } from './write-models.ts'

const DEFAULT_EVENT_LIMIT = 100
const MAX_EVENT_LIMIT = 1_000
const EXTERNAL_ID_LIMIT = 10

export function memoryModels(data: MemoryData): ModelRepository {
  return {
    sync: async (sync, options) => {
      begin(data, options)
      return syncModels(data, sync)
    },
    ...memoryModelWrites(data),
    get: async (modelId, options) => {
      begin(data, options)
      const model = data.models.get(modelId)
      return model === undefined ? undefined : effectiveModel(data, model)
    },
    list: async (query, options) => {
      begin(data, options)
      return listPage(effectiveModels(data), query ?? {})
    },
    count: async (filter, options) => {
      begin(data, options)
      return effectiveModels(data).filter((model) => fitsModelFilter(model, filter ?? {})).length
    },
    listRoutable: async (filter, options) => {
      begin(data, options)
      const wanted = filter?.modelIds === undefined ? undefined : new Set(filter.modelIds)
      return effectiveModels(data)
        .filter((model) => model.modelType === 'chat')
        .filter((model) => wanted?.has(model.id) ?? true)
        .map((model) => Object.freeze({ ...model, metadata: Object.freeze({}) }))
    },
    listFirstReadings: async (options) => {
      begin(data, options)
      return firstReadings(data)
    },
    findByExternalId: async (externalId, options) => {
      begin(data, options)
      const found = effectiveModels(data).filter((model) => model.externalId === externalId)
      return found.slice(0, EXTERNAL_ID_LIMIT)
    },
    listEvents: async (query, options) => {
      begin(data, options)
      return listEvents(data, query ?? {})
    },
    ...memoryAliases(data),
  }
}

type AliasMethods = Pick<ModelRepository, 'putAlias' | 'getAlias' | 'listAliases'>

function memoryAliases(data: MemoryData): AliasMethods {
  return {
    putAlias: async (alias, options) => {
      begin(data, options)
      data.aliases.set(alias.name, frozenCopy(alias))
      raiseVersion(data, CATALOG_TOPIC)
    },
    getAlias: async (name, options) => {
      begin(data, options)
      return data.aliases.get(name)
    },
    listAliases: async (options) => {
      begin(data, options)
      return sortedBy(data.aliases.values(), (alias) => alias.name)
    },
  }
}

function listEvents(
  data: MemoryData,
  {
    sinceSeq = 0,
    beforeSeq = Infinity,
    providerId,
    type,
    direction = 'asc',
    limit = DEFAULT_EVENT_LIMIT,
  }: CatalogEventQuery,
): readonly CatalogEvent[] {
  assertCount('limit', limit, MAX_EVENT_LIMIT)
  const events = direction === 'asc' ? data.catalogEvents : data.catalogEvents.toReversed()
  return events
    .filter((event) => event.seq > sinceSeq && event.seq < beforeSeq)
    .filter((event) => event.providerId === (providerId ?? event.providerId))
    .filter((event) => event.type === (type ?? event.type))
    .slice(0, limit)
}

function firstReadings(data: MemoryData): readonly FirstListReading[] {
  const first = new Map<string, number>()
  for (const { providerId, origin, createdAtMs } of data.models.values()) {
    if (origin !== 'sync') continue
    first.set(providerId, Math.min(first.get(providerId) ?? createdAtMs, createdAtMs))
  }
  const readings = [...first].map(([providerId, atMs]) => ({ providerId, atMs }))
  return sortedBy(readings, (reading) => reading.providerId)
}

/** All models as everyone sees them, by id. */
export function effectiveModels(data: MemoryData): Model[] {
  const models = [...data.models.values()].map((model) => effectiveModel(data, model))
  return sortedBy(models, (model) => model.id)
}
