export { createKyselyStore } from './kysely-store.ts'
export type { KyselyStoreOptions, ReadsOptions } from './kysely-store.ts'
export type {
  DatabaseErrorKind,
  DialectTraits,
  MigratedSchema,
  MissingIndex,
  MissingPartition,
  MonthOfPartitions,
  PartitionTraits,
  StatementBatch,
  StatementSteps,
  StoreTables,
} from './dialect-traits.ts'
export { copyStore } from './copy/copy-store.ts'
export type { CopyProgress, CopyStoreOptions } from './copy/copy-store.ts'
export type { CopiedTable } from './copy/compare-stores.ts'
export { MIGRATION_NAMES, TABLES, tablesAfter } from './migrations/migrate.ts'
export type { MigrateOptions } from './migrations/migrate.ts'
export { migrateStore } from './migrations/migrate-store.ts'
export { JOINED_COUNTS } from './rows/counts-text.ts'
export { DISTRIBUTION } from './schema/distribution.ts'
export type { TableDistribution } from './schema/distribution.ts'
export { qualified } from './schema/qualified.ts'
export { catchUp } from './session/process-support.ts'
export type { ProcessSupport, WatchRequest } from './session/process-support.ts'
export { storableParameters } from './session/storable-parameters.ts'
export type { Database } from './schema/database.ts'
export type {
  ColumnKind,
  ColumnSpec,
  IndexDefinition,
  TableDefinition,
} from './schema/table-definition.ts'
