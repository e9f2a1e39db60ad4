import { MODEL_ID_MAX_LENGTH } from '@imrs/core'

/** A JSON object whose members nobody has looked at yet. */
export type Fields = Readonly<Record<string, unknown>>

/** Whether it is an object and no array. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The object, or an empty one where there is none. */
export function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : {}
}

/** The array, or an empty one where there is none. */
export function arrayOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/**
 * The first of the names that holds something. A name stands for its snake_case and camelCase
 * spelling: `ctx_length` also finds `ctxLength`.
 */
export function pick(fields: Fields, ...names: readonly string[]): unknown {
  for (const name of names.flatMap((spelling) => [spelling, toCamelCase(spelling)])) {
    const value = Object.hasOwn(fields, name) ? fields[name] : undefined
    if (value !== undefined && value !== null && value !== '') return value
  }
  return undefined
}

/** Trimmed text that a database can hold; `undefined` for anything else. */
export function textOf(value: unknown, maxLength = 10_000): string | undefined {
  if (typeof value !== 'string' || !value.isWellFormed() || hasControlCharacter(value)) {
    return undefined
  }
  const text = value.trim()
  return text === '' || text.length > maxLength ? undefined : text
}

/** Text that can be a name: one line, 255 characters at most. */
export function nameOf(value: unknown): string | undefined {
  const text = textOf(value, MODEL_ID_MAX_LENGTH)
  return text === undefined || /[\t\r\n]/.test(text) ? undefined : text
}

/** The first of the fields that holds a name. */
export function firstName(fields: Fields, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const found = nameOf(pick(fields, name))
    if (found !== undefined) return found
  }
  return undefined
}

/** A finite number, also from text. */
export function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined
}

/** A whole number of at least 1 that is safe to store. */
export function countOf(value: unknown): number | undefined {
  const number = numberOf(value)
  if (number === undefined || number < 1 || number > 2_000_000_000) return undefined
  return Math.trunc(number)
}

const TRUE: ReadonlySet<unknown> = new Set([true, 1, '1', 'true', 't', 'yes', 'y', 'on'])
const FALSE: ReadonlySet<unknown> = new Set([false, 0, '0', 'false', 'f', 'no', 'n', 'off'])

/** A truth value in any of the forms databases and YAML write it. */
export function booleanOf(value: unknown): boolean | undefined {
  const plain = typeof value === 'string' ? value.trim().toLowerCase() : value
  if (TRUE.has(plain)) return true
  return FALSE.has(plain) ? false : undefined
}

/** Texts of a list, of comma-separated text, of a JSON list as text, or of `{ name: true }`. */
export function textsOf(value: unknown): readonly string[] | undefined {
  if (Array.isArray(value)) return value.flatMap((item) => textOf(item, 100) ?? [])
  if (isFields(value)) {
    return textsOf(Object.keys(value).filter((name) => booleanOf(value[name]) === true))
  }
  if (typeof value !== 'string') return undefined
  const parsed = value.trimStart().startsWith('[') ? parsedJson(value) : undefined
  return Array.isArray(parsed)
    ? textsOf(parsed)
    : value.split(',').flatMap((part) => textOf(part, 100) ?? [])
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function toCamelCase(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
}

function hasControlCharacter(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    if ((code < 32 && code !== 9 && code !== 10 && code !== 13) || code === 127) return true
  }
  return false
}
