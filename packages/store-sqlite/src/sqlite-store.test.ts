import { join } from 'node:path'

import { storeContract } from '@imrs/testing/contracts'
import Database from 'better-sqlite3'

import { experienceIn } from './__fixtures__/raw-rows.ts'
import { temporaryFolder } from './__fixtures__/temporary-folder.ts'
import { sqliteStore } from './sqlite-store.ts'

storeContract({
  name: 'SQLite file',
  open: async () => {
    const folder = temporaryFolder()
    const path = join(folder.path, 'made for it', 'imrs.db')
    const store = sqliteStore({ path })
    await store.migrate()
    const raw = new Database(path)
    return {
      store,
      openAgain: async () => sqliteStore({ path }),
      allExperience: async () => experienceIn(raw),
      dispose: async () => {
        raw.close()
        await folder.remove()
      },
    }
  },
})

storeContract({
  name: 'SQLite in memory, opened by the host',
  open: async () => {
    const database = new Database(':memory:')
    const store = sqliteStore({ database })
    await store.migrate()
    return {
      store,
      openAgain: async () => sqliteStore({ database }),
      allExperience: async () => experienceIn(database),
      dispose: async () => {
        database.close()
      },
    }
  },
  without: {
    'shared-data': 'two stores on one connection would step into each other’s transactions',
    watch: 'nobody else can reach a database in memory: its own router tells itself of its changes',
  },
})

storeContract({
  name: 'SQLite in memory',
  randomOperations: 30_000,
  open: async () => {
    const store = sqliteStore({ path: ':memory:', durability: 'power' })
    await store.migrate()
    return { store }
  },
  without: {
    'shared-data': 'a database in memory belongs to its connection',
    'raw-experience': 'the same: nobody else can look at it',
    watch: 'nobody else can reach it: its own router tells itself of its changes',
  },
})
