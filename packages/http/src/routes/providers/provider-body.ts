import { PROVIDER_TYPES, isProviderId, jsonObjectSchema } from '@imrs/core'
import type { JsonObject, ProviderType } from '@imrs/core'
import type { Router } from '@imrs/router'
import { z } from 'zod'

import { definedOnly } from '../../wire/defined-only.ts'

export type NewProvider = Parameters<Router['providers']['create']>[0]
export type ProviderChanges = Parameters<Router['providers']['update']>[1]

/** The body that makes or tries a provider. */
export interface ProviderBody {
  readonly id: string
  readonly display_name?: string | undefined
  readonly provider_type: ProviderType
  readonly api_base: string
  readonly models_endpoint?: string | undefined
  /** Goes to the secret store and is in no answer. */
  readonly api_key?: string | undefined
  readonly rate_limit_rpm?: number | undefined
  readonly settings?: JsonObject | undefined
}

/** The body that changes one; what is left out stays. */
export interface ProviderChangesBody extends Omit<
  ProviderBody,
  'id' | 'provider_type' | 'api_base'
> {
  readonly api_base?: string | undefined
  readonly is_active?: boolean | undefined
}

const changeable = {
  display_name: z.string().min(1).max(100).optional(),
  models_endpoint: z.string().max(255).optional(),
  api_key: z
    .string()
    .min(1)
    .max(4096)
    .optional()
    .describe('Goes to the secret store; no answer ever holds it.'),
  rate_limit_rpm: z.int().positive().max(10_000_000).optional(),
  settings: jsonObjectSchema.optional(),
}
const apiBase = z.url({ protocol: /^https?$/, error: 'must be an http or https address' }).max(255)

export const providerBodySchema: z.ZodType<ProviderBody> = z.strictObject({
  id: z.string().refine(isProviderId, 'must be 1 to 50 lower-case letters, digits, _ or -'),
  provider_type: z.enum(PROVIDER_TYPES),
  api_base: apiBase,
  ...changeable,
})

export const providerChangesBodySchema: z.ZodType<ProviderChangesBody> = z.strictObject({
  api_base: apiBase.optional(),
  is_active: z.boolean().optional(),
  ...changeable,
})

export function toNewProvider(body: ProviderBody, by: string): NewProvider {
  return {
    id: body.id,
    displayName: body.display_name,
    providerType: body.provider_type,
    apiBase: body.api_base,
    modelsEndpoint: body.models_endpoint,
    apiKey: body.api_key,
    rateLimitRpm: body.rate_limit_rpm,
    settings: body.settings,
    by,
  }
}

export function toProviderChanges(body: ProviderChangesBody, by: string): ProviderChanges {
  return definedOnly({
    displayName: body.display_name,
    apiBase: body.api_base,
    modelsEndpoint: body.models_endpoint,
    apiKey: body.api_key,
    rateLimitRpm: body.rate_limit_rpm,
    settings: body.settings,
    isActive: body.is_active,
    by,
  })
}
