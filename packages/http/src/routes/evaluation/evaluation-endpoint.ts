import { hostIdSchema } from '@imrs/core'
import { isStrategyName, namedStrategy } from '@imrs/router'
import type { StrategyName } from '@imrs/router'
import { z } from 'zod'

import { endpoint } from '../../endpoint/endpoint.ts'
import type { Endpoint } from '../../endpoint/endpoint.ts'
import type { ResolvedHttpOptions } from '../../http-options.ts'
import { TENANT_ADMINS, tenantOf } from '../../identity/access.ts'
import { itemsOf } from '../../wire/items.ts'
import { timeQuery } from '../../wire/periods.ts'
import { timesAsAsked } from '../../wire/times-as-asked.ts'
import { tenantQuery } from '../../wire/values.ts'
import { evaluationWireSchema, toEvaluationWire } from './evaluation-wire.ts'

/** Each reads the log once more. */
const MOST_STRATEGIES = 6
/** What the log alone cannot judge, since it says nothing of latency. */
const NOT_JUDGED = /\bfastest\b/

const strategiesQuery: z.ZodType<readonly StrategyName[]> = z
  .string()
  .max(300)
  .transform((text) => text.split(','))
  .pipe(
    z
      .array(z.custom<StrategyName>(isJudged, 'names no strategy that a log can judge'))
      .min(1)
      .max(MOST_STRATEGIES),
  )
  .meta({ type: 'string' })

function isJudged(name: unknown): boolean {
  return typeof name === 'string' && isStrategyName(name) && !NOT_JUDGED.test(name)
}

/** `GET /api/v2/admin/evaluation`: what other strategies would have earned. */
export function evaluationEndpoint({ router }: ResolvedHttpOptions): Endpoint {
  return endpoint({
    operationId: 'evaluateStrategies',
    method: 'get',
    path: '/api/v2/admin/evaluation',
    tag: 'Performance',
    summary: 'What strategies would have earned on the requests that were rated',
    description:
      'Off-policy estimates from stored decisions alone, with 95 % intervals; refused where too few decisions bear on a strategy. Strategies by name, divided by commas: `weighted`, `priority`, `adaptive`, `cheapest`, `cheapest-within`, `experiment:<a>+<b>`.',
    access: TENANT_ADMINS,
    rateClass: 'refresh',
    query: z.strictObject({
      strategies: strategiesQuery,
      tenant_id: tenantQuery,
      agent_id: hostIdSchema.optional(),
      logged_by: z.string().min(1).max(300).optional(),
      from: timeQuery.optional(),
      to: timeQuery.optional(),
    }),
    responses: {
      200: {
        description: 'One report each, in their order',
        schema: itemsOf(evaluationWireSchema),
      },
    },
    handle: async ({ query, identity, signal }) => {
      const reports = await router
        .evaluate(
          {
            strategies: query.strategies.map((name) => namedStrategy(name)),
            tenantId: tenantOf(identity, query.tenant_id),
            agentId: query.agent_id,
            loggedBy: query.logged_by,
            fromMs: query.from,
            toMs: query.to,
          },
          { signal },
        )
        .catch(timesAsAsked)
      return { body: { items: reports.map(toEvaluationWire) } }
    },
  })
}
