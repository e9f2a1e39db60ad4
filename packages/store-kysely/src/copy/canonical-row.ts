import type { ColumnKind, TableDefinition } from '../schema/table-definition.ts'

/** A row as the driver of a store gives it. */
export type StoredRow = Readonly<Record<string, unknown>>

/** What a column holds, in words that are the same whichever database holds it. */
type CanonicalValue = (value: unknown) => unknown

/** Makes the function that gives the text of a row of the table: equal rows have equal texts in every store. */
export function canonicalRows(table: TableDefinition): (row: StoredRow) => string {
  const columns = Object.entries(table.columns).map(([name, spec]) => {
    // The type of `spec` is a kind with or without the mark that is cut off here.
    const kind = (spec.endsWith('?') ? spec.slice(0, -1) : spec) as ColumnKind
    return { name, canonical: canonicalOf[kind] }
  })
  return (row) =>
    JSON.stringify(
      columns.map(({ name, canonical }) => {
        const value = row[name]
        return value === null || value === undefined ? null : canonical(value)
      }),
    )
}

const canonicalOf: Readonly<Record<ColumnKind, CanonicalValue>> = {
  text: String,
  'random-id': String,
  integer: Number,
  bigint: Number,
  sequence: Number,
  boolean: Number,
  double: Number,
  // Both store milliseconds; one of them as text.
  time: (value) => Date.parse(String(value)),
  decimal: (value) => canonicalDecimal(String(value)),
  json: (value) => sorted(JSON.parse(String(value))),
}

const DECIMAL = /^([+-]?)(\d*)\.?(\d*)(?:e([+-]?\d+))?$/i

/** `1.50`, `1.5` and `15e-1` are one number: PostgreSQL writes numbers out, SQLite keeps them as they came. */
export function canonicalDecimal(text: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = DECIMAL.exec(text) ?? []
  const digits = `${whole}${fraction}`
  // Not a decimal: it is compared as it stands.
  if (digits === '') return text
  const significant = digits.replace(/^0+/, '')
  const trimmed = significant.replace(/0+$/, '')
  if (trimmed === '') return '0'
  const power = Number(exponent) - fraction.length + significant.length - trimmed.length
  return `${sign === '-' ? '-' : ''}${trimmed}e${power}`
}

/** JSON with the members of its objects by name: PostgreSQL keeps them in an order of its own. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).toSorted(([left], [right]) => (left < right ? -1 : 1))
  // Entries, not an object: names that are whole numbers would come first in one.
  return { members: entries.map(([name, member]) => [name, sorted(member)]) }
}
