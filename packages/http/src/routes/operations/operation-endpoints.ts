import { hostIdSchema } from '@imrs/core'
import type { BreakerReport } from '@imrs/router'
import { z } from 'zod'

import { endpoint } from '../../endpoint/endpoint.ts'
import type { Endpoint, EndpointSpec } from '../../endpoint/endpoint.ts'
import type { ResolvedHttpOptions } from '../../http-options.ts'
import { PLATFORM_ADMINS } from '../../identity/access.ts'
import { isoOf, isoOrNull, isoSchema, wholeNumber } from '../../wire/values.ts'

const common = { tag: 'Operations', access: PLATFORM_ADMINS } as const satisfies Partial<
  EndpointSpec<never, never, never>
>

/** How the machinery does: models left alone after failures, and records that wait for sinks. */
export function operationEndpoints(options: ResolvedHttpOptions): readonly Endpoint[] {
  return [listBreakers, listSinks, listSetAside, retrySetAside].map((make) => make(options))
}

const breakerSchema = z.object({
  provider_id: z.string(),
  model_id: z.string(),
  state: z.enum(['open', 'half-open']),
  open_until: isoSchema.nullable(),
  failure_kind: z.string(),
})

function listBreakers({ router }: ResolvedHttpOptions): Endpoint {
  return endpoint({
    ...common,
    operationId: 'listBreakers',
    method: 'get',
    path: '/api/v2/admin/breakers',
    summary: 'Models that this process leaves alone after failures, and until when',
    rateClass: 'read',
    responses: {
      200: {
        description: 'All that are not closed',
        schema: z.object({ items: z.array(breakerSchema) }),
      },
    },
    handle: async () => ({
      body: {
        items: router.breakers.list().flatMap(toBreakerWire),
      },
    }),
  })
}

function toBreakerWire({
  providerId,
  modelId,
  state,
}: BreakerReport): readonly z.infer<typeof breakerSchema>[] {
  if (state.kind === 'closed') return []
  return [
    {
      provider_id: providerId,
      model_id: modelId,
      state: state.kind,
      open_until: state.kind === 'open' ? isoOf(state.untilMs) : null,
      failure_kind: state.failureKind,
    },
  ]
}

const sinkSchema = z.object({
  name: z.string(),
  is_configured: z.boolean(),
  pending: z.int(),
  oldest_age_ms: z.number().nullable(),
  set_aside: z.int(),
  is_down: z.boolean(),
  failure: z.string().nullable(),
  retry_at: isoSchema.nullable(),
})

function listSinks({ router }: ResolvedHttpOptions): Endpoint {
  return endpoint({
    ...common,
    operationId: 'listSinks',
    method: 'get',
    path: '/api/v2/admin/sinks',
    summary: 'What waits for other systems that learn from feedback',
    rateClass: 'read',
    responses: {
      200: { description: 'Every sink', schema: z.object({ items: z.array(sinkSchema) }) },
    },
    handle: async ({ signal }) => ({
      body: {
        items: (await router.sinks.status({ signal })).map((sink) => ({
          name: sink.name,
          is_configured: sink.isConfigured,
          pending: sink.pending,
          oldest_age_ms: sink.oldestAgeMs ?? null,
          set_aside: sink.setAside,
          is_down: sink.isDown,
          failure: sink.failure ?? null,
          retry_at: isoOrNull(sink.retryAtMs),
        })),
      },
    }),
  })
}

const sinkParams = z.object({ sink: hostIdSchema })

const setAsideSchema = z.object({
  seq: z.int(),
  tenant_id: z.string(),
  message_id: z.string(),
  reason: z.string(),
  set_aside_at: isoSchema.nullable(),
})

function listSetAside({ router }: ResolvedHttpOptions): Endpoint {
  return endpoint({
    ...common,
    operationId: 'listSetAside',
    method: 'get',
    path: '/api/v2/admin/sinks/{sink}/set-aside',
    summary: 'Records that a sink refused for good, each with its reason',
    rateClass: 'read',
    params: sinkParams,
    query: z.strictObject({
      after_seq: wholeNumber(0, 999_999_999_999_999).optional(),
      per_page: wholeNumber(1, 1000).prefault('100'),
    }),
    responses: {
      200: { description: 'One page', schema: z.object({ items: z.array(setAsideSchema) }) },
    },
    handle: async ({ params: { sink }, query, signal }) => {
      const asked = { sink, afterSeq: query.after_seq, limit: query.per_page }
      const entries = await router.sinks.listSetAside(asked, { signal })
      return {
        body: {
          items: entries.map((entry) => ({
            seq: entry.seq,
            tenant_id: entry.tenantId,
            message_id: entry.record.event.messageId,
            reason: entry.reason,
            set_aside_at: isoOrNull(entry.setAsideAtMs),
          })),
        },
      }
    },
  })
}

function retrySetAside({ router }: ResolvedHttpOptions): Endpoint {
  return endpoint({
    ...common,
    operationId: 'retrySetAside',
    method: 'post',
    path: '/api/v2/admin/sinks/{sink}/retry',
    summary: 'Tries what was set aside again, and a sink that is down now instead of later',
    rateClass: 'write',
    params: sinkParams,
    responses: {
      200: { description: 'How many records come back', schema: z.object({ retried: z.int() }) },
    },
    handle: async ({ params: { sink }, signal }) => ({
      body: { retried: await router.sinks.retry({ sink }, { signal }) },
    }),
  })
}
