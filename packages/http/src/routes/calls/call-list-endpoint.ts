import { hostIdSchema } from '@imrs/core'
import { z } from 'zod'

import { endpoint } from '../../endpoint/endpoint.ts'
import type { Endpoint } from '../../endpoint/endpoint.ts'
import type { ResolvedHttpOptions } from '../../http-options.ts'
import { TENANT_ADMINS } from '../../identity/access.ts'
import { scopeOf, scopeQuery } from '../../wire/scope-query.ts'
import { timesAsAsked } from '../../wire/times-as-asked.ts'
import { modelIdParam, wholeNumber } from '../../wire/values.ts'
import { fromCallCursor } from './call-cursor.ts'
import { callPageWireSchema, toCallPageWire } from './call-wire.ts'

/** `GET /api/v2/admin/calls`. */
export function callListEndpoint({ router }: ResolvedHttpOptions): Endpoint {
  return endpoint({
    operationId: 'listCalls',
    method: 'get',
    path: '/api/v2/admin/calls',
    tag: 'Audit',
    summary: 'The calls that were made to models, newest first',
    description:
      'Each with its message and decision, whose it was, how it ended, its tokens and its cost, as long as answers are kept. `from` is included, `to` is not. A page looks at a few thousand calls at most: with a filter it may be short, or empty, and have a `next_cursor` all the same.',
    access: TENANT_ADMINS,
    openToBound: true,
    rateClass: 'read',
    query: z.strictObject({
      ...scopeQuery,
      user_id: hostIdSchema.optional(),
      model: modelIdParam.optional().describe('The id the model had then.'),
      cursor: z
        .string()
        .min(1)
        .max(2000)
        .optional()
        .describe('The `next_cursor` of the page before.'),
      limit: wholeNumber(1, 1000).prefault('100'),
    }),
    responses: { 200: { description: 'One page', schema: callPageWireSchema } },
    handle: async ({ query, identity, signal }) => {
      const asked = {
        ...scopeOf(identity, query),
        userId: query.user_id,
        modelId: query.model,
        after: query.cursor === undefined ? undefined : fromCallCursor(query.cursor),
        limit: query.limit,
      }
      const page = await router.calls.list(asked, { signal }).catch(timesAsAsked)
      return { body: toCallPageWire(page) }
    },
  })
}
