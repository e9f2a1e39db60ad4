import { join } from 'node:path'

import { describe, onTestFinished } from 'vitest'

import { migrationsWithData } from '../../store-kysely/src/__fixtures__/migrations-with-data.ts'
import { temporaryFolder } from './__fixtures__/temporary-folder.ts'
import { sqliteStore } from './sqlite-store.ts'

describe('migrations of a SQLite file with data in it', () => {
  migrationsWithData({
    open: async () => {
      const folder = temporaryFolder()
      onTestFinished(folder.remove)
      return sqliteStore({ path: join(folder.path, 'imrs.db') })
    },
  })
})
