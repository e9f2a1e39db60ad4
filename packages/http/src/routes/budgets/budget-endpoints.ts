import {
  BUDGET_PERIODS,
  BUDGET_SCOPES,
  MODEL_ID_MAX_LENGTH,
  decimalTextSchema,
  hostIdSchema,
} from '@imrs/core'
import { BUDGET_LIMIT_UNITS } from '@imrs/router'
import type { Budget, BudgetStatus, SetBudget } from '@imrs/router'
import { z } from 'zod'

import { endpoint } from '../../endpoint/endpoint.ts'
import type { Endpoint, EndpointSpec } from '../../endpoint/endpoint.ts'
import type { ResolvedHttpOptions } from '../../http-options.ts'
import { TENANT_ADMINS, tenantOf } from '../../identity/access.ts'
import { isoOf, isoSchema, tenantQuery, wholeNumber } from '../../wire/values.ts'

const budgetSchema = z.object({
  id: z.string(),
  scope: z.enum(BUDGET_SCOPES),
  subject: z.string(),
  unit: z.enum(BUDGET_LIMIT_UNITS),
  period: z.enum(BUDGET_PERIODS),
  limit: z.number(),
  created_at: isoSchema,
  updated_at: isoSchema,
})

const statusSchema = z.object({
  budget: budgetSchema,
  subject: z.string(),
  window_start: isoSchema,
  window_end: isoSchema,
  used: z.number(),
  assumed: z.number(),
  reserved: z.number(),
  remaining: z.number(),
})

type BudgetBody = Pick<SetBudget, 'scope' | 'subject' | 'unit' | 'period' | 'limit'>

const bodySchema: z.ZodType<BudgetBody> = z.strictObject({
  scope: z.enum(BUDGET_SCOPES),
  subject: z
    .string()
    .min(1)
    .max(MODEL_ID_MAX_LENGTH)
    .optional()
    .describe('One agent, user, provider or model. Default: each of them on its own.'),
  unit: z.enum(BUDGET_LIMIT_UNITS),
  period: z.enum(BUDGET_PERIODS).describe('Calendar windows in UTC.'),
  limit: z.union([z.number().min(0), decimalTextSchema]),
})

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
      200: { description: 'All of them', schema: z.object({ items: z.array(budgetSchema) }) },
    },
    handle: async ({ query: { tenant_id: named }, identity, signal }) => {
      const budgets = await router.budgets.list({ tenantId: tenantOf(identity, named) }, { signal })
      return { body: { items: budgets.map(toWire) } }
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
        schema: z.object({ items: z.array(statusSchema) }),
      },
    },
    handle: async ({
      query: { tenant_id: named, id, scope, per_page: limit },
      identity,
      signal,
    }) => {
      const asked = { tenantId: tenantOf(identity, named), id, scope, limit }
      const usage = await router.budgets.usage(asked, { signal })
      return { body: { items: usage.map(toStatusWire) } }
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
    body: bodySchema,
    responses: { 200: { description: 'The limit', schema: budgetSchema } },
    handle: async ({ params: { budget_id: id }, query: { tenant_id: named }, body, ...call }) => {
      const tenantId = tenantOf(call.identity, named)
      const budget = { ...body, id, tenantId, by: call.identity.actor }
      return { body: toWire(await router.budgets.set(budget, { signal: call.signal })) }
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

function toWire(budget: Budget): z.infer<typeof budgetSchema> {
  const { id, scope, subject, unit, period, limit } = budget
  const times = { created_at: isoOf(budget.createdAtMs), updated_at: isoOf(budget.updatedAtMs) }
  return { id, scope, subject, unit, period, limit, ...times }
}

function toStatusWire(status: BudgetStatus): z.infer<typeof statusSchema> {
  const { subject, used, assumed, reserved, remaining } = status
  return {
    budget: toWire(status.budget),
    subject,
    window_start: isoOf(status.windowStartMs),
    window_end: isoOf(status.windowEndMs),
    used,
    assumed,
    reserved,
    remaining,
  }
}
