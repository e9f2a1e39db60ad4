import { ImrsError } from './errors/imrs-error.ts'

/** The end of the year 9999, epoch milliseconds: later times have no text of four digits, and are in no order as texts. */
export const LAST_TIME_MS = 253_402_300_799_999

/**
 * Refuses what is no time that every store can compare: whole epoch milliseconds from 0 to
 * {@link LAST_TIME_MS}. `undefined` stands for no bound.
 *
 * @throws ImrsError `invalid-request` that names the field.
 */
export function assertTime(field: string, value: number | undefined): void {
  if (value === undefined) return
  if (Number.isInteger(value) && value >= 0 && value <= LAST_TIME_MS) return
  const message = `\`${field}\` must be epoch milliseconds, 0 to ${LAST_TIME_MS}, got ${String(value)}`
  throw new ImrsError('invalid-request', message, { field })
}

/**
 * Refuses what is no number of an event: a whole one, 0 or more. `undefined` stands for no bound.
 *
 * @throws ImrsError `invalid-request` that names the field.
 */
export function assertEventNumber(field: string, value: number | undefined): void {
  if (value === undefined || (Number.isSafeInteger(value) && value >= 0)) return
  const message = `\`${field}\` must be a whole number of 0 or more, got ${String(value)}`
  throw new ImrsError('invalid-request', message, { field })
}
