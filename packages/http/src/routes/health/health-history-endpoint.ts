import { HEALTH_STATUSES } from '@imrs/core'
import type { HealthStatus, ProviderHealthChange } from '@imrs/core'
import { z } from 'zod'

import { endpoint } from '../../endpoint/endpoint.ts'
import type { Endpoint } from '../../endpoint/endpoint.ts'
import type { ResolvedHttpOptions } from '../../http-options.ts'
import { PLATFORM_ADMINS } from '../../identity/access.ts'
import { timeQuery } from '../../wire/periods.ts'
import { timesAsAsked } from '../../wire/times-as-asked.ts'
import { isoOf, isoSchema, wholeNumber } from '../../wire/values.ts'

/** One change of a provider's health, as it travels. */
export interface HealthChangeWire {
  readonly seq: number
  readonly provider_id: string
  readonly at: string
  readonly from: HealthStatus
  readonly to: HealthStatus
  readonly error: string | null
}

/** One page of how providers were. */
export interface HealthHistoryWire {
  readonly items: readonly HealthChangeWire[]
  /** `null` on the last page. */
  readonly next_before: number | null
}

export const healthHistoryWireSchema: z.ZodType<HealthHistoryWire> = z.object({
  items: z.array(
    z.object({
      seq: z.int(),
      provider_id: z.string(),
      at: isoSchema,
      from: z.enum(HEALTH_STATUSES),
      to: z.enum(HEALTH_STATUSES),
      error: z.string().nullable(),
    }),
  ),
  next_before: z
    .int()
    .nullable()
    .describe('To be given as `before` for the page that follows; null at the end.'),
})

/** `GET /api/v2/admin/health/history`. */
export function healthHistoryEndpoint({ router }: ResolvedHttpOptions): Endpoint {
  return endpoint({
    operationId: 'listHealthHistory',
    method: 'get',
    path: '/api/v2/admin/health/history',
    tag: 'Providers',
    summary: 'How providers were, newest first',
    description:
      'Each change of status once, whichever process saw it. Kept for 90 days, unless the host says otherwise. `from` is included, `to` and `before` are not.',
    access: PLATFORM_ADMINS,
    rateClass: 'read',
    query: z.strictObject({
      provider_id: z.string().min(1).max(50).optional(),
      from: timeQuery.optional(),
      to: timeQuery.optional(),
      before: wholeNumber(0, 999_999_999_999_999).optional(),
      limit: wholeNumber(1, 1000).prefault('100'),
    }),
    responses: { 200: { description: 'One page', schema: healthHistoryWireSchema } },
    handle: async ({ query, signal }) => {
      const { provider_id: providerId, from: fromMs, to: toMs, before: beforeSeq, limit } = query
      const asked = { providerId, fromMs, toMs, beforeSeq, limit }
      const changes = await router.health.history(asked, { signal }).catch(timesAsAsked)
      const next = changes.length < limit ? undefined : changes.at(-1)?.seq
      return { body: { items: changes.map(toHealthChangeWire), next_before: next ?? null } }
    },
  })
}

function toHealthChangeWire(change: ProviderHealthChange): HealthChangeWire {
  const { seq, providerId, atMs, from, to, error } = change
  return { seq, provider_id: providerId, at: isoOf(atMs), from, to, error: error ?? null }
}
