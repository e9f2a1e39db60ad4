import { FEEDBACK_REASONS, hostIdSchema } from '@imrs/core'
import type { FeedbackReason } from '@imrs/core'
import { z } from 'zod'

import { endpoint } from '../../endpoint/endpoint.ts'
import type { Endpoint } from '../../endpoint/endpoint.ts'
import type { ResolvedHttpOptions } from '../../http-options.ts'
import { TENANT_ADMINS, agentSeenBy, tenantOf } from '../../identity/access.ts'
import { itemsOf } from '../../wire/items.ts'
import { timeQuery } from '../../wire/periods.ts'
import { timesAsAsked } from '../../wire/times-as-asked.ts'
import { tenantQuery } from '../../wire/values.ts'

/** How often a reason goes with ratings of answers of a model that count now. */
export interface ReasonCountWire {
  readonly model: string
  readonly reason: FeedbackReason
  /** With ratings of .5 and more. */
  readonly good: number
  readonly bad: number
}

const reasonCountWireSchema: z.ZodType<ReasonCountWire> = z.object({
  model: z.string(),
  reason: z.enum(FEEDBACK_REASONS),
  good: z.int().describe('With ratings of .5 and more.'),
  bad: z.int(),
})

/** `GET /api/v2/admin/feedback/reasons`. */
export function reasonsEndpoint({ router }: ResolvedHttpOptions): Endpoint {
  return endpoint({
    operationId: 'getFeedbackReasons',
    method: 'get',
    path: '/api/v2/admin/feedback/reasons',
    tag: 'Feedback',
    summary: 'Why users rated answers as they did, by model',
    description:
      'Of answers made from `from` to before `to`: the last 30 days unless you say otherwise, at most 366. Reasons of ratings that were replaced or taken back are not counted.',
    access: TENANT_ADMINS,
    openToBound: true,
    rateClass: 'read',
    query: z.strictObject({
      tenant_id: tenantQuery,
      agent_id: hostIdSchema.optional(),
      task_type: z.string().min(1).max(50).optional(),
      from: timeQuery.optional(),
      to: timeQuery.optional(),
    }),
    responses: {
      200: { description: 'The most frequent first', schema: itemsOf(reasonCountWireSchema) },
    },
    handle: async ({ query, identity, signal }) => {
      const asked = {
        tenantId: tenantOf(identity, query.tenant_id),
        agentId: agentSeenBy(identity, query.agent_id),
        taskType: query.task_type,
        fromMs: query.from,
        toMs: query.to,
      }
      const found = await router.performance.reasons(asked, { signal }).catch(timesAsAsked)
      const items = found.map(({ modelId, ...counts }) => ({ model: modelId, ...counts }))
      return { body: { items } }
    },
  })
}
