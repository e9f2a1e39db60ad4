import { ImrsError } from '@imrs/core'
import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import { Migrator } from 'kysely/migration'
import type { Migration } from 'kysely/migration'

import type { DialectTraits } from '../dialect-traits.ts'
import type { Database } from '../schema/database.ts'
import { qualified } from '../schema/qualified.ts'
import type { TableDefinition } from '../schema/table-definition.ts'
import { MIGRATIONS } from './migration-list.ts'

const MIGRATION_TABLE = 'imrs_migrations'
const LOCK_NAME = 'imrs:migrate'

/** Every table there is, with all migrations applied. */
export const TABLES: Readonly<Record<string, TableDefinition>> = Object.freeze(allTables())

/**
 * Brings the schema to the newest version, inside the given write transaction. A process that comes
 * while another migrates waits for it, and then finds nothing to do.
 *
 * @throws ImrsError `schema-too-new` when the database knows a migration that this code does not.
 */
export async function migrateSchema(
  database: Kysely<Database>,
  traits: DialectTraits,
): Promise<void> {
  await traits.lock(database, LOCK_NAME)
  if (traits.schema !== undefined) {
    await database.schema.createSchema(traits.schema).ifNotExists().execute()
  }
  // Always named: without a name the migrator takes another schema's tables for its own.
  const schema = traits.schema ?? (await traits.currentSchema?.(database))
  const tables = schema === undefined ? database : database.withSchema(schema)
  await assertKnown(tables, schema)
  const provider = {
    getMigrations: async (): Promise<Record<string, Migration>> =>
      Object.fromEntries(
        MIGRATIONS.map(({ name, up, tables: made }) => [
          name,
          { up: () => up({ database: tables, tables: made, traits, schema }) },
        ]),
      ),
  }
  const migrator = new Migrator({
    db: database,
    provider,
    migrationTableName: MIGRATION_TABLE,
    migrationLockTableName: `${MIGRATION_TABLE}_lock`,
    ...(schema === undefined ? {} : { migrationTableSchema: schema }),
  })
  const { error } = await migrator.migrateToLatest()
  // The migrator reports what it caught instead of throwing it.
  if (error !== undefined) throw error instanceof Error ? error : new Error('A migration failed')
  await traits.afterMigrate?.({ database: tables, tables: TABLES, schema })
}

function allTables(): Record<string, TableDefinition> {
  const tables: Record<string, TableDefinition> = {}
  for (const { tables: made, columns = {} } of MIGRATIONS) {
    Object.assign(tables, made)
    for (const [name, added] of Object.entries(columns)) {
      const table = tables[name]
      if (table === undefined) throw new TypeError(`No migration made ${name}`)
      tables[name] = { ...table, columns: { ...table.columns, ...added } }
    }
  }
  return tables
}

async function assertKnown(database: Kysely<Database>, schema: string | undefined): Promise<void> {
  const existing = await database.introspection.getTables()
  const isOurs = existing.some(
    (table) => table.name === MIGRATION_TABLE && (schema === undefined || table.schema === schema),
  )
  if (!isOurs) return
  const table = qualified(schema, MIGRATION_TABLE)
  const { rows } = await sql<{ name: string }>`select name from ${table} order by name`.execute(
    database,
  )
  const known = new Set(MIGRATIONS.map((migration) => migration.name))
  const unknown = rows.map((row) => row.name).filter((name) => !known.has(name))
  if (unknown.length === 0) return
  throw new ImrsError(
    'schema-too-new',
    `The database was made by a newer version: it has ${unknown.join(', ')}, this version knows ` +
      `migrations up to ${MIGRATIONS.at(-1)?.name}. Update the @imrs packages of this process`,
  )
}
