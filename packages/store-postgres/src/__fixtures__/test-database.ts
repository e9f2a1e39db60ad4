import { Pool } from 'pg'
import { inject } from 'vitest'

import { createDatabase } from '../../../../tooling/postgres/index.ts'

/** A database of a test's own, and a pool of the test's to look into it. */
export interface PostgresDatabase {
  readonly url: string
  readonly pool: Pool
  readonly drop: () => Promise<void>
}

/** A pool that does not mind when its connections are cut, as they are when their database is dropped. */
export function testPool(connectionString: string): Pool {
  const pool = new Pool({ connectionString, max: 10 })
  pool.on('error', () => {})
  return pool
}

export async function openTestDatabase(): Promise<PostgresDatabase> {
  const database = await createDatabase(inject('postgresUrl'))
  const pool = testPool(database.url)
  return {
    url: database.url,
    pool,
    drop: async () => {
      await pool.end()
      await database.drop()
    },
  }
}
