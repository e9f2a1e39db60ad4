import { storeContract } from '@imrs/testing/contracts'

import { sqliteStore } from './sqlite-store.ts'

storeContract({
  name: 'SQLite in memory, with many signals',
  randomOperations: 100_000,
  open: async () => {
    const store = sqliteStore({ path: ':memory:' })
    await store.migrate()
    return { store }
  },
  without: {
    'shared-data': 'a database in memory belongs to its connection',
    'raw-experience': 'the same: nobody else can look at it',
    watch: 'nobody else can reach it: its own router tells itself of its changes',
  },
})
