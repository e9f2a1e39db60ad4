import { ImrsError } from '@imrs/core'
import { z } from 'zod'

import { eventStream } from '../../answers/event-stream.ts'
import { endpoint } from '../../endpoint/endpoint.ts'
import type { Endpoint } from '../../endpoint/endpoint.ts'
import type { ResolvedHttpOptions } from '../../http-options.ts'
import { USERS } from '../../identity/access.ts'
import { wholeNumber } from '../../wire/values.ts'
import { catalogFrames } from './catalog-event-stream.ts'
import { catalogueEventsEndpoint } from './catalogue-events-endpoint.ts'
import { modelQualityEndpoints } from './model-quality-endpoint.ts'
import { modelsResponseEndpoint } from './models-response-endpoint.ts'

/** `/api/models`: the catalogue for those who choose from it; and for admins, what happened to it. */
export function catalogueEndpoints(options: ResolvedHttpOptions): readonly Endpoint[] {
  return [
    modelsResponseEndpoint(options),
    ...modelQualityEndpoints(options),
    catalogueEvents(options),
    catalogueEventsEndpoint(options),
  ]
}

function catalogueEvents(options: ResolvedHttpOptions): Endpoint {
  return endpoint({
    operationId: 'streamCatalogueEvents',
    method: 'get',
    path: '/api/models/events',
    tag: 'Catalogue',
    summary: 'What changes in the catalogue, as it changes',
    description:
      'Server-sent events: `model-added`, `model-updated`, `model-removed`, `model-deprecated`, `price-changed` with a number as the id, and `provider-health-changed` without one. With `Last-Event-ID`, or `since`, nothing that came after that number is missed. A caller may have a few streams open at once, and is answered 429 for one more.',
    access: options.publicModels ? 'anyone' : USERS,
    isEndless: true,
    rateClass: 'read',
    query: z.strictObject({ since: wholeNumber(0, 999_999_999_999_999).optional() }),
    responses: {
      200: { description: 'Events', schema: z.string(), contentType: 'text/event-stream' },
    },
    handle: async ({ query: { since }, request, signal, abandon, end }) => {
      const sinceSeq = lastEventId(request) ?? since
      const frames = catalogFrames(options, { sinceSeq, signal })
      return eventStream(frames, { runtime: options.runtime, onLeave: abandon, onEnd: end })
    },
  })
}

function lastEventId({ headers }: Request): number | undefined {
  const id = headers.get('last-event-id')
  if (id === null || id === '') return undefined
  if (/^\d{1,15}$/.test(id)) return Number(id)
  throw new ImrsError('invalid-request', '`last-event-id`: must be the number of an event', {
    field: 'last-event-id',
  })
}
