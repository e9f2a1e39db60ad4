// Holds the lock `work` until it is killed, and says whether it got it: `hold-lock.ts <file>`.
import { sqliteStore } from '../sqlite-store.ts'

const store = sqliteStore({ path: process.argv[2] ?? '' })
const held = await store.coordination.tryLock('work')
process.stdout.write(held === undefined ? 'refused\n' : 'held\n')
// Reads what nobody writes: alive until the end.
process.stdin.resume()
