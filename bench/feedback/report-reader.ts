/** Reads reports all the time, in a process of its own, as a page of figures does. Takes a store's name and address. */
import { setTimeout as sleep } from 'node:timers/promises'

import { createRouter } from '@imrs/router'
import { memorySecrets } from '@imrs/secrets'
import { postgresStore } from '@imrs/store-postgres'
import { sqliteStore } from '@imrs/store-sqlite'

const PAUSE_MS = 100

const [name, address = ''] = process.argv.slice(2)
const store =
  name === 'SQLite' ? sqliteStore({ path: address }) : postgresStore({ connectionString: address })
const router = await createRouter({ store, secrets: memorySecrets(), providers: [] })
process.send?.('ready')
for (;;) {
  await router.performance.report()
  await router.performance.report({ groupBy: ['model', 'task-type', 'agent'] })
  await sleep(PAUSE_MS)
}
