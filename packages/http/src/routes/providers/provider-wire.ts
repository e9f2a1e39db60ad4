import { HEALTH_STATUSES, PROVIDER_TYPES, jsonObjectSchema } from '@imrs/core'
import type { HealthStatus, JsonObject, Provider, ProviderHealth, ProviderType } from '@imrs/core'
import type { Router } from '@imrs/router'
import { z } from 'zod'

import type { ItemsWire } from '../../wire/items.ts'
import { isoOf, isoOrNull, isoSchema } from '../../wire/values.ts'

/** A provider as it travels. Its key never does. */
export interface ProviderWire {
  readonly id: string
  readonly display_name: string
  readonly provider_type: ProviderType
  readonly api_base: string
  readonly models_endpoint: string
  readonly api_key_vault_path: string | null
  readonly rate_limit_rpm: number | null
  readonly is_active: boolean
  readonly origin: 'code' | 'api'
  readonly settings: JsonObject
  readonly model_count: number
  readonly last_synced: string | null
  readonly created_by: string | null
  readonly created_at: string
  readonly updated_at: string
}

export const providerWireSchema: z.ZodType<ProviderWire> = z.object({
  id: z.string(),
  display_name: z.string(),
  provider_type: z.enum(PROVIDER_TYPES),
  api_base: z.string(),
  models_endpoint: z.string(),
  api_key_vault_path: z.string().nullable(),
  rate_limit_rpm: z.int().nullable(),
  is_active: z.boolean(),
  origin: z.enum(['code', 'api']),
  settings: jsonObjectSchema,
  model_count: z.int(),
  last_synced: isoSchema.nullable(),
  created_by: z.string().nullable(),
  created_at: isoSchema,
  updated_at: isoSchema,
})

export function toProviderWire(provider: Provider, modelCount: number): ProviderWire {
  return {
    id: provider.id,
    display_name: provider.displayName,
    provider_type: provider.providerType,
    api_base: provider.apiBase,
    models_endpoint: provider.modelsEndpoint,
    api_key_vault_path: provider.apiKeyVaultPath ?? null,
    rate_limit_rpm: provider.rateLimitRpm ?? null,
    is_active: provider.isActive,
    origin: provider.origin,
    settings: provider.settings,
    model_count: modelCount,
    last_synced: isoOrNull(provider.lastSyncedAtMs),
    created_by: provider.createdBy ?? null,
    created_at: isoOf(provider.createdAtMs),
    updated_at: isoOf(provider.updatedAtMs),
  }
}

/** All providers. */
export interface ProviderListWire extends ItemsWire<ProviderWire> {
  readonly total: number
}

export const providerListWireSchema: z.ZodType<ProviderListWire> = z.object({
  items: z.array(providerWireSchema),
  total: z.int(),
})

type Trial = Awaited<ReturnType<Router['providers']['try']>>

/** How trying a provider went. */
export type ProviderTrialWire =
  | {
      readonly ok: true
      readonly models: number
      readonly chat_models: number
      /** Some ids of the list, as the provider writes them. */
      readonly examples: readonly string[]
    }
  | { readonly ok: false; readonly failure_kind: string; readonly message: string }

export const providerTrialWireSchema: z.ZodType<ProviderTrialWire> = z.discriminatedUnion('ok', [
  z.object({
    ok: z.literal(true),
    models: z.int(),
    chat_models: z.int(),
    examples: z.array(z.string()),
  }),
  z.object({ ok: z.literal(false), failure_kind: z.string(), message: z.string() }),
])

export function toProviderTrialWire(trial: Trial): ProviderTrialWire {
  if (!trial.ok) return { ok: false, failure_kind: trial.failureKind, message: trial.message }
  const { models, chatModels, examples } = trial
  return { ok: true, models, chat_models: chatModels, examples }
}

type SyncReport = Awaited<ReturnType<Router['providers']['sync']>>

/** What reading a provider's list changed. */
export interface SyncWire {
  readonly provider_id: string
  readonly models_discovered: number
  readonly models_unreadable: number
  readonly models_added: number
  /** Rows that changed. */
  readonly models_updated: number
  readonly models_unchanged: number
  readonly models_removed: number
  readonly synced_at: string
}

export const syncWireSchema: z.ZodType<SyncWire> = z.object({
  provider_id: z.string(),
  models_discovered: z.int(),
  models_unreadable: z.int(),
  models_added: z.int(),
  models_updated: z.int(),
  models_unchanged: z.int(),
  models_removed: z.int(),
  synced_at: isoSchema,
})

export function toSyncWire(report: SyncReport): SyncWire {
  return {
    provider_id: report.providerId,
    models_discovered: report.discovered,
    models_unreadable: report.unreadable,
    models_added: report.added,
    models_updated: report.updated,
    models_unchanged: report.unchanged,
    models_removed: report.removed,
    synced_at: isoOf(report.syncedAtMs),
  }
}

/** How a provider is. */
export interface HealthWire {
  readonly provider_id: string
  readonly status: HealthStatus
  readonly checked_at: string
  readonly error: string | null
}

export const healthWireSchema: z.ZodType<HealthWire> = z.object({
  provider_id: z.string(),
  status: z.enum(HEALTH_STATUSES),
  checked_at: isoSchema,
  error: z.string().nullable(),
})

export function toHealthWire(health: ProviderHealth): HealthWire {
  return {
    provider_id: health.providerId,
    status: health.status,
    checked_at: isoOf(health.checkedAtMs),
    error: health.error ?? null,
  }
}
