import { sql } from 'kysely'
import type { CreateTableBuilder, SqlBool } from 'kysely'

import { qualified } from '../schema/qualified.ts'
import type { ColumnKind, ColumnSpec, TableDefinition } from '../schema/table-definition.ts'
import type { MigrationStep } from './migration-list.ts'

type TableBuilder = CreateTableBuilder<string, string>

/** Makes tables and their indexes as a definition says. */
export async function createTables(step: MigrationStep): Promise<void> {
  for (const [name, table] of Object.entries(step.tables)) {
    await createTable(step, name, table)
    for (const [indexName, index] of Object.entries(table.indexes ?? {})) {
      let builder = step.database.schema
        .createIndex(indexName)
        .on(name)
        .columns([...index.columns])
      if (index.isUnique === true) builder = builder.unique()
      if (index.where !== undefined) builder = builder.where(sql<SqlBool>`${sql.raw(index.where)}`)
      await builder.execute()
    }
  }
}

async function createTable(
  step: MigrationStep,
  name: string,
  table: TableDefinition,
): Promise<void> {
  let builder: TableBuilder = step.database.schema.createTable(name)
  let numbered: string | undefined
  for (const [column, spec] of Object.entries(table.columns)) {
    const { kind, isNullable } = parseSpec(spec)
    if (kind === 'sequence') {
      builder = await addNumberedColumn(step, builder, { table: name, column })
      numbered = column
    } else {
      builder = builder.addColumn(column, sql.raw(step.traits.columnTypes[kind]), (definition) =>
        isNullable ? definition : definition.notNull(),
      )
    }
  }
  builder = addKey(step, builder, { table: name, key: table.primaryKey, numbered })
  if (table.partitionBy !== undefined && step.traits.supportsPartitions) {
    builder = builder.modifyEnd(sql`partition by range (${sql.ref(table.partitionBy)})`)
  }
  if (table.isClustered === true && step.traits.name === 'sqlite') {
    builder = builder.modifyEnd(sql`without rowid`)
  }
  await builder.execute()
}

async function addNumberedColumn(
  { database, traits, schema }: MigrationStep,
  builder: TableBuilder,
  { table, column }: { readonly table: string; readonly column: string },
): Promise<TableBuilder> {
  const type = sql.raw(traits.columnTypes.sequence)
  if (!traits.supportsSequences) {
    return builder.addColumn(column, type, (definition) => definition.primaryKey().autoIncrement())
  }
  const sequence = `${table}_${column}`
  await sql`create sequence ${qualified(schema, sequence)}`.execute(database)
  const path = schema === undefined ? [sequence] : [schema, sequence]
  const quoted = path.map((part) => `"${part.replaceAll('"', '""')}"`).join('.')
  return builder.addColumn(column, type, (definition) =>
    definition.notNull().defaultTo(sql`nextval(${sql.lit(quoted)})`),
  )
}

interface KeyOfTable {
  readonly table: string
  readonly key: readonly string[]
  readonly numbered: string | undefined
}

function addKey(
  { traits }: MigrationStep,
  builder: TableBuilder,
  { table, key, numbered }: KeyOfTable,
): TableBuilder {
  if (numbered === undefined || traits.supportsSequences) {
    return builder.addPrimaryKeyConstraint(`pk_${table}`, [...key])
  }
  // Without sequences the numbered column is itself the primary key, and the key merely unique.
  const isSame = key.length === 1 && key[0] === numbered
  return isSame ? builder : builder.addUniqueConstraint(`uq_${table}_key`, [...key])
}

function parseSpec(spec: ColumnSpec): { readonly kind: ColumnKind; readonly isNullable: boolean } {
  const isNullable = spec.endsWith('?')
  // The type of `spec` is a kind with or without the mark that is cut off here.
  return { kind: (isNullable ? spec.slice(0, -1) : spec) as ColumnKind, isNullable }
}
