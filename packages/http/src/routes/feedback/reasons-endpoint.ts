import { FEEDBACK_REASONS } from '@imrs/core'
import type { FeedbackReason } from '@imrs/core'
import { z } from 'zod'

import { endpoint } from '../../endpoint/endpoint.ts'
import type { Endpoint } from '../../endpoint/endpoint.ts'
import type { ResolvedHttpOptions } from '../../http-options.ts'
import { TENANT_ADMINS } from '../../identity/access.ts'
import { itemsOf } from '../../wire/items.ts'
import { scopeOf, scopeQuery } from '../../wire/scope-query.ts'
import { timesAsAsked } from '../../wire/times-as-asked.ts'

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
      ...scopeQuery,
      task_type: z.string().min(1).max(50).optional(),
    }),
    responses: {
      200: { description: 'The most frequent first', schema: itemsOf(reasonCountWireSchema) },
    },
    handle: async ({ query, identity, signal }) => {
      const asked = {
        ...scopeOf(identity, query),
        taskType: query.task_type,
      }
      const found = await router.performance.reasons(asked, { signal }).catch(timesAsAsked)
      const items = found.map(({ modelId, ...counts }) => ({ model: modelId, ...counts }))
      return { body: { items } }
    },
  })
}
