import type { CallOptions, Provider } from '@imrs/core'
import type { Router } from '@imrs/router'
import { z } from 'zod'

import { endpoint } from '../../endpoint/endpoint.ts'
import type { Endpoint, EndpointSpec } from '../../endpoint/endpoint.ts'
import type { ResolvedHttpOptions } from '../../http-options.ts'
import { PLATFORM_ADMINS } from '../../identity/access.ts'
import { itemsOf } from '../../wire/items.ts'
import {
  providerBodySchema,
  providerChangesBodySchema,
  toNewProvider,
  toProviderChanges,
} from './provider-body.ts'
import {
  healthWireSchema,
  providerListWireSchema,
  providerTrialWireSchema,
  providerWireSchema,
  syncWireSchema,
  toHealthWire,
  toProviderTrialWire,
  toProviderWire,
  toSyncWire,
} from './provider-wire.ts'
import type { ProviderWire } from './provider-wire.ts'

const BASE = '/api/v2/admin/providers'
const ONE = `${BASE}/{provider_id}`
const params = z.object({ provider_id: z.string().min(1).max(50) })

const common = { tag: 'Providers', access: PLATFORM_ADMINS } as const satisfies Partial<
  EndpointSpec<never, never, never>
>

/** `/api/v2/admin/providers`: the services that host models. */
export function providerEndpoints({ router }: ResolvedHttpOptions): readonly Endpoint[] {
  return [
    listProviders,
    getProvider,
    createProvider,
    updateProvider,
    deactivateProvider,
    tryProvider,
    syncProvider,
    listProviderHealth,
    checkProviderHealth,
  ].map((make) => make(router))
}

function listProviders(router: Router): Endpoint {
  return endpoint({
    ...common,
    operationId: 'listProviders',
    method: 'get',
    path: BASE,
    summary: 'All providers, by id',
    rateClass: 'read',
    responses: {
      200: {
        description: 'Every provider with the number of its models',
        schema: providerListWireSchema,
      },
    },
    handle: async ({ signal }) => {
      const [providers, counts] = await Promise.all([
        router.providers.list({ signal }),
        router.providers.modelCounts({ signal }),
      ])
      const countOf = new Map(counts.map(({ providerId, models }) => [providerId, models]))
      const items = providers.map((provider) =>
        toProviderWire(provider, countOf.get(provider.id) ?? 0),
      )
      return { body: { items, total: items.length } }
    },
  })
}

function getProvider(router: Router): Endpoint {
  return endpoint({
    ...common,
    operationId: 'getProvider',
    method: 'get',
    path: ONE,
    summary: 'One provider',
    rateClass: 'read',
    params,
    responses: { 200: { description: 'The provider', schema: providerWireSchema } },
    errors: ['unknown-provider'],
    handle: async ({ params: { provider_id: id }, signal }) => ({
      body: await counted(router, await router.providers.get(id, { signal }), { signal }),
    }),
  })
}

function createProvider(router: Router): Endpoint {
  return endpoint({
    ...common,
    operationId: 'createProvider',
    method: 'post',
    path: BASE,
    summary: 'Makes a provider',
    description: 'Its key goes to the secret store first; nothing else keeps it.',
    rateClass: 'write',
    body: providerBodySchema,
    responses: { 201: { description: 'The provider', schema: providerWireSchema } },
    errors: ['conflict', 'read-only', 'secret-store-unavailable'],
    handle: async ({ body, identity, signal }) => ({
      body: await counted(
        router,
        await router.providers.create(toNewProvider(body, identity.actor), { signal }),
        { signal },
      ),
    }),
  })
}

function updateProvider(router: Router): Endpoint {
  return endpoint({
    ...common,
    operationId: 'updateProvider',
    method: 'patch',
    path: ONE,
    summary: 'Changes a provider; what is left out stays',
    rateClass: 'write',
    params,
    body: providerChangesBodySchema,
    responses: { 200: { description: 'The provider as it is now', schema: providerWireSchema } },
    errors: ['unknown-provider', 'read-only', 'secret-store-unavailable'],
    handle: async ({ params: { provider_id: id }, body, identity, signal }) => {
      const changes = toProviderChanges(body, identity.actor)
      const provider = await router.providers.update(id, changes, { signal })
      return { body: await counted(router, provider, { signal }) }
    },
  })
}

function deactivateProvider(router: Router): Endpoint {
  return endpoint({
    ...common,
    operationId: 'deactivateProvider',
    method: 'delete',
    path: ONE,
    summary: 'Switches a provider off',
    description:
      'All its models are unavailable at once. `PATCH` with `is_active: true` brings them back.',
    rateClass: 'write',
    params,
    responses: { 200: { description: 'The provider, inactive', schema: providerWireSchema } },
    errors: ['unknown-provider', 'read-only'],
    handle: async ({ params: { provider_id: id }, identity, signal }) => {
      const changes = { isActive: false, by: identity.actor }
      const provider = await router.providers.update(id, changes, { signal })
      return { body: await counted(router, provider, { signal }) }
    },
  })
}

function tryProvider(router: Router): Endpoint {
  return endpoint({
    ...common,
    operationId: 'tryProvider',
    method: 'post',
    path: `${BASE}/try`,
    summary: 'Checks a key and reads the list, and stores nothing',
    rateClass: 'refresh',
    body: providerBodySchema,
    responses: { 200: { description: 'How it went', schema: providerTrialWireSchema } },
    errors: ['secret-store-unavailable'],
    handle: async ({ body, identity, signal }) => {
      const trial = await router.providers.try(toNewProvider(body, identity.actor), { signal })
      return { body: toProviderTrialWire(trial) }
    },
  })
}

function syncProvider(router: Router): Endpoint {
  return endpoint({
    ...common,
    operationId: 'syncProvider',
    method: 'post',
    path: `${ONE}/sync`,
    summary: 'Reads a provider’s list into the catalogue',
    description: 'Calls for one provider that overlap share one run.',
    rateClass: 'refresh',
    params,
    responses: { 200: { description: 'What that changed', schema: syncWireSchema } },
    errors: [
      'unknown-provider',
      'missing-credential',
      'provider-error',
      'secret-store-unavailable',
    ],
    handle: async ({ params: { provider_id: id }, signal }) => ({
      body: toSyncWire(await router.providers.sync(id, { signal })),
    }),
  })
}

function listProviderHealth(router: Router): Endpoint {
  return endpoint({
    ...common,
    operationId: 'listProviderHealth',
    method: 'get',
    path: '/api/v2/admin/health/providers',
    summary: 'What is believed of each provider right now',
    rateClass: 'read',
    responses: {
      200: { description: 'By provider', schema: itemsOf(healthWireSchema) },
    },
    handle: async ({ signal }) => {
      const health = await router.health.list({ signal })
      return { body: { items: health.map(toHealthWire) } }
    },
  })
}

function checkProviderHealth(router: Router): Endpoint {
  return endpoint({
    ...common,
    operationId: 'checkProviderHealth',
    method: 'post',
    path: `${ONE}/health`,
    summary: 'Asks a provider how it is, at no cost, unless it was asked within 30 seconds',
    rateClass: 'refresh',
    params,
    responses: { 200: { description: 'How it is', schema: healthWireSchema } },
    errors: ['unknown-provider', 'missing-credential', 'secret-store-unavailable'],
    handle: async ({ params: { provider_id: id }, signal }) => ({
      body: toHealthWire(await router.health.check(id, { signal })),
    }),
  })
}

async function counted(
  router: Router,
  provider: Provider,
  options: CallOptions,
): Promise<ProviderWire> {
  const query = { providerId: provider.id, page: 1, perPage: 1 }
  const { total = 0 } = await router.models.list(query, options)
  return toProviderWire(provider, total)
}
