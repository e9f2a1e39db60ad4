// Syncs two different lists in turn until it is killed, and says so when the first is stored.
import { sqliteStore } from '../sqlite-store.ts'
import { listNumber } from './two-lists.ts'

const store = sqliteStore({ path: process.argv[2] ?? '' })
for (let turn = 1; ; turn += 1) {
  await store.models.sync({ providerId: 'p', syncedAtMs: turn, models: listNumber(turn % 2) })
  process.stdout.write(`${turn}\n`)
}
