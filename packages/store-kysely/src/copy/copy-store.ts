import { ImrsError } from '@imrs/core'
import type { CallOptions, Store } from '@imrs/core'

import { TABLES, readMigrationStatus, schemaTooNew } from '../migrations/migrate.ts'
import type { MigrationContext } from '../migrations/migrate.ts'
import { accessOf } from '../session/store-access.ts'
import { compareStores } from './compare-stores.ts'
import type { CopiedTable } from './compare-stores.ts'
import { beginCopy, countRows } from './copy-progress.ts'
import type { TableProgress } from './copy-progress.ts'
import { copyTable } from './copy-table.ts'
import { makeRoom } from './make-room.ts'
import { moveSequences } from './sequences.ts'
import type { NamedTable } from './table-pages.ts'

/** How far a copy is. */
export interface CopyProgress {
  /** Rows are copied first, table by table, and then read again in both stores. */
  readonly phase: 'copy' | 'verify'
  readonly table: string
  /** Of this table: copied, or read again in both stores. */
  readonly rows: number
  /** Of this table, as the source counted them at the start; twice that to verify. */
  readonly total: number
}

export interface CopyStoreOptions {
  /** Nobody may write into it meanwhile; whether somebody did is found out at the end. Stays open. */
  readonly from: Store
  /** Empty, or with a copy that was begun: it goes on then. Migrated by this function. Stays open. */
  readonly to: Store
  /** Called after each page. */
  readonly onProgress?: ((progress: CopyProgress) => void) | undefined
  /** Stops between two pages; the next call goes on after the last. */
  readonly signal?: AbortSignal | undefined
}

/**
 * Copies all rows of a store into another one, of the same or another kind of database, in pages of
 * bounded size. Killed or aborted, it goes on where it was when it is called again with the same
 * stores. At the end the rows of both are read again, counted and compared by checksum.
 *
 * A target whose copy is finished is not written again: another call only compares.
 *
 * @returns every table with what was compared.
 * @throws ConfigError for a store of another package; ImrsError `schema-outdated` for a source that is
 * to be migrated first, `schema-too-new`, `store-not-empty` for a target with other rows,
 * `copy-differs` with the tables that are not the same, `store-unavailable`.
 */
export async function copyStore(copy: CopyStoreOptions): Promise<readonly CopiedTable[]> {
  const source = accessOf(copy.from, 'from')
  const target = accessOf(copy.to, 'to')
  const options: CallOptions = { signal: copy.signal }
  await assertNewest(source, options)
  await copy.to.migrate(options)
  const begun = new Map((await beginCopy(target, options)).map((each) => [each.name, each]))
  const totals = await countRows(source, options)
  await makeRoom(source, target, options)
  const copied: TableProgress[] = []
  for (const table of namedTables()) {
    const progress = begun.get(table.name)
    if (progress === undefined) throw otherVersion(table.name)
    const onRows = tellProgress(copy, 'copy', { name: table.name, totals })
    copied.push(await copyTable({ source, target, table, options, onRows }, progress))
  }
  await moveSequences(source, target, options)
  return compareStores({
    source,
    target,
    copied,
    options,
    onRows: (name) => tellProgress(copy, 'verify', { name, totals }),
  })
}

/** In the order they are copied: nothing is copied before what it refers to. */
function namedTables(): readonly NamedTable[] {
  return Object.entries(TABLES).map(([name, definition]) => ({ name, definition }))
}

function tellProgress(
  { onProgress }: CopyStoreOptions,
  phase: CopyProgress['phase'],
  { name, totals }: { readonly name: string; readonly totals: ReadonlyMap<string, number> },
): (rows: number) => void {
  const total = (totals.get(name) ?? 0) * (phase === 'verify' ? 2 : 1)
  return (rows) => onProgress?.({ phase, table: name, rows, total })
}

async function assertNewest(source: MigrationContext, options: CallOptions): Promise<void> {
  const { pending, unknown } = await readMigrationStatus(source, options)
  if (unknown.length > 0) throw schemaTooNew(unknown)
  if (pending.length === 0) return
  throw new ImrsError(
    'schema-outdated',
    `The ${source.traits.name} database to copy from lacks ${pending.join(', ')}. Migrate it first`,
  )
}

function otherVersion(name: string): ImrsError {
  return new ImrsError(
    'store-not-empty',
    `The copy was begun by a version without the table ${name}. Copy into an empty database`,
  )
}
