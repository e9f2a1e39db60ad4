import { CATALOG_EVENT_TYPES } from '@imrs/core'
import { z } from 'zod'

import { endpoint } from '../../endpoint/endpoint.ts'
import type { Endpoint } from '../../endpoint/endpoint.ts'
import type { ResolvedHttpOptions } from '../../http-options.ts'
import { TENANT_ADMINS } from '../../identity/access.ts'
import { wholeNumber } from '../../wire/values.ts'
import { catalogueEventWireSchema, toCatalogueEventWire } from './catalogue-event-wire.ts'
import type { CatalogueEventWire } from './catalogue-event-wire.ts'

const eventNumber = wholeNumber(0, 999_999_999_999_999)

/** One page of what happened to the catalogue. */
export interface CatalogueEventPageWire {
  readonly items: readonly CatalogueEventWire[]
  readonly next: number | null
}

const pageSchema: z.ZodType<CatalogueEventPageWire> = z.object({
  items: z.array(catalogueEventWireSchema),
  next: z
    .int()
    .nullable()
    .describe('To be given as `before` (newest first) or `since` (oldest first); null at the end.'),
})

/** `GET /api/v2/admin/catalogue/events`. */
export function catalogueEventsEndpoint({ router }: ResolvedHttpOptions): Endpoint {
  return endpoint({
    operationId: 'listCatalogueEvents',
    method: 'get',
    path: '/api/v2/admin/catalogue/events',
    tag: 'Catalogue',
    summary: 'What happened to the catalogue, newest first',
    description:
      'What syncs added, changed, priced anew, deprecated and removed. `since` and `before` are numbers of events, themselves not included.',
    access: TENANT_ADMINS,
    // The catalogue is everybody's: nothing in it belongs to an agent.
    openToBound: true,
    rateClass: 'read',
    query: z.strictObject({
      direction: z.enum(['asc', 'desc']).default('desc'),
      since: eventNumber.optional(),
      before: eventNumber.optional(),
      provider_id: z.string().min(1).max(50).optional(),
      type: z.enum(CATALOG_EVENT_TYPES).optional(),
      limit: wholeNumber(1, 1000).prefault('100'),
    }),
    responses: { 200: { description: 'One page', schema: pageSchema } },
    handle: async ({ query, signal }) => {
      const { direction, since: sinceSeq, before: beforeSeq, type, limit } = query
      const asked = { direction, sinceSeq, beforeSeq, providerId: query.provider_id, type, limit }
      const events = await router.models.events(asked, { signal })
      const next = events.length < limit ? null : (events.at(-1)?.seq ?? null)
      return { body: { items: events.map(toCatalogueEventWire), next } }
    },
  })
}
