import { ImrsError } from '@imrs/core'
import type { JsonObject } from '@imrs/core'

import type { BooleanNumber, JsonText, TimeText } from '../schema/database.ts'

export function toTime(atMs: number): TimeText {
  return new Date(atMs).toISOString()
}

export function toOptionalTime(atMs: number | undefined): TimeText | null {
  return atMs === undefined ? null : toTime(atMs)
}

export function fromTime(time: TimeText): number {
  return Date.parse(time)
}

export function fromOptionalTime(time: TimeText | null): number | undefined {
  return time === null ? undefined : Date.parse(time)
}

export function toBoolean(value: boolean): BooleanNumber {
  return value ? 1 : 0
}

export function fromBoolean(value: BooleanNumber): boolean {
  return value !== 0
}

/** `null` of a row to `undefined`. */
export function fromNullable<T>(value: T | null): T | undefined {
  return value ?? undefined
}

export function toNullable<T>(value: T | undefined): T | null {
  return value ?? null
}

// Characters that are valid in JSON text and that PostgreSQL's jsonb does not take.
const UNSTORABLE_ESCAPE = /\\u(0000|d[89a-f])/i

/** JSON text that both databases take: NUL and lone surrogates become U+FFFD. */
export function toJson(value: unknown): JsonText {
  const text = JSON.stringify(value)
  return UNSTORABLE_ESCAPE.test(text) ? JSON.stringify(withStorableTexts(value)) : text
}

/** A JSON array that we wrote, of whatever we wrote into it. */
export function fromJsonArray<T>(text: JsonText): readonly T[] {
  const value: unknown = JSON.parse(text)
  if (Array.isArray(value)) return value as readonly T[]
  throw new ImrsError('internal', 'A stored JSON column does not hold an array')
}

/** A JSON object that we wrote, with whatever we wrote into it. */
export function fromJsonObject<T extends object = JsonObject>(text: JsonText): T {
  const value: unknown = JSON.parse(text)
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as T
  throw new ImrsError('internal', 'A stored JSON column does not hold an object')
}

/** Drops members that are `undefined`, so that what was absent stays absent. */
export function present<T extends object>(value: T): T {
  const entries = Object.entries(value).filter(([, member]) => member !== undefined)
  return Object.fromEntries(entries) as T
}

/** Text without what no database column holds. */
export function storableText(text: string): string {
  return text.includes('\0') || !text.isWellFormed()
    ? text.toWellFormed().replaceAll('\0', '\uFFFD')
    : text
}

function withStorableTexts(value: unknown): unknown {
  if (typeof value === 'string') return storableText(value)
  if (Array.isArray(value)) return value.map(withStorableTexts)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [storableText(key), withStorableTexts(member)]),
  )
}
