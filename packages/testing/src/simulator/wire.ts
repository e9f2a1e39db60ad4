/** A JSON object before anything is known of it. */
export type JsonRecord = Readonly<Record<string, unknown>>

/** True for objects that are neither `null` nor arrays. */
export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The field when it is an object, else an empty one. */
export function recordAt(value: unknown, key: string): JsonRecord {
  const field = isRecord(value) ? value[key] : undefined
  return isRecord(field) ? field : {}
}

/** The field when it is a list, else an empty one. */
export function listAt(value: unknown, key: string): readonly unknown[] {
  const field = isRecord(value) ? value[key] : undefined
  return Array.isArray(field) ? field : []
}

/** The field when it is text. */
export function textAt(value: unknown, key: string): string | undefined {
  const field = isRecord(value) ? value[key] : undefined
  return typeof field === 'string' ? field : undefined
}

/** The field when it is a finite number. */
export function numberAt(value: unknown, key: string): number | undefined {
  const field = isRecord(value) ? value[key] : undefined
  return typeof field === 'number' && Number.isFinite(field) ? field : undefined
}
