import { z } from 'zod'

/** A time in a query, as ISO 8601; a day alone is its first moment in UTC. */
export const timeQuery: z.ZodType<number> = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()], 'must be a time or a day of ISO 8601')
  .transform((text) => Date.parse(text))
  .meta({ type: 'string', format: 'date-time' })

/** Several names, divided by commas. */
export function listOf<Name extends string>(names: readonly Name[]): z.ZodType<readonly Name[]> {
  const rule = `must be of ${names.join(', ')}, divided by commas`
  return z
    .string()
    .max(200)
    .transform((text) => text.split(','))
    .pipe(z.array(z.enum(names as [Name, ...Name[]], rule)).max(names.length))
    .meta({ type: 'string' })
}
