export type { PostgresConnectionOptions, PostgresTls } from './connection-options.ts'
export { postgresStore } from './postgres-store.ts'
export type {
  PostgresClient,
  PostgresNotification,
  PostgresPool,
  PostgresQuery,
  PostgresSource,
  PostgresStoreOptions,
} from './options.ts'
