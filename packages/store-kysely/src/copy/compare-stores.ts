import { ImrsError } from '@imrs/core'
import type { CallOptions } from '@imrs/core'

import { TABLES } from '../migrations/migrate.ts'
import type { MigrationContext } from '../migrations/migrate.ts'
import type { TableProgress } from './copy-progress.ts'
import { checksumOf } from './copy-table.ts'

/** A table that is the same in both stores. */
export interface CopiedTable {
  readonly name: string
  readonly rows: number
  /** Of the rows in a form that does not depend on the database; 32 hexadecimal digits. */
  readonly checksum: string
}

export interface StoreComparison {
  readonly source: MigrationContext
  readonly target: MigrationContext
  /** What was read of the source while it was copied. */
  readonly copied: readonly TableProgress[]
  readonly options: CallOptions
  /** Gives who is told how many rows of the table were read, in both stores together. */
  readonly onRows: (table: string) => (rows: number) => void
}

interface Difference {
  readonly name: string
  readonly copied: TableProgress
  readonly source: Omit<CopiedTable, 'name'>
  readonly target: Omit<CopiedTable, 'name'>
}

/**
 * Reads every table of both stores again and compares them.
 *
 * @throws ImrsError `copy-differs` that names the tables which are not the same, and why that may be.
 */
export async function compareStores(comparison: StoreComparison): Promise<readonly CopiedTable[]> {
  const compared: CopiedTable[] = []
  const differences: Difference[] = []
  for (const copied of comparison.copied) {
    const { name } = copied
    const { source, target } = await readAgain(comparison, name)
    compared.push({ name, ...target })
    if (source.rows === target.rows && source.checksum === target.checksum) continue
    differences.push({ name, copied, source, target })
  }
  if (differences.length > 0) throw differs(differences)
  return compared
}

async function readAgain(
  { source, target, options, onRows }: StoreComparison,
  name: string,
): Promise<Pick<Difference, 'source' | 'target'>> {
  const definition = TABLES[name]
  if (definition === undefined) throw new TypeError(`There is no table ${name}`)
  const table = { name, definition }
  const tell = onRows(name)
  const ofSource = await checksumOf(source, table, { options, onRows: tell })
  const ofTarget = await checksumOf(target, table, {
    options,
    onRows: (rows) => tell(ofSource.rows + rows),
  })
  return { source: ofSource, target: ofTarget }
}

function differs(differences: readonly Difference[]): ImrsError {
  const causes: string[] = []
  const moved = differences.filter(({ copied, source }) => !isAsCopied(copied, source))
  if (moved.length > 0) {
    causes.push(
      `the source was written while it was copied, or since: ${namesOf(moved, 'source')}. ` +
        'Stop its writers and copy into an empty database',
    )
  }
  const changed = differences.filter(({ copied, target }) => !isAsCopied(copied, target))
  if (changed.length > 0) {
    causes.push(
      `the target does not have what was copied; is it used already? ${namesOf(changed, 'target')}`,
    )
  }
  return new ImrsError('copy-differs', `The copy differs: ${causes.join('; ')}`)
}

function isAsCopied(copied: TableProgress, now: Omit<CopiedTable, 'name'>): boolean {
  // A table without rows was never given a checksum.
  return copied.rows === now.rows && (now.rows === 0 || copied.checksum === now.checksum)
}

function namesOf(differences: readonly Difference[], store: 'source' | 'target'): string {
  return differences
    .map(
      ({ name, copied, [store]: now }) => `${name} (${copied.rows} rows copied, ${now.rows} now)`,
    )
    .join(', ')
}
