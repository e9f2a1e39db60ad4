// Waits for a line, migrates a database, and says which migrations it applied: `migrate-once.ts <file>`.
import { once } from 'node:events'

import { migrateStore } from '@imrs/store-kysely'

import { sqliteStore } from '../sqlite-store.ts'

const store = sqliteStore({ path: process.argv[2], busyTimeoutMs: 60_000 })
process.stdout.write('ready\n')
await once(process.stdin, 'data')
process.stdin.destroy()
const applied = await migrateStore(store)
await store.close()
process.stdout.write(`${JSON.stringify(applied)}\n`)
