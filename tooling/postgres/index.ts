export { createDatabase } from './create-database.ts'
export type { TestDatabase } from './create-database.ts'
export { startPostgres } from './start-postgres.ts'
export type { TestPostgres } from './start-postgres.ts'
