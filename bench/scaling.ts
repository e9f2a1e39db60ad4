/**
 * Fills the big tables of both stores to growing sizes, and says what a row takes, how fast a store is
 * copied, and what becomes of the statements that requests wait for:
 * `npm run scaling -- --rows 1000000 --svg docs/plots/growth.svg`. Takes minutes and gigabytes. With
 * `--tables messages,feedback_events` only those are filled and copied, to the full size at once; with
 * `--catalogue 50000` a catalogue of so many models is synced, and nothing else is measured.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { parseArgs } from 'node:util'

import { copyStore } from '@imrs/store-kysely'
import { postgresStore } from '@imrs/store-postgres'
import { sqliteStore } from '@imrs/store-sqlite'

import { startBenchPostgres } from './chat/bench-postgres.ts'
import { syncCatalogue } from './scaling/catalogue-bytes.ts'
import { growthPlot } from './scaling/growth-plot.ts'
import type { GrowthPanel } from './scaling/growth-plot.ts'
import { HOT_STATEMENTS, timeStatements } from './scaling/hot-statements.ts'
import type { StatementTimes } from './scaling/hot-statements.ts'
import { FILLED } from './scaling/scaling-rows.ts'
import { fill, postgresBytes, sqliteBytes } from './scaling/scaling-stores.ts'
import type { TableBytes } from './scaling/scaling-stores.ts'

/** What FTS5 keeps its index of words in. */
const SEARCH_TABLES = ['model_search_data', 'model_search_idx']

interface Size {
  readonly rows: number
  readonly sqlite: readonly StatementTimes[]
  readonly postgres: readonly StatementTimes[]
}

/** Seconds of each part. */
interface CopyTimes {
  readonly fill: number
  readonly copy: number
  readonly verify: number
}

interface Task {
  readonly rows: number
  readonly tables: readonly string[]
}

async function measureCatalogue(models: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'imrs-scaling-'))
  const server = await startBenchPostgres()
  if (server === undefined) throw new Error('No PostgreSQL can be started here')
  const path = join(folder, 'imrs.db')
  const stores = [sqliteStore({ path }), postgresStore({ connectionString: server.url })]
  try {
    for (const store of stores) {
      await store.migrate()
      await syncCatalogue(store, models)
    }
    const bytes = { sqlite: sqliteBytes(path), postgres: await postgresBytes(server.url) }
    const tables = ['llm_model_catalog', 'catalog_events', ...SEARCH_TABLES]
    printBytes({ rows: models, tables }, bytes)
  } finally {
    await Promise.all(stores.map((store) => store.close()))
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function measure({ rows, tables }: Task): Promise<Size> {
  const folder = mkdtempSync(join(tmpdir(), 'imrs-scaling-'))
  const server = await startBenchPostgres()
  if (server === undefined) throw new Error('No PostgreSQL can be started here')
  const path = join(folder, 'imrs.db')
  const from = sqliteStore({ path })
  const to = postgresStore({ connectionString: server.url })
  try {
    await from.migrate()
    const startMs = performance.now()
    await fill(from, tables, rows)
    const filledMs = performance.now()
    let copiedMs = filledMs
    await copyStore({
      from,
      to,
      onProgress: ({ phase }) => {
        if (phase === 'copy') copiedMs = performance.now()
      },
    })
    const times = {
      fill: (filledMs - startMs) / 1_000,
      copy: (copiedMs - filledMs) / 1_000,
      verify: (performance.now() - copiedMs) / 1_000,
    }
    printCopy({ rows, tables }, times)
    printBytes(
      { rows, tables },
      { sqlite: sqliteBytes(path), postgres: await postgresBytes(server.url) },
    )
    const size = {
      rows,
      // Without the other tables they have nothing to find.
      sqlite: tables === FILLED ? await timeStatements(from, rows) : [],
      postgres: tables === FILLED ? await timeStatements(to, rows) : [],
    }
    if (tables === FILLED) printStatements(size)
    return size
  } finally {
    await Promise.all([from.close(), to.close()])
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

function printCopy({ rows, tables }: Task, { fill: filled, copy, verify }: CopyTimes): void {
  const all = rows * tables.length
  const rate = (seconds: number): string => Math.round(all / seconds).toLocaleString('en')
  console.log(
    `${rows.toLocaleString('en')} rows in each of ${tables.length} tables: filled SQLite with ` +
      `${rate(filled)} rows/s, copied it to PostgreSQL with ${rate(copy)} rows/s, compared both with ` +
      `${rate(verify)} rows/s`,
  )
}

function printBytes(
  { rows, tables }: Task,
  { sqlite, postgres }: { readonly sqlite: TableBytes; readonly postgres: TableBytes },
): void {
  console.table(
    tables.map((table) => ({
      table,
      'SQLite bytes/row': Math.round((sqlite.get(table) ?? 0) / rows),
      'PostgreSQL bytes/row': Math.round((postgres.get(table) ?? 0) / rows),
    })),
  )
}

function printStatements({ sqlite, postgres }: Size): void {
  const shown = (value: number | undefined): number => Number((value ?? 0).toPrecision(3))
  console.table(
    HOT_STATEMENTS.map((name, place) => ({
      'milliseconds of': name,
      'SQLite p50': shown(sqlite[place]?.p50),
      'SQLite p99': shown(sqlite[place]?.p99),
      'PostgreSQL p50': shown(postgres[place]?.p50),
      'PostgreSQL p99': shown(postgres[place]?.p99),
    })),
  )
}

function panelsOf(sizes: readonly Size[]): readonly GrowthPanel[] {
  const panel = (title: string, of: 'sqlite' | 'postgres'): GrowthPanel => ({
    title,
    curves: HOT_STATEMENTS.map((name, place) => ({
      name,
      points: sizes.map((size) => ({
        rows: size.rows,
        p50: size[of][place]?.p50 ?? Number.NaN,
        p99: size[of][place]?.p99 ?? Number.NaN,
      })),
    })),
  })
  return [panel('SQLite', 'sqlite'), panel('PostgreSQL', 'postgres')]
}

const { values } = parseArgs({
  args: process.argv.slice(2).filter((argument) => argument !== '--'),
  options: {
    rows: { type: 'string', default: '1000000' },
    svg: { type: 'string' },
    tables: { type: 'string' },
    catalogue: { type: 'string' },
  },
})
const most = Number(values.rows)
if (!Number.isInteger(most) || most < 10_000) throw new Error('--rows takes a number from 10,000')
if (values.catalogue !== undefined) await measureCatalogue(Number(values.catalogue))
const tables = values.tables?.split(',') ?? FILLED
const sizes: Size[] = []
const shares = values.tables === undefined ? [0.1, 0.3, 1] : [1]
for (const share of values.catalogue === undefined ? shares : []) {
  sizes.push(await measure({ rows: Math.round(most * share), tables }))
}
if (values.svg !== undefined) {
  writeFileSync(
    values.svg,
    growthPlot('Statements of requests while a store grows', panelsOf(sizes)),
  )
  console.log(`Plotted in ${values.svg}`)
}
