import type { Store } from '@imrs/core'

import type { StoredRow } from '../copy/canonical-row.ts'
import { RowWriter } from '../copy/insert-rows.ts'
import { tablePages } from '../copy/table-pages.ts'
import type { NamedTable } from '../copy/table-pages.ts'
import { accessOf } from '../session/store-access.ts'

/** Writes rows past the repositories. */
export async function writeRows(
  store: Store,
  table: NamedTable,
  rows: readonly StoredRow[],
): Promise<void> {
  const { session } = accessOf(store, 'store')
  await session.write((work) => new RowWriter(table).write(work, rows), undefined)
}

/** All rows of a table in the order of its key, past the repositories. */
export async function readRows(store: Store, table: NamedTable): Promise<StoredRow[]> {
  const rows: StoredRow[] = []
  for await (const page of tablePages(accessOf(store, 'store'), table, { options: {} })) {
    rows.push(...page.rows)
  }
  return rows
}
