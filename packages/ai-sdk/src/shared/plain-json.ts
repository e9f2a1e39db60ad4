import type { JsonObject, JsonValue } from '@imrs/core'

/** What is left of a value after a trip through JSON; what JSON has no word for is `null`. */
export function plainJson(value: unknown): JsonValue {
  // `JSON.parse` gives JSON and nothing else.
  return JSON.parse(JSON.stringify(value) ?? 'null') as JsonValue
}

/** A JSON Schema, or another object that is JSON by its type, without its `undefined` members. */
export function plainObject(value: object): JsonObject {
  // An object stays one on that trip.
  return plainJson(value) as JsonObject
}

/** The value, when it is an object that is no list. */
export function asObject(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? // Any object can be asked for any name.
      (value as Readonly<Record<string, unknown>>)
    : undefined
}
