import { ImrsError } from '@imrs/core'

/** Refuses a number of rows that is not from 1 to `highest`. */
export function assertCount(field: string, value: number, highest: number): void {
  if (Number.isInteger(value) && value >= 1 && value <= highest) return
  throw new ImrsError('invalid-request', `\`${field}\` must be 1 to ${highest}, got ${value}`, {
    field,
  })
}
