export { createKyselyStore } from './kysely-store.ts'
export type { KyselyStoreOptions } from './kysely-store.ts'
export type {
  DatabaseErrorKind,
  DialectTraits,
  MigratedSchema,
  StatementBatch,
  StatementSteps,
} from './dialect-traits.ts'
export { MIGRATION_NAMES, TABLES, tablesAfter } from './migrations/migrate.ts'
export type { MigrateOptions } from './migrations/migrate.ts'
export { migrateStore } from './migrations/migrate-store.ts'
export { qualified } from './schema/qualified.ts'
export { storableParameters } from './session/storable-parameters.ts'
export type { Database } from './schema/database.ts'
export type {
  ColumnKind,
  ColumnSpec,
  IndexDefinition,
  TableDefinition,
} from './schema/table-definition.ts'
