import type { z } from 'zod'

import { ImrsError } from '../errors/imrs-error.ts'

/**
 * Checks foreign data against a schema. `whole` is what the value as a whole is called. Default: `body`.
 *
 * @throws ImrsError `invalid-request` that names the first field that is wrong and the rule, never the value.
 */
export function parseBody<Value>(schema: z.ZodType<Value>, value: unknown, whole = 'body'): Value {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  const place = shortened(fieldName(issue?.path ?? []))
  const field = place === '' ? whole : place
  const problem = shortened(ruleOf(issue?.message ?? 'is not valid'))
  throw new ImrsError('invalid-request', `\`${field}\`: ${problem}`, { field })
}

/** What the validator says by itself, in the words of the other rules; rules with words of their own keep them. */
function ruleOf(message: string): string {
  const [, expected, received] = /^Invalid input: expected (.+), received (.+)$/.exec(message) ?? []
  if (received === 'undefined') return 'is missing'
  if (expected !== undefined && received !== undefined) {
    return `must be ${named(expected)}, not ${named(received)}`
  }
  const [, options] =
    /^Invalid (?:option: expected one of|input: expected) (.+)$/.exec(message) ?? []
  if (options !== undefined) return `must be ${options.replaceAll('|', ' or ')}`
  return message === 'Invalid input' ? 'has none of the forms that are known' : message
}

function named(type: string): string {
  if (type === 'int') return 'a whole number'
  if (!/^(?:array|bigint|boolean|date|number|object|record|string)$/.test(type)) return type
  return `${/^[ao]/.test(type) ? 'an' : 'a'} ${type}`
}

/** Names of fields are the sender's: an error does not give back all that was sent. */
const MOST_NAMED = 300

function shortened(text: string): string {
  return text.length > MOST_NAMED ? `${text.slice(0, MOST_NAMED).toWellFormed()}…` : text
}

/** `['messages', 0, 'content']` as `messages[0].content`. */
function fieldName(path: readonly PropertyKey[]): string {
  let name = ''
  for (const step of path) {
    if (typeof step === 'number') name += `[${step}]`
    else name += name === '' ? String(step) : `.${String(step)}`
  }
  return name
}
