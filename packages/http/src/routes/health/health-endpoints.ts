import { HEALTH_STATUSES } from '@imrs/core'
import { z } from 'zod'

import { endpoint } from '../../endpoint/endpoint.ts'
import type { Endpoint } from '../../endpoint/endpoint.ts'
import type { ResolvedHttpOptions } from '../../http-options.ts'

const READY = 'ready'

/** `/api/health`: for load balancers and for people. Neither names a provider nor a reason. */
export function healthEndpoints({ router }: ResolvedHttpOptions): readonly Endpoint[] {
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
    handle: async ({ signal }) => {
      await router.providers.list({ signal })
      const providers = Object.fromEntries(HEALTH_STATUSES.map((status) => [status, 0]))
      for (const { status } of await router.health.list({ signal })) {
        providers[status] = (providers[status] ?? 0) + 1
      }
      return { body: { status: READY, providers } }
    },
  })
  return [live, ready]
}
