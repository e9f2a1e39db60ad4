import { Pool } from 'pg'
import { inject } from 'vitest'

import { createDatabase } from '../../../../tooling/postgres/index.ts'

/** A database of a test's own, and a pool of the test's to look into it. */
export interface PostgresDatabase {
  readonly url: string
  readonly pool: Pool
  readonly drop: () => Promise<void>
}

export async function openTestDatabase(): Promise<PostgresDatabase> {
  const database = await createDatabase(inject('postgresUrl'))
  const pool = new Pool({ connectionString: database.url, max: 10 })
  return {
    url: database.url,
    pool,
    drop: async () => {
      await pool.end()
      await database.drop()
    },
  }
}
