import { describe, onTestFinished } from 'vitest'

import { migrationsWithData } from '../../store-kysely/src/__fixtures__/migrations-with-data.ts'
import { openTestDatabase } from './__fixtures__/test-database.ts'
import { postgresStore } from './postgres-store.ts'

describe('migrations of a PostgreSQL database with data in it', () => {
  migrationsWithData({
    open: async () => {
      const database = await openTestDatabase()
      onTestFinished(database.drop)
      return postgresStore({ connectionString: database.url })
    },
  })
})
