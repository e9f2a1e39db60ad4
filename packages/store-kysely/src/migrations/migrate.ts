import { ImrsError } from '@imrs/core'
import type { CallOptions, MigrationStatus, Runtime } from '@imrs/core'
import { sql } from 'kysely'
import type { Kysely } from 'kysely'

import type { DialectTraits } from '../dialect-traits.ts'
import type { Database } from '../schema/database.ts'
import { qualified } from '../schema/qualified.ts'
import type { TableDefinition } from '../schema/table-definition.ts'
import type { StoreSession } from '../session/store-session.ts'
import { MIGRATIONS } from './migration-list.ts'
import type { NumberedMigration } from './migration-list.ts'
import { untilUnlocked } from './until-unlocked.ts'

const MIGRATION_TABLE = 'imrs_migrations'
const LOCK_NAME = 'imrs:migrate'

/** The names of all migrations this code knows, in the order they are applied. */
export const MIGRATION_NAMES: readonly string[] = Object.freeze(MIGRATIONS.map(({ name }) => name))

/** Every table there is, with all migrations applied. */
export const TABLES: Readonly<Record<string, TableDefinition>> = Object.freeze(
  tablesAfter(MIGRATION_NAMES.at(-1) ?? ''),
)

/**
 * The tables as the named migration leaves them.
 *
 * @throws ImrsError `invalid-request` for a name that no migration has.
 */
export function tablesAfter(migration: string): Record<string, TableDefinition> {
  const tables: Record<string, TableDefinition> = {}
  const change = (name: string, changed: (table: TableDefinition) => TableDefinition): void => {
    const table = tables[name]
    if (table === undefined) throw new TypeError(`No migration made ${name}`)
    tables[name] = changed(table)
  }
  for (const { tables: made, columns = {}, indexes = {} } of MIGRATIONS.slice(
    0,
    placeOf(migration) + 1,
  )) {
    Object.assign(tables, made)
    for (const [name, added] of Object.entries(columns)) {
      change(name, (table) => ({ ...table, columns: { ...table.columns, ...added } }))
    }
    for (const [name, all] of Object.entries(indexes)) {
      change(name, (table) => ({ ...table, indexes: all }))
    }
  }
  return tables
}

/** What a migration works with. */
export interface MigrationContext {
  readonly session: StoreSession
  readonly traits: DialectTraits
  readonly runtime: Pick<Runtime, 'now' | 'sleep'>
}

/** How far to migrate, and whom to tell. */
export interface MigrateOptions extends CallOptions {
  /** The last migration to apply. Default: the newest there is. */
  readonly to?: string | undefined
  /** Called after the commit of each migration that this call applied. */
  readonly onMigrated?: ((name: string) => void) | undefined
}

/**
 * Brings the schema to the newest version, a transaction for each migration: one that is killed, or
 * aborted, leaves whole migrations behind, and the next run goes on after them. Of several processes
 * one applies a migration while the others wait, and then find it done.
 *
 * Locks on tables are waited for shortly, so that nobody queues behind a migration that queues behind
 * a long transaction; then it is tried again.
 *
 * @returns the names of the migrations that this call applied.
 * @throws ImrsError `schema-too-new` when the database knows a migration that this code does not;
 * `store-unavailable` when a lock could not be had for minutes.
 */
export async function migrate(
  context: MigrationContext,
  options?: MigrateOptions,
): Promise<readonly string[]> {
  const last = options?.to === undefined ? MIGRATIONS.length - 1 : placeOf(options.to)
  const applied: string[] = []
  for (;;) {
    const name = await untilUnlocked(context, options, () =>
      context.session.migrate((database) => applyNext(database, context, last), options),
    )
    if (name === undefined) return applied
    applied.push(name)
    options?.onMigrated?.(name)
  }
}

/** What is applied and what is not, from the tables alone: nothing is written or waited for. */
export async function readMigrationStatus(
  { session, traits }: MigrationContext,
  options?: CallOptions,
): Promise<MigrationStatus> {
  return session.read(async ({ database }) => {
    const stored = await storedNames(database, traits, await schemaOf(database, traits))
    const applied = new Set(stored)
    return {
      applied: stored.filter((name) => MIGRATION_NAMES.includes(name)),
      pending: MIGRATION_NAMES.filter((name) => !applied.has(name)),
      unknown: stored.filter((name) => !MIGRATION_NAMES.includes(name)),
    }
  }, options)
}

/** Applies the first migration that is missing, if one up to the last is. */
async function applyNext(
  database: Kysely<Database>,
  { traits, runtime }: MigrationContext,
  last: number,
): Promise<string | undefined> {
  await (traits.beginMigration ?? traits.lock)(database, LOCK_NAME)
  if (traits.schema !== undefined) {
    await database.schema.createSchema(traits.schema).ifNotExists().execute()
  }
  const schema = await schemaOf(database, traits)
  const tables = schema === undefined ? database : database.withSchema(schema)
  const stored = await storedNames(database, traits, schema)
  assertKnown(stored)
  const next = MIGRATIONS[stored.length]
  if (next === undefined || stored.length > last) {
    const reached = tablesAfter(stored.at(-1) ?? '')
    await traits.afterMigrate?.({ database: tables, tables: reached, schema })
    return undefined
  }
  if (stored.length === 0) await createMigrationTable(database, schema)
  await next.up({ database: tables, tables: next.tables, traits, schema })
  await sql`insert into ${qualified(schema, MIGRATION_TABLE)} (name, timestamp)
    values (${next.name}, ${new Date(runtime.now()).toISOString()})`.execute(database)
  return next.name
}

/** Always a name where there are schemas: without one, tables of another schema pass for these. */
async function schemaOf(
  database: Kysely<Database>,
  traits: DialectTraits,
): Promise<string | undefined> {
  return traits.schema ?? (await traits.currentSchema?.(database))
}

async function createMigrationTable(
  database: Kysely<Database>,
  schema: string | undefined,
): Promise<void> {
  await sql`create table if not exists ${qualified(schema, MIGRATION_TABLE)}
    (name varchar(255) not null primary key, timestamp varchar(255) not null)`.execute(database)
}

async function storedNames(
  database: Kysely<Database>,
  traits: DialectTraits,
  schema: string | undefined,
): Promise<readonly string[]> {
  if (!(await traits.hasTable(database, { schema, name: MIGRATION_TABLE }))) return []
  const table = qualified(schema, MIGRATION_TABLE)
  const { rows } = await sql<{ name: string }>`select name from ${table} order by name`.execute(
    database,
  )
  return rows.map(({ name }) => name)
}

function assertKnown(stored: readonly string[]): void {
  const unknown = stored.filter((name) => !MIGRATION_NAMES.includes(name))
  if (unknown.length > 0) throw schemaTooNew(unknown)
  const missing = MIGRATIONS.slice(0, stored.length).find(({ name }) => !stored.includes(name))
  if (missing === undefined) return
  throw new ImrsError(
    'internal',
    `The database has ${stored.at(-1)} and lacks ${missing.name}, which comes before it`,
  )
}

/** The error of a database that knows migrations this code does not. */
export function schemaTooNew(unknown: readonly string[]): ImrsError {
  return new ImrsError(
    'schema-too-new',
    `The database was made by a newer version: it has ${unknown.join(', ')}, this version knows ` +
      `migrations up to ${MIGRATION_NAMES.at(-1)}. Update the @imrs packages of this process`,
  )
}

function placeOf(name: string): number {
  const place = MIGRATIONS.findIndex((migration: NumberedMigration) => migration.name === name)
  if (place >= 0) return place
  throw new ImrsError(
    'invalid-request',
    `There is no migration '${name}'; there are ${MIGRATIONS.map((each) => each.name).join(', ')}`,
  )
}
