import { MODEL_ID_MAX_LENGTH, hostIdSchema } from '@imrs/core'
import { z } from 'zod'

/** A time as it travels: ISO 8601 in UTC. */
export function isoOf(atMs: number): string {
  return new Date(atMs).toISOString()
}

export function isoOrNull(atMs: number | undefined): string | null {
  return atMs === undefined ? null : isoOf(atMs)
}

export const isoSchema: z.ZodType<string> = z.iso.datetime()

/** A whole number in a query. */
export function wholeNumber(least: number, most: number): z.ZodType<number> {
  const rule = `must be a whole number from ${least} to ${most}`
  return z
    .string()
    .regex(/^\d{1,15}$/, rule)
    .transform(Number)
    .pipe(z.int(rule).min(least, rule).max(most, rule))
    .meta({ type: 'integer', minimum: least, maximum: most })
}

/** `true` or `false` in a query. */
export const flag: z.ZodType<boolean> = z
  .enum(['true', 'false'])
  .transform((value) => value === 'true')
  .meta({ type: 'boolean', enum: [true, false] })

export const modelIdParam: z.ZodType<string> = z.string().min(1).max(MODEL_ID_MAX_LENGTH)
export const agentIdParam: z.ZodType<string> = hostIdSchema
/** The tenant a platform admin means, when it is not their own. */
export const tenantQuery: z.ZodType<string | undefined> = hostIdSchema
  .optional()
  .describe('The tenant that is meant; only a platform admin may name another than their own.')
