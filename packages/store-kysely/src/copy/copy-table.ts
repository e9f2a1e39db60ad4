import type { CallOptions } from '@imrs/core'

import type { MigrationContext } from '../migrations/migrate.ts'
import { saveProgress } from './copy-progress.ts'
import type { TableProgress } from './copy-progress.ts'
import { RowWriter } from './insert-rows.ts'
import { RowChecksum } from './row-checksum.ts'
import { tablePages } from './table-pages.ts'
import type { NamedTable, TablePage } from './table-pages.ts'

export interface TableCopy {
  readonly source: MigrationContext
  readonly target: MigrationContext
  readonly table: NamedTable
  readonly options: CallOptions
  readonly onRows: (rows: number) => void
}

/** Copies what is left of a table. Each page and the note of it are one transaction of the target. */
export async function copyTable(
  { source, target, table, options, onRows }: TableCopy,
  begun: TableProgress,
): Promise<TableProgress> {
  if (begun.isDone) return begun
  const writer = new RowWriter(table)
  const pages = tablePages(source, table, { after: begun.key, options })
  let progress = begun
  let read = await pages.next()
  while (read.done !== true) {
    const page = read.value
    const now = progressAfter(progress, page)
    // The next page is read while this one is written.
    const [next] = await Promise.all([
      pages.next(),
      target.session.write(async (work) => {
        // First: it finds out whether another process copies these rows.
        await saveProgress(work, { before: progress, now })
        await writer.write(work, page.rows)
      }, options),
    ])
    progress = now
    onRows(progress.rows)
    read = next
  }
  const done = { ...progress, isDone: true }
  await target.session.write((work) => saveProgress(work, { before: progress, now: done }), options)
  return done
}

/** How many rows a table has, and their checksum. */
export async function checksumOf(
  context: MigrationContext,
  table: NamedTable,
  { options, onRows }: Pick<TableCopy, 'options' | 'onRows'>,
): Promise<{ readonly rows: number; readonly checksum: string }> {
  const checksum = new RowChecksum()
  let rows = 0
  for await (const { texts } of tablePages(context, table, { options })) {
    for (const text of texts) checksum.add(text)
    rows += texts.length
    onRows(rows)
  }
  return { rows, checksum: checksum.text }
}

function progressAfter(progress: TableProgress, { texts, key }: TablePage): TableProgress {
  const checksum = new RowChecksum(progress.checksum)
  for (const text of texts) checksum.add(text)
  return { ...progress, rows: progress.rows + texts.length, checksum: checksum.text, key }
}
