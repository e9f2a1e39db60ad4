import { hostIdSchema } from '@imrs/core'
import { z } from 'zod'

import { endpoint } from '../../endpoint/endpoint.ts'
import type { Endpoint, EndpointSpec } from '../../endpoint/endpoint.ts'
import type { ResolvedHttpOptions } from '../../http-options.ts'
import { PLATFORM_ADMINS } from '../../identity/access.ts'
import { itemsOf } from '../../wire/items.ts'
import { wholeNumber } from '../../wire/values.ts'
import {
  breakerWireSchema,
  setAsideWireSchema,
  sinkWireSchema,
  toBreakerWire,
  toSetAsideWire,
  toSinkWire,
} from './operation-wire.ts'

const common = { tag: 'Operations', access: PLATFORM_ADMINS } as const satisfies Partial<
  EndpointSpec<never, never, never>
>

/** How the machinery does: models left alone after failures, and records that wait for sinks. */
export function operationEndpoints(options: ResolvedHttpOptions): readonly Endpoint[] {
  return [listBreakers, listSinks, listSetAside, retrySetAside].map((make) => make(options))
}

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
        schema: itemsOf(breakerWireSchema),
      },
    },
    handle: async () => ({
      body: {
        items: router.breakers.list().flatMap(toBreakerWire),
      },
    }),
  })
}

function listSinks({ router }: ResolvedHttpOptions): Endpoint {
  return endpoint({
    ...common,
    operationId: 'listSinks',
    method: 'get',
    path: '/api/v2/admin/sinks',
    summary: 'What waits for other systems that learn from feedback',
    rateClass: 'read',
    responses: {
      200: { description: 'Every sink', schema: itemsOf(sinkWireSchema) },
    },
    handle: async ({ signal }) => ({
      body: {
        items: (await router.sinks.status({ signal })).map(toSinkWire),
      },
    }),
  })
}

const sinkParams = z.object({ sink: hostIdSchema })

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
      200: { description: 'One page', schema: itemsOf(setAsideWireSchema) },
    },
    handle: async ({ params: { sink }, query, signal }) => {
      const asked = { sink, afterSeq: query.after_seq, limit: query.per_page }
      const entries = await router.sinks.listSetAside(asked, { signal })
      return { body: { items: entries.map(toSetAsideWire) } }
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
