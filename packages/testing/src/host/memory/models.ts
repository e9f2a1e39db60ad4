import { CATALOG_TOPIC, ImrsError } from '@imrs/core'
import type {
  CatalogEvent,
  CatalogEventQuery,
  Model,
  ModelFilter,
  ModelListPage,
  ModelQuery,
  ModelRepository,
} from '@imrs/core'

import { assertCount } from './assert-count.ts'
import { frozenCopy } from './frozen-copy.ts'
import { begin, effectiveModel, raiseVersion } from './memory-data.ts'
import type { MemoryData } from './memory-data.ts'
import { syncModels } from './sync-models.ts'
import { compareText, sortedBy } from './text-order.ts'
import { memoryModelWrites } from './write-models.ts'

const DEFAULT_LIMIT = 50
const MAX_LIMIT = 200
const DEFAULT_EVENT_LIMIT = 100
const MAX_EVENT_LIMIT = 1_000
const EXTERNAL_ID_LIMIT = 10
const CURSOR_PREFIX = 'after:'

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
      return listPage(data, query ?? {})
    },
    count: async (filter, options) => {
      begin(data, options)
      return filtered(data, filter ?? {}).length
    },
    listRoutable: async (filter, options) => {
      begin(data, options)
      const wanted = filter?.modelIds === undefined ? undefined : new Set(filter.modelIds)
      return filtered(data, { modelType: 'chat' })
        .filter((model) => wanted?.has(model.id) ?? true)
        .map((model) => Object.freeze({ ...model, metadata: Object.freeze({}) }))
    },
    findByExternalId: async (externalId, options) => {
      begin(data, options)
      const found = filtered(data, {}).filter((model) => model.externalId === externalId)
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
  { sinceSeq = 0, providerId, type, limit = DEFAULT_EVENT_LIMIT }: CatalogEventQuery,
): readonly CatalogEvent[] {
  assertCount('limit', limit, MAX_EVENT_LIMIT)
  return data.catalogEvents
    .filter((event) => event.seq > sinceSeq)
    .filter((event) => event.providerId === (providerId ?? event.providerId))
    .filter((event) => event.type === (type ?? event.type))
    .slice(0, limit)
}

function filtered(data: MemoryData, filter: ModelFilter): Model[] {
  const { providerId, modelType, costTier, capability, isAvailable } = filter
  const fits = (model: Model): boolean =>
    model.providerId === (providerId ?? model.providerId) &&
    model.modelType === (modelType ?? model.modelType) &&
    model.costTier === (costTier ?? model.costTier) &&
    model.isAvailable === (isAvailable ?? model.isAvailable) &&
    (capability === undefined || model.capabilities.includes(capability))
  const models = [...data.models.values()].map((model) => effectiveModel(data, model))
  return sortedBy(models.filter(fits), (model) => model.id)
}

function listPage(data: MemoryData, query: ModelQuery): ModelListPage {
  const limit = query.limit ?? DEFAULT_LIMIT
  assertCount('limit', limit, MAX_LIMIT)
  const after = query.cursor === undefined ? '' : readCursor(query.cursor)
  const rest = filtered(data, query).filter((model) => compareText(model.id, after) > 0)
  const items = rest.slice(0, limit)
  const last = items.at(-1)
  if (rest.length <= limit || last === undefined) return { items }
  return { items, nextCursor: Buffer.from(CURSOR_PREFIX + last.id).toString('base64url') }
}

function readCursor(cursor: string): string {
  const text = Buffer.from(cursor, 'base64url').toString()
  if (text.startsWith(CURSOR_PREFIX)) return text.slice(CURSOR_PREFIX.length)
  throw new ImrsError('invalid-request', '`cursor` must be the `nextCursor` of an earlier page', {
    field: 'cursor',
  })
}
