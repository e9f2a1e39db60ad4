import { z } from 'zod'

import { endpoint } from '../endpoint/endpoint.ts'
import type { Endpoint } from '../endpoint/endpoint.ts'
import type { ResolvedHttpOptions } from '../http-options.ts'
import { openApiDocument } from './openapi-document.ts'
import type { OpenApiDocument } from './openapi-document.ts'
import { REFERENCE_POLICY, referencePage } from './reference-page.ts'

const CACHING = { 'cache-control': 'public, max-age=60' }

/** The description of the door. It is no secret. */
export function openApiEndpoints(
  options: ResolvedHttpOptions,
  described: readonly Endpoint[],
): readonly Endpoint[] {
  let document: OpenApiDocument | undefined
  let html: string | undefined
  const describe = (): OpenApiDocument =>
    (document ??= openApiDocument([...described, self, page], options))
  const self: Endpoint = endpoint({
    operationId: 'getOpenApiDocument',
    method: 'get',
    path: '/api/openapi.json',
    tag: 'Description',
    summary: 'This document',
    access: 'anyone',
    rateClass: 'read',
    responses: { 200: { description: 'OpenAPI 3.1', schema: z.record(z.string(), z.unknown()) } },
    handle: async () => ({ body: describe(), headers: CACHING }),
  })
  const page: Endpoint = endpoint({
    operationId: 'getReferencePage',
    method: 'get',
    path: '/api/docs',
    tag: 'Description',
    summary: 'This document, as a page for people',
    access: 'anyone',
    rateClass: 'read',
    responses: { 200: { description: 'A page', schema: z.string(), contentType: 'text/html' } },
    handle: async () => {
      html ??= referencePage(describe())
      return new Response(html, {
        headers: {
          'content-type': 'text/html; charset=utf-8',
          'content-security-policy': REFERENCE_POLICY,
          ...CACHING,
        },
      })
    },
  })
  return [self, page]
}
