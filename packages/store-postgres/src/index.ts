export { postgresStore } from './postgres-store.ts'
export type {
  PostgresClient,
  PostgresNotification,
  PostgresPool,
  PostgresQuery,
  PostgresStoreOptions,
} from './options.ts'
