export { sqliteStore } from './sqlite-store.ts'
export type { SqliteDatabase, SqliteStatement, SqliteStoreOptions } from './options.ts'
