import { storeContract } from '@imrs/testing/contracts'
import type { StoreUnderTest } from '@imrs/testing/contracts'
import { afterAll, beforeAll } from 'vitest'

import { emptyTables, experienceIn } from './__fixtures__/raw-rows.ts'
import { openTestDatabase } from './__fixtures__/test-database.ts'
import type { PostgresDatabase } from './__fixtures__/test-database.ts'
import type { PostgresStoreOptions } from './options.ts'
import { postgresStore } from './postgres-store.ts'

let database: PostgresDatabase

beforeAll(async () => {
  database = await openTestDatabase()
  for (const schema of ['public', 'Odd "schema']) {
    const store = postgresStore({ pool: database.pool, schema })
    await store.migrate()
    await store.close()
  }
})
afterAll(() => database.drop())

async function open(options: PostgresStoreOptions): Promise<StoreUnderTest> {
  const { pool } = database
  await emptyTables(pool, options.schema)
  return {
    store: postgresStore(options),
    openAgain: async () => postgresStore(options),
    allExperience: () => experienceIn(pool, options.schema),
  }
}

storeContract({
  name: 'PostgreSQL',
  open: () => open({ connectionString: database.url }),
})

storeContract({
  name: "PostgreSQL, the host's pool, a schema of its own",
  open: () => open({ pool: database.pool, schema: 'Odd "schema' }),
})
