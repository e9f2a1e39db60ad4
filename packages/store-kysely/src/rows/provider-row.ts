import type { Provider, ProviderHealth } from '@imrs/core'

import type { ProviderHealthRow, ProviderRow } from '../schema/database.ts'
import {
  fromBoolean,
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

export function toProviderRow(provider: Provider): ProviderRow {
  return {
    id: provider.id,
    display_name: provider.displayName,
    provider_type: provider.providerType,
    api_base: provider.apiBase,
    models_endpoint: provider.modelsEndpoint,
    api_key_vault_path: toNullable(provider.apiKeyVaultPath),
    rate_limit_rpm: toNullable(provider.rateLimitRpm),
    is_active: toBoolean(provider.isActive),
    origin: provider.origin,
    settings: toJson(provider.settings),
    last_synced: toOptionalTime(provider.lastSyncedAtMs),
    created_by: toNullable(provider.createdBy),
    created_at: toTime(provider.createdAtMs),
    updated_at: toTime(provider.updatedAtMs),
  }
}

export function fromProviderRow(row: ProviderRow): Provider {
  return present<Provider>({
    id: row.id,
    displayName: row.display_name,
    providerType: row.provider_type,
    apiBase: row.api_base,
    modelsEndpoint: row.models_endpoint,
    apiKeyVaultPath: fromNullable(row.api_key_vault_path),
    rateLimitRpm: fromNullable(row.rate_limit_rpm),
    isActive: fromBoolean(row.is_active),
    origin: row.origin,
    settings: fromJsonObject(row.settings),
    lastSyncedAtMs: fromOptionalTime(row.last_synced),
    createdBy: fromNullable(row.created_by),
    createdAtMs: fromTime(row.created_at),
    updatedAtMs: fromTime(row.updated_at),
  })
}

export function toHealthRow(health: ProviderHealth): ProviderHealthRow {
  return {
    provider_id: health.providerId,
    status: health.status,
    checked_at: toTime(health.checkedAtMs),
    error: toNullable(health.error),
  }
}

export function fromHealthRow(row: ProviderHealthRow): ProviderHealth {
  return present<ProviderHealth>({
    providerId: row.provider_id,
    status: row.status,
    checkedAtMs: fromTime(row.checked_at),
    error: fromNullable(row.error),
  })
}
