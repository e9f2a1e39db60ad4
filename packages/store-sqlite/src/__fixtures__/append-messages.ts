// Appends so many messages, ten at a time, and leaves the store open: `append-messages.ts <file> <count>`.
import { sqliteStore } from '../sqlite-store.ts'
import { makeMessages } from './make-messages.ts'

const [path = '', count = ''] = process.argv.slice(2)
const store = sqliteStore({ path })
await store.migrate()
for (let left = Number(count); left > 0; left -= 10) {
  await store.ledger.append({ decisions: [], attempts: [], messages: makeMessages(10) })
}
