import { BUDGET_SCOPES, hostIdSchema } from '@imrs/core'
import { z } from 'zod'

import { endpoint } from '../../endpoint/endpoint.ts'
import type { Endpoint, EndpointSpec } from '../../endpoint/endpoint.ts'
import type { ResolvedHttpOptions } from '../../http-options.ts'
import { TENANT_ADMINS, tenantOf } from '../../identity/access.ts'
import { itemsOf } from '../../wire/items.ts'
import { tenantQuery, wholeNumber } from '../../wire/values.ts'
import {
  budgetBodySchema,
  budgetStatusWireSchema,
  budgetWireSchema,
  toBudgetStatusWire,
  toBudgetWire,
} from './budget-wire.ts'

const BASE = '/api/v2/budgets'
const params = z.object({ budget_id: hostIdSchema })
const query = z.strictObject({ tenant_id: tenantQuery })

const common = { tag: 'Budgets', access: TENANT_ADMINS } as const satisfies Partial<
  EndpointSpec<never, never, never>
>

/** `/api/v2/budgets`: limits on what a tenant, its agents and its users use. */
export function budgetEndpoints(options: ResolvedHttpOptions): readonly Endpoint[] {
  return [listBudgets, getBudgetUsage, setBudget, removeBudget].map((make) => make(options))
}

function listBudgets({ router }: ResolvedHttpOptions): Endpoint {
  return endpoint({
    ...common,
    operationId: 'listBudgets',
    method: 'get',
    path: BASE,
    summary: 'All limits, by id',
    rateClass: 'read',
    query,
    responses: {
      200: { description: 'All of them', schema: itemsOf(budgetWireSchema) },
    },
    handle: async ({ query: { tenant_id: named }, identity, signal }) => {
      const budgets = await router.budgets.list({ tenantId: tenantOf(identity, named) }, { signal })
      return { body: { items: budgets.map(toBudgetWire) } }
    },
  })
}

function getBudgetUsage({ router }: ResolvedHttpOptions): Endpoint {
  return endpoint({
    ...common,
    operationId: 'getBudgetUsage',
    method: 'get',
    path: `${BASE}/usage`,
    summary: 'What is used and left now, those with most first',
    rateClass: 'read',
    query: z.strictObject({
      tenant_id: tenantQuery,
      id: hostIdSchema.optional(),
      scope: z.enum(BUDGET_SCOPES).optional(),
      per_page: wholeNumber(1, 1000).prefault('100'),
    }),
    responses: {
      200: {
        description: 'By budget and subject',
        schema: itemsOf(budgetStatusWireSchema),
      },
    },
    handle: async ({
      query: { tenant_id: named, id, scope, per_page: limit },
      identity,
      signal,
    }) => {
      const asked = { tenantId: tenantOf(identity, named), id, scope, limit }
      const usage = await router.budgets.usage(asked, { signal })
      return { body: { items: usage.map(toBudgetStatusWire) } }
    },
  })
}

function setBudget({ router }: ResolvedHttpOptions): Endpoint {
  return endpoint({
    ...common,
    operationId: 'setBudget',
    method: 'put',
    path: `${BASE}/{budget_id}`,
    summary: 'Sets a limit; what was used is kept when the limit or the subject changes',
    rateClass: 'write',
    params,
    query,
    body: budgetBodySchema,
    responses: { 200: { description: 'The limit', schema: budgetWireSchema } },
    handle: async ({ params: { budget_id: id }, query: { tenant_id: named }, body, ...call }) => {
      const tenantId = tenantOf(call.identity, named)
      const budget = { ...body, id, tenantId, by: call.identity.actor }
      return { body: toBudgetWire(await router.budgets.set(budget, { signal: call.signal })) }
    },
  })
}

function removeBudget({ router }: ResolvedHttpOptions): Endpoint {
  return endpoint({
    ...common,
    operationId: 'removeBudget',
    method: 'delete',
    path: `${BASE}/{budget_id}`,
    summary: 'Removes a limit and what was counted for it',
    rateClass: 'write',
    params,
    query,
    responses: { 204: { description: 'It is gone' } },
    errors: ['not-found'],
    handle: async ({
      params: { budget_id: id },
      query: { tenant_id: named },
      identity,
      signal,
    }) => {
      const tenantId = tenantOf(identity, named)
      await router.budgets.remove({ id, tenantId, by: identity.actor }, { signal })
      return {}
    },
  })
}
