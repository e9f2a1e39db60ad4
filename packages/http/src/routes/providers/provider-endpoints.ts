import { z } from 'zod'

import { endpoint } from '../../endpoint/endpoint.ts'
import type { Endpoint } from '../../endpoint/endpoint.ts'
import type { ResolvedHttpOptions } from '../../http-options.ts'
import { PLATFORM_ADMINS } from '../../identity/access.ts'
import { providerWireSchema, toProviderWire } from './provider-wire.ts'

const TAG = 'Providers'

/** `/api/v2/admin/providers`. */
export function providerEndpoints({ router }: ResolvedHttpOptions): readonly Endpoint[] {
  const listProviders = endpoint({
    operationId: 'listProviders',
    method: 'get',
    path: '/api/v2/admin/providers',
    tag: TAG,
    summary: 'All providers',
    access: PLATFORM_ADMINS,
    rateClass: 'read',
    responses: {
      200: {
        description: 'Every provider, by id',
        schema: z.object({ items: z.array(providerWireSchema), total: z.int() }),
      },
    },
    handle: async ({ signal }) => {
      const providers = await router.providers.list({ signal })
      const items = await Promise.all(
        providers.map(async (provider) => {
          const { total } = await router.models.list(
            { providerId: provider.id, perPage: 1 },
            { signal },
          )
          return toProviderWire(provider, total ?? 0)
        }),
      )
      return { body: { items, total: items.length } }
    },
  })
  return [listProviders]
}
