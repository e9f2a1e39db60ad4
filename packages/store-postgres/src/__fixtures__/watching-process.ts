// Watches and holds a lock, and forgets to close its store: `watching-process.ts <url>`.
import { postgresStore } from '../postgres-store.ts'

const store = postgresStore({
  connectionString: process.argv[2] ?? '',
  connections: { idleTimeoutMs: 1 },
})
await store.changes.watch?.({
  topics: () => ['catalog'],
  versionOf: () => 0,
  moved: () => undefined,
  failed: () => undefined,
})
await store.coordination.tryLock('work')
