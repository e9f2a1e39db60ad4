// Waits for a line, migrates a database, and says which migrations it applied: `migrate-once.ts <url>`.
import { once } from 'node:events'

import { migrateStore } from '@imrs/store-kysely'

import { postgresStore } from '../postgres-store.ts'

const store = postgresStore({ connectionString: process.argv[2] })
process.stdout.write('ready\n')
await once(process.stdin, 'data')
process.stdin.destroy()
const applied = await migrateStore(store)
await store.close()
process.stdout.write(`${JSON.stringify(applied)}\n`)
