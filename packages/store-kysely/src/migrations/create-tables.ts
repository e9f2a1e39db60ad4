import { sql } from 'kysely'
import type { ColumnDefinitionBuilder, CreateTableBuilder, SqlBool } from 'kysely'

import type { ColumnKind, ColumnSpec, TableDefinition } from '../schema/table-definition.ts'
import type { MigrationStep } from './migration-list.ts'

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
  const { traits, database } = step
  const isRowId = (kind: ColumnKind): boolean => kind === 'sequence' && traits.name === 'sqlite'
  let builder: CreateTableBuilder<string, string> = database.schema.createTable(name)
  let hasRowId = false
  for (const [column, spec] of Object.entries(table.columns)) {
    const { kind, isNullable } = parseSpec(spec)
    hasRowId ||= isRowId(kind)
    const type = sql.raw(traits.columnTypes[kind])
    builder = builder.addColumn(column, type, (definition: ColumnDefinitionBuilder) => {
      if (isRowId(kind)) return definition.primaryKey().autoIncrement()
      return isNullable ? definition : definition.notNull()
    })
  }
  const key = [...table.primaryKey]
  // SQLite numbers rows only in an integer primary key, so the key of the definition is merely unique.
  builder = hasRowId
    ? builder.addUniqueConstraint(`uq_${name}_key`, key)
    : builder.addPrimaryKeyConstraint(`pk_${name}`, key)
  if (table.partitionBy !== undefined && traits.supportsPartitions) {
    builder = builder.modifyEnd(sql`partition by range (${sql.ref(table.partitionBy)})`)
  }
  await builder.execute()
}

function parseSpec(spec: ColumnSpec): { readonly kind: ColumnKind; readonly isNullable: boolean } {
  const isNullable = spec.endsWith('?')
  // The type of `spec` is a kind with or without the mark that is cut off here.
  return { kind: (isNullable ? spec.slice(0, -1) : spec) as ColumnKind, isNullable }
}
