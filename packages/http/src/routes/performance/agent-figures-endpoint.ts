import { hostIdSchema } from '@imrs/core'
import { z } from 'zod'

import { endpoint } from '../../endpoint/endpoint.ts'
import type { Endpoint } from '../../endpoint/endpoint.ts'
import type { ResolvedHttpOptions } from '../../http-options.ts'
import { TENANT_ADMINS, USERS, agentOf } from '../../identity/access.ts'
import { wholeNumber } from '../../wire/values.ts'
import { figuresWireSchema, toModelFigures } from './figures-wire.ts'

const DAY_MS = 86_400_000
const DEFAULT_DAYS = 30

/** `GET /api/performance`: how the models of one agent did, for those who chat with it. */
export function agentFiguresEndpoint(options: ResolvedHttpOptions): Endpoint {
  const { router, runtime, defaultAgentId, figuresForUsers } = options
  return endpoint({
    operationId: 'getAgentFigures',
    method: 'get',
    path: '/api/performance',
    tag: 'Performance',
    summary: 'How the models of one agent did in the last days',
    description:
      'Everybody’s requests and ratings together, of the agent that is named, or the default one. Users read it where the host allows them to.',
    access: figuresForUsers ? USERS : TENANT_ADMINS,
    openToBound: true,
    rateClass: 'read',
    query: z.strictObject({
      agentId: hostIdSchema.optional(),
      days: wholeNumber(1, 366).optional().describe('Today included. Default: 30.'),
    }),
    responses: { 200: { description: 'The most used first', schema: figuresWireSchema } },
    handle: async ({ query: { agentId: named, days = DEFAULT_DAYS }, identity, signal }) => {
      const agentId = agentOf(identity, { named, byDefault: defaultAgentId })
      const fromMs = runtime.now() - (days - 1) * DAY_MS
      const { tenantId } = identity
      const { rows } = await router.performance.report({ tenantId, agentId, fromMs }, { signal })
      return { body: { agentId, days, models: rows.map(toModelFigures) } }
    },
  })
}
