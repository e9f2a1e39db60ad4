import { BUDGET_PERIODS, BUDGET_SCOPES, MODEL_ID_MAX_LENGTH, decimalTextSchema } from '@imrs/core'
import type { BudgetPeriod, BudgetScope } from '@imrs/core'
import { BUDGET_LIMIT_UNITS } from '@imrs/router'
import type { Budget, BudgetStatus, SetBudget } from '@imrs/router'
import { z } from 'zod'

import { isoOf, isoSchema } from '../../wire/values.ts'

/** A limit as it travels. */
export interface BudgetWire {
  readonly id: string
  readonly scope: BudgetScope
  readonly subject: string
  readonly unit: Budget['unit']
  readonly period: BudgetPeriod
  readonly limit: number
  readonly created_at: string
  readonly updated_at: string
}

export const budgetWireSchema: z.ZodType<BudgetWire> = z.object({
  id: z.string(),
  scope: z.enum(BUDGET_SCOPES),
  subject: z.string(),
  unit: z.enum(BUDGET_LIMIT_UNITS),
  period: z.enum(BUDGET_PERIODS),
  limit: z.number(),
  created_at: isoSchema,
  updated_at: isoSchema,
})

/** What is used of a limit and what is left of it now. */
export interface BudgetStatusWire {
  readonly budget: BudgetWire
  readonly subject: string
  readonly window_start: string
  readonly window_end: string
  readonly used: number
  /** Of calls whose usage nobody told. */
  readonly assumed: number
  /** Of calls in flight. */
  readonly reserved: number
  readonly remaining: number
}

export const budgetStatusWireSchema: z.ZodType<BudgetStatusWire> = z.object({
  budget: budgetWireSchema,
  subject: z.string(),
  window_start: isoSchema,
  window_end: isoSchema,
  used: z.number(),
  assumed: z.number(),
  reserved: z.number(),
  remaining: z.number(),
})

/** The body that sets a limit. */
export type BudgetBody = Pick<SetBudget, 'scope' | 'subject' | 'unit' | 'period' | 'limit'>

export const budgetBodySchema: z.ZodType<BudgetBody> = z.strictObject({
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

export function toBudgetWire(budget: Budget): BudgetWire {
  const { id, scope, subject, unit, period, limit } = budget
  const times = { created_at: isoOf(budget.createdAtMs), updated_at: isoOf(budget.updatedAtMs) }
  return { id, scope, subject, unit, period, limit, ...times }
}

export function toBudgetStatusWire(status: BudgetStatus): BudgetStatusWire {
  const { subject, used, assumed, reserved, remaining } = status
  return {
    budget: toBudgetWire(status.budget),
    subject,
    window_start: isoOf(status.windowStartMs),
    window_end: isoOf(status.windowEndMs),
    used,
    assumed,
    reserved,
    remaining,
  }
}
