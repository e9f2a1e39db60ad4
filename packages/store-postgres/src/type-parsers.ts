import { ImrsError } from '@imrs/core'

/** Object ids of PostgreSQL's own types. */
const BOOLEAN = 16
const BIGINT = 20
const SMALLINT = 21
const INTEGER = 23
const REAL = 700
const DOUBLE = 701
const TIMESTAMPTZ = 1184

const TIME = /^(\d{4,})-(\d\d)-(\d\d) (\d\d:\d\d:\d\d)(\.\d+)?([+-]\d\d)(:\d\d)?$/

const parsers: ReadonlyMap<number, (value: string) => unknown> = new Map<
  number,
  (value: string) => unknown
>([
  [BOOLEAN, (value) => (value === 't' ? 1 : 0)],
  [BIGINT, parseInteger],
  [SMALLINT, Number],
  [INTEGER, Number],
  [REAL, Number],
  [DOUBLE, Number],
  [TIMESTAMPTZ, parseTime],
])

/**
 * How values come back from our own statements, the same for a pool of ours and a pool of the
 * caller's, whose global parsers may say anything: as SQLite gives them. Everything not named here,
 * JSON and decimals among it, stays the text it was.
 */
export const typeParsers = {
  getTypeParser: (oid: number): ((value: string) => unknown) =>
    parsers.get(oid) ?? ((value) => value),
}

function parseInteger(text: string): number {
  const value = Number(text)
  if (Number.isSafeInteger(value)) return value
  throw new ImrsError('internal', 'A stored integer is larger than a number can hold exactly')
}

/** `2026-11-21 03:32:00.5+00` to ISO 8601 with milliseconds, UTC. */
function parseTime(text: string): string {
  const parts = TIME.exec(text)
  if (parts === null) {
    throw new ImrsError('internal', 'A stored time is not in ISO form; is `DateStyle` changed?')
  }
  const [, year, month, day, clock, fraction = '', hours, minutes = ':00'] = parts
  return new Date(`${year}-${month}-${day}T${clock}${fraction}${hours}${minutes}`).toISOString()
}
