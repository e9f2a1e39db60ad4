import { hash } from 'node:crypto'

import {
  listedFacts,
  overridableOf,
  searchWordsOf,
  toCapabilityMask,
  withOverrides,
  withoutOverrides,
} from '@imrs/core'
import type {
  Capability,
  Model,
  ModelAlias,
  ModelOverrides,
  ModelPricing,
  PublishedScore,
} from '@imrs/core'

import type { ModelAliasRow, ModelRow } from '../schema/database.ts'
import {
  fromBoolean,
  fromJsonArray,
  fromJsonObject,
  fromNullable,
  fromOptionalTime,
  fromTime,
  present,
  toBoolean,
  toJson,
  toNullable,
  toOptionalTime,
  toTime,
} from './columns.ts'

/** Fingerprint of what a provider's list says of a model; equal when nothing changed. */
export function factsHashOf(model: Model): string {
  return hash('sha256', listedFacts(model), 'base64url')
}

/** What is stored with a model beside its fields. */
export interface StoredBeside {
  readonly factsHash: string
  readonly overrides: ModelOverrides | undefined
}

/** The row of a model, given its provider's side; what was set is in its columns. */
export function toModelRow(synced: Model, { factsHash, overrides }: StoredBeside): ModelRow {
  return {
    ...columnsOf(withOverrides(synced, overrides)),
    overrides: overrides === undefined ? null : toJson(overrides),
    synced_values: overrides === undefined ? null : toJson(overridableOf(synced)),
    facts_hash: factsHash,
  }
}

/** The provider's side of a stored model. */
export function syncedSideOf(row: ModelRow): Model {
  const model = fromModelRow(row)
  return row.synced_values === null
    ? model
    : present(withoutOverrides(model, fromJsonObject<ModelOverrides>(row.synced_values)))
}

type FieldColumns = Omit<ModelRow, 'overrides' | 'synced_values' | 'facts_hash'>

function columnsOf(model: Model): FieldColumns {
  return {
    id: model.id,
    provider_id: model.providerId,
    external_id: model.externalId,
    display_name: model.displayName,
    description: toNullable(model.description),
    model_type: model.modelType,
    capabilities: toJson(model.capabilities),
    capability_mask: toCapabilityMask(model.capabilities),
    priority: model.priority,
    cost_tier: toNullable(model.costTier),
    domains: toJson(model.domains),
    ctx_length: toNullable(model.contextLength),
    max_output_tokens: toNullable(model.maxOutputTokens),
    pricing_input: toNullable(model.pricing.input),
    pricing_output: toNullable(model.pricing.output),
    pricing_input_number: model.pricing.input === undefined ? null : Number(model.pricing.input),
    pricing: toJson(model.pricing),
    is_available: toBoolean(model.isAvailable),
    unavailable_reason: toNullable(model.unavailableReason),
    released_at: toOptionalTime(model.releasedAtMs),
    expires_at: toOptionalTime(model.expiresAtMs),
    supported_parameters:
      model.supportedParameters === undefined ? null : toJson(model.supportedParameters),
    published: model.published === undefined ? null : toJson(model.published),
    metadata: toJson(model.metadata),
    origin: model.origin,
    successor_id: toNullable(model.successorId),
    search_words: searchWordsOf(model).join(' '),
    synced_at: toOptionalTime(model.syncedAtMs),
    created_at: toTime(model.createdAtMs),
    updated_at: toTime(model.updatedAtMs),
  }
}

export function fromModelRow(row: ModelRow): Model {
  return present<Model>({
    id: row.id,
    providerId: row.provider_id,
    externalId: row.external_id,
    displayName: row.display_name,
    description: fromNullable(row.description),
    modelType: row.model_type,
    capabilities: fromJsonArray<Capability>(row.capabilities),
    contextLength: fromNullable(row.ctx_length),
    maxOutputTokens: fromNullable(row.max_output_tokens),
    pricing: fromJsonObject<ModelPricing>(row.pricing),
    isAvailable: fromBoolean(row.is_available),
    unavailableReason: fromNullable(row.unavailable_reason),
    releasedAtMs: fromOptionalTime(row.released_at),
    expiresAtMs: fromOptionalTime(row.expires_at),
    supportedParameters:
      row.supported_parameters === null
        ? undefined
        : fromJsonArray<string>(row.supported_parameters),
    published: row.published === null ? undefined : fromJsonObject<PublishedScore>(row.published),
    metadata: fromJsonObject(row.metadata),
    priority: row.priority,
    costTier: fromNullable(row.cost_tier),
    domains: fromJsonArray<string>(row.domains),
    origin: row.origin,
    successorId: fromNullable(row.successor_id),
    overrides: row.overrides === null ? undefined : fromJsonObject<ModelOverrides>(row.overrides),
    syncedAtMs: fromOptionalTime(row.synced_at),
    createdAtMs: fromTime(row.created_at),
    updatedAtMs: fromTime(row.updated_at),
  })
}

export function toAliasRow(alias: ModelAlias): ModelAliasRow {
  return {
    name: alias.name,
    model_id: alias.modelId,
    reason: alias.reason,
    is_automatic: toBoolean(alias.isAutomatic),
    created_at: toTime(alias.createdAtMs),
  }
}

export function fromAliasRow(row: ModelAliasRow): ModelAlias {
  return {
    name: row.name,
    modelId: row.model_id,
    reason: row.reason,
    isAutomatic: fromBoolean(row.is_automatic),
    createdAtMs: fromTime(row.created_at),
  }
}
