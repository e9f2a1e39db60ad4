import type { JsonObject, JsonValue } from './json.ts'

/** Reading what others send: a field of the wrong kind is an absent one. */

/** An object that is no list, of what was read as JSON. */
export function asObject(value: unknown): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as JsonObject)
    : undefined
}

/** A list, of what was read as JSON. */
export function asList(value: unknown): readonly JsonValue[] | undefined {
  return Array.isArray(value) ? (value as readonly JsonValue[]) : undefined
}

/** Text that is not empty. */
export function asText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
