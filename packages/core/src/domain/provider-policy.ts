import { z } from 'zod'

import type { Provider } from './provider.ts'

/** How the router treats a provider: part of its settings, each field on its own. */
export interface ProviderPolicy {
  /** Requests that may come at once, within `rateLimitRpm`. Default: a tenth of it, at least 1. */
  readonly rateLimitBurst?: number | undefined
  /**
   * How often a call that failed before its first part is made again, at the same model. Default: not
   * at all while there is another model to try, and twice at the last one.
   */
  readonly maxRetries?: number | undefined
  /** The longest wait before the first repetition, milliseconds; doubled for each one after. The wait is drawn from 0 to that. Default: 500. */
  readonly backoffMs?: number | undefined
  /** Path below the API base that is asked how the provider is. Default: the one that checks the key. */
  readonly healthEndpoint?: string | undefined
}

export const providerPolicySchema: z.ZodType<ProviderPolicy> = z.object({
  rateLimitBurst: z.int().min(1).max(100_000).optional(),
  maxRetries: z.int().min(0).max(10).optional(),
  backoffMs: z.int().min(0).max(60_000).optional(),
  healthEndpoint: z
    .string()
    .regex(/^\/[^\s#]*$/, 'must be a path that begins with /')
    .max(255)
    .optional(),
})

/** A policy with its defaults. */
export interface ResolvedProviderPolicy {
  readonly rateLimitBurst: number
  /** `undefined`: only at the last model. */
  readonly maxRetries: number | undefined
  readonly backoffMs: number
  readonly healthEndpoint: string | undefined
}

/** What a provider's row says; a field that is not what it should be counts as absent. */
export function providerPolicyOf({
  settings,
  rateLimitRpm = 0,
}: Pick<Provider, 'settings' | 'rateLimitRpm'>): ResolvedProviderPolicy {
  const { data = {} } = providerPolicySchema.safeParse(settings)
  return {
    rateLimitBurst: data.rateLimitBurst ?? Math.max(1, Math.ceil(rateLimitRpm / 10)),
    maxRetries: data.maxRetries,
    backoffMs: data.backoffMs ?? 500,
    healthEndpoint: data.healthEndpoint,
  }
}
