import { asList } from '@imrs/core'

/** Reading what others send: a field of the wrong kind is an absent one. */

/** A finite number; numbers written as text count. */
export function asNumber(value: unknown): number | undefined {
  if (typeof value === 'string' && value.trim() !== '') return asNumber(Number(value))
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}

/** A whole number above 0. */
export function asCount(value: unknown): number | undefined {
  const number = asNumber(value)
  return number !== undefined && Number.isSafeInteger(number) && number > 0 ? number : undefined
}

/** The texts of a list; others are left out. */
export function asTexts(value: unknown): readonly string[] {
  return (asList(value) ?? []).filter((item) => typeof item === 'string')
}

/** Whether a field is exactly `true`. */
export function isTrue(value: unknown): boolean {
  return value === true
}
