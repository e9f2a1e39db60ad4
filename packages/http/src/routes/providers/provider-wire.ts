import { PROVIDER_TYPES, jsonObjectSchema } from '@imrs/core'
import type { JsonObject, Provider, ProviderType } from '@imrs/core'
import { z } from 'zod'

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
  last_synced: z.iso.datetime().nullable(),
  created_by: z.string().nullable(),
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
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
    last_synced: isoOf(provider.lastSyncedAtMs),
    created_by: provider.createdBy ?? null,
    created_at: new Date(provider.createdAtMs).toISOString(),
    updated_at: new Date(provider.updatedAtMs).toISOString(),
  }
}

function isoOf(atMs: number | undefined): string | null {
  return atMs === undefined ? null : new Date(atMs).toISOString()
}
