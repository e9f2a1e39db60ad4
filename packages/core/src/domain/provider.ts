import { z } from 'zod'

import { isProviderId } from '../ids.ts'
import { jsonObjectSchema } from '../json.ts'
import type { JsonObject } from '../json.ts'

export const PROVIDER_TYPES = [
  'openrouter',
  'openai',
  'anthropic',
  'azure',
  'google',
  'requesty',
  'custom',
] as const

export type ProviderType = (typeof PROVIDER_TYPES)[number]

/** Whether a provider was declared in the host's code (read-only elsewhere) or made through the API. */
export type ProviderOrigin = 'code' | 'api'

/** A service that hosts models: a row of `llm_providers`. */
export interface Provider {
  /** Lower-case letters, digits, `_`, `-`; 50 at most; no slash. */
  readonly id: string
  readonly displayName: string
  readonly providerType: ProviderType
  /** Base URL of the API, without a trailing slash. */
  readonly apiBase: string
  /** Path of the model list below {@link apiBase}. */
  readonly modelsEndpoint: string
  /** Where the key lies in the secret store; never the key. `undefined` when the provider needs none. */
  readonly apiKeyVaultPath?: string | undefined
  readonly rateLimitRpm?: number | undefined
  readonly isActive: boolean
  readonly origin: ProviderOrigin
  /** What only the family understands: extra headers, API version, a switch for loopback addresses. No secrets. */
  readonly settings: JsonObject
  readonly lastSyncedAtMs?: number | undefined
  readonly createdBy?: string | undefined
  readonly createdAtMs: number
  readonly updatedAtMs: number
}

export const providerSchema: z.ZodType<Provider> = z.object({
  id: z.string().refine(isProviderId, 'must be 1 to 50 lower-case letters, digits, _ or -'),
  displayName: z.string().min(1).max(100),
  providerType: z.enum(PROVIDER_TYPES),
  apiBase: z.url({ protocol: /^https?$/ }).max(255),
  modelsEndpoint: z.string().max(255),
  apiKeyVaultPath: z.string().max(255).optional(),
  rateLimitRpm: z.int().positive().optional(),
  isActive: z.boolean(),
  origin: z.enum(['code', 'api']),
  settings: jsonObjectSchema,
  lastSyncedAtMs: z.int().optional(),
  createdBy: z.string().optional(),
  createdAtMs: z.int(),
  updatedAtMs: z.int(),
})

/** Where the key of a provider lies by convention. */
export function vaultPathOf(providerId: string): string {
  return `secret/llm/${providerId}`
}

export const HEALTH_STATUSES = ['healthy', 'degraded', 'down'] as const
export type HealthStatus = (typeof HEALTH_STATUSES)[number]

/** What is believed about a provider right now: a row of `provider_health`. */
export interface ProviderHealth {
  readonly providerId: string
  readonly status: HealthStatus
  readonly checkedAtMs: number
  /** For people; redacted. */
  readonly error?: string | undefined
}

/** The stored health of a provider changed its status: a row of `provider_health_history`. */
export interface ProviderHealthChange {
  /** Rises in the order in which the changes of one provider were made. */
  readonly seq: number
  readonly providerId: string
  /** When what changed it was observed. */
  readonly atMs: number
  /** `healthy` where nothing had been stored. */
  readonly from: HealthStatus
  readonly to: HealthStatus
  /** For people; redacted. */
  readonly error?: string | undefined
}
