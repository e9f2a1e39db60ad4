import { ImrsError, PICKER_MEASURES } from '@imrs/core'
import { PROMETHEUS_CONTENT_TYPE, toPrometheusText } from '@imrs/router'
import { z } from 'zod'

import { endpoint } from '../../endpoint/endpoint.ts'
import type { Endpoint } from '../../endpoint/endpoint.ts'
import type { ResolvedHttpOptions } from '../../http-options.ts'
import { PLATFORM_ADMINS, USERS } from '../../identity/access.ts'
import { isSameSecret } from '../../identity/same-secret.ts'

const MAX_MEASURES = 20
const MAX_MEASURE_MS = 600_000

/** `GET /api/metrics` for Prometheus, and what pickers in browsers measured. */
export function metricsEndpoints(options: ResolvedHttpOptions): readonly Endpoint[] {
  return [readEndpoint(options), pickerEndpoint(options)]
}

function readEndpoint({ router, metricsKey }: ResolvedHttpOptions): Endpoint {
  return endpoint({
    operationId: 'getMetrics',
    method: 'get',
    path: '/api/metrics',
    tag: 'Metrics',
    summary: 'The figures of this process, as Prometheus reads them',
    description:
      metricsKey === undefined
        ? 'Names providers and models, and no tenant or user.'
        : 'Names providers and models, and no tenant or user. Needs `Authorization: Bearer` with the metrics key.',
    access: metricsKey === undefined ? PLATFORM_ADMINS : 'anyone',
    rateClass: 'read',
    responses: {
      200: { description: 'Text of version 0.0.4', schema: z.string(), contentType: 'text/plain' },
    },
    errors: metricsKey === undefined ? [] : ['unauthenticated'],
    handle: async ({ request }) => {
      if (metricsKey !== undefined) assertKey(request, metricsKey)
      return new Response(toPrometheusText(router.metrics.snapshot().families), {
        headers: { 'content-type': PROMETHEUS_CONTENT_TYPE, 'cache-control': 'private, no-store' },
      })
    },
  })
}

function assertKey({ headers }: Request, key: string): void {
  const [scheme = '', given = ''] = (headers.get('authorization') ?? '').split(' ')
  if (scheme.toLowerCase() === 'bearer' && isSameSecret(given, key)) return
  throw new ImrsError('unauthenticated', 'This needs the metrics key as a bearer token.')
}

function pickerEndpoint({ router }: ResolvedHttpOptions): Endpoint {
  return endpoint({
    operationId: 'recordPickerPerformance',
    method: 'post',
    path: '/api/metrics/picker',
    tag: 'Metrics',
    summary: 'Takes how long a model picker took in a browser',
    description: 'What is sent is counted as it is; nothing of who sent it is kept.',
    access: USERS,
    rateClass: 'write',
    body: z.strictObject({
      measures: z
        .array(
          z.strictObject({
            measure: z.enum(PICKER_MEASURES),
            durationMs: z.number().min(0).max(MAX_MEASURE_MS),
          }),
        )
        .min(1)
        .max(MAX_MEASURES),
    }),
    responses: { 204: { description: 'They are counted' } },
    handle: async ({ body }) => {
      for (const measured of body.measures) router.metrics.pickerMeasured(measured)
      return {}
    },
  })
}
