import type { ResolvedHttpOptions } from '../http-options.ts'
import { openApiEndpoints } from '../openapi/openapi-endpoints.ts'
import { providerEndpoints } from '../routes/providers/provider-endpoints.ts'
import type { Endpoint } from './endpoint.ts'

/** Everything the door answers, in the order paths are tried. */
export function endpointsOf(options: ResolvedHttpOptions): readonly Endpoint[] {
  const endpoints = [...providerEndpoints(options)]
  return [...endpoints, ...openApiEndpoints(options, endpoints)]
}
