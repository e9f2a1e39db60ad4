import { z } from 'zod'

import { endpoint } from '../endpoint/endpoint.ts'
import type { Endpoint } from '../endpoint/endpoint.ts'
import type { ResolvedHttpOptions } from '../http-options.ts'
import { openApiDocument } from './openapi-document.ts'
import type { OpenApiDocument } from './openapi-document.ts'

/** The description of the door. It is no secret. */
export function openApiEndpoints(
  options: ResolvedHttpOptions,
  described: readonly Endpoint[],
): readonly Endpoint[] {
  let document: OpenApiDocument | undefined
  const self: Endpoint = endpoint({
    operationId: 'getOpenApiDocument',
    method: 'get',
    path: '/api/openapi.json',
    tag: 'Description',
    summary: 'This document',
    access: 'anyone',
    rateClass: 'read',
    responses: { 200: { description: 'OpenAPI 3.1', schema: z.record(z.string(), z.unknown()) } },
    handle: async () => {
      document ??= openApiDocument([...described, self], options)
      return { body: document, headers: { 'cache-control': 'public, max-age=60' } }
    },
  })
  return [self]
}
