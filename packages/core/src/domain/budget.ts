import { z } from 'zod'

import { MODEL_ID_MAX_LENGTH, hostIdSchema } from '../ids.ts'

/** Whose use is counted. */
export const BUDGET_SCOPES = ['tenant', 'agent', 'user', 'provider', 'model'] as const
export type BudgetScope = (typeof BUDGET_SCOPES)[number]

/** What is counted: requests to models, tokens in and out together, nano-dollars. */
export const BUDGET_UNITS = ['requests', 'tokens', 'nano-usd'] as const
export type BudgetUnit = (typeof BUDGET_UNITS)[number]

/** Calendar windows in UTC. */
export const BUDGET_PERIODS = ['minute', 'day', 'month'] as const
export type BudgetPeriod = (typeof BUDGET_PERIODS)[number]

/** Stands for each agent, user, provider or model on its own. */
export const EACH_SUBJECT = '*'

/** A limit: a row of `budgets`. */
export interface BudgetRule {
  readonly tenantId: string
  /** The host's name for it, unique within the tenant. */
  readonly id: string
  readonly scope: BudgetScope
  /** The agent, user, provider or model; {@link EACH_SUBJECT} for each of them; the tenant's own id where the scope is `tenant`. */
  readonly subject: string
  readonly unit: BudgetUnit
  readonly period: BudgetPeriod
  /** In whole units. 0 allows nothing but what takes no unit: a model without a price, under a limit on money. */
  readonly limit: number
  readonly createdAtMs: number
  readonly updatedAtMs: number
}

/** A part of a reservation: so much of one rule, for one subject, in one window. */
export interface BudgetHold {
  readonly ruleId: string
  /** Never {@link EACH_SUBJECT}. */
  readonly subject: string
  readonly windowStartMs: number
  /** Whole units. */
  readonly amount: number
}

/** What is to be set aside, and within which limit. */
export interface BudgetCharge extends BudgetHold {
  readonly windowEndMs: number
  /** What all of the window may come to, this amount included. */
  readonly limit: number
}

/** What was set aside for one attempt: rows of `budget_reservations`. */
export interface BudgetReservation {
  readonly id: string
  readonly tenantId: string
  /** In the order of their rules. */
  readonly holds: readonly BudgetHold[]
  readonly expiresAtMs: number
}

/**
 * What an attempt really used; it takes the place of what was reserved, in the window it was reserved
 * in, and may be more.
 */
export interface BudgetSettlement {
  readonly tenantId: string
  /** The id of the attempt. */
  readonly reservationId: string
  /** By rule. A rule that is not named is settled at what was reserved. */
  readonly actual: readonly { readonly ruleId: string; readonly amount: number }[]
}

/** How much of a rule one subject has used in the running window. */
export interface BudgetUsage {
  readonly rule: BudgetRule
  readonly subject: string
  readonly windowStartMs: number
  readonly windowEndMs: number
  readonly used: number
  /** The part of `used` that nobody measured: calls whose process died, counted at what they reserved. */
  readonly assumed: number
  /** Set aside for calls that run. */
  readonly reserved: number
}

/** The window of a period that holds a moment. */
export function budgetWindow(
  period: BudgetPeriod,
  atMs: number,
): { readonly startMs: number; readonly endMs: number } {
  const at = new Date(atMs)
  const [year, month] = [at.getUTCFullYear(), at.getUTCMonth()]
  switch (period) {
    case 'minute': {
      const startMs = Math.floor(atMs / 60_000) * 60_000
      return { startMs, endMs: startMs + 60_000 }
    }
    case 'day': {
      const startMs = Date.UTC(year, month, at.getUTCDate())
      return { startMs, endMs: startMs + 86_400_000 }
    }
    case 'month':
      return { startMs: Date.UTC(year, month), endMs: Date.UTC(year, month + 1) }
  }
}

export const budgetRuleSchema: z.ZodType<BudgetRule> = z.object({
  tenantId: hostIdSchema,
  id: hostIdSchema,
  scope: z.enum(BUDGET_SCOPES),
  subject: z.string().min(1).max(MODEL_ID_MAX_LENGTH),
  unit: z.enum(BUDGET_UNITS),
  period: z.enum(BUDGET_PERIODS),
  limit: z.int().nonnegative(),
  createdAtMs: z.int(),
  updatedAtMs: z.int(),
})
