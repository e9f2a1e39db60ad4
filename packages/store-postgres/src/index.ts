export { postgresStore } from './postgres-store.ts'
export type {
  PostgresClient,
  PostgresPool,
  PostgresQuery,
  PostgresStoreOptions,
} from './options.ts'
