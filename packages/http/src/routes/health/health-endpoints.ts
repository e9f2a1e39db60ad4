import { HEALTH_STATUSES } from '@imrs/core'
import type { Router } from '@imrs/router'
import { z } from 'zod'

import { endpoint } from '../../endpoint/endpoint.ts'
import type { Endpoint } from '../../endpoint/endpoint.ts'
import { sharedRead } from '../../guards/shared-read.ts'
import type { ResolvedHttpOptions } from '../../http-options.ts'

const READY = 'ready'

/** Anybody may ask, as often as they like: the store is asked once a second at most. */
const FRESH_MS = 1000

/** `/api/health`: for load balancers and for people. Neither names a provider nor a reason. */
export function healthEndpoints({ router, runtime }: ResolvedHttpOptions): readonly Endpoint[] {
  const readProviders = sharedRead(() => countProviders(router), { freshMs: FRESH_MS, runtime })
  const live = endpoint({
    operationId: 'getLiveness',
    method: 'get',
    path: '/api/health/live',
    tag: 'Health',
    summary: 'Whether the process answers',
    access: 'anyone',
    rateClass: () => undefined,
    responses: { 200: { description: 'It does', schema: z.object({ status: z.literal('live') }) } },
    handle: async () => ({ body: { status: 'live' } }),
  })
  const ready = endpoint({
    operationId: 'getReadiness',
    method: 'get',
    path: '/api/health/ready',
    tag: 'Health',
    summary: 'Whether chats can be answered: the store is there and some provider works',
    description: 'The store is asked once a second at most: an answer may be a second old.',
    access: 'anyone',
    rateClass: () => undefined,
    responses: {
      200: {
        description: 'They can',
        schema: z.object({
          status: z.literal(READY),
          providers: z.record(z.enum(HEALTH_STATUSES), z.int()),
        }),
      },
    },
    errors: ['model-unavailable', 'closed'],
    handle: async ({ signal }) => ({
      body: { status: READY, providers: await readProviders(signal) },
    }),
  })
  return [live, ready]
}

/** How many providers there are of each health. The store is asked, as what is in memory needs none. */
async function countProviders(router: Router): Promise<Readonly<Record<string, number>>> {
  await router.providers.list()
  const providers = Object.fromEntries(HEALTH_STATUSES.map((status) => [status, 0]))
  for (const { status } of await router.health.list()) {
    providers[status] = (providers[status] ?? 0) + 1
  }
  return providers
}
