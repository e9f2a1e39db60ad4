// Holds the lock `work` until it is killed, and says so: `holding-process.ts <url>`.
import { postgresStore } from '../postgres-store.ts'

const store = postgresStore({ connectionString: process.argv[2] ?? '' })
const held = await store.coordination.tryLock('work')
process.stdout.write(held === undefined ? 'refused\n' : 'held\n')
// Reads what nobody writes: alive until the end.
process.stdin.resume()
