// Watches a file and holds a lock, and forgets to close its store: `watch-file.ts <file>`.
import { sqliteStore } from '../sqlite-store.ts'

const store = sqliteStore({ path: process.argv[2] ?? '' })
await store.changes.watch?.({
  topics: () => ['catalog'],
  versionOf: () => 0,
  moved: () => undefined,
  failed: () => undefined,
})
await store.coordination.tryLock('work')
