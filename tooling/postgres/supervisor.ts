// Runs a PostgreSQL server until its standard input closes, then removes every trace of it.
// Writes the connection string to standard output once the server takes connections, and the folder of
// its cluster. A line `restart` on standard input restarts it, and is answered by the connection string.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

import { postgresBinaries } from './binaries.ts'
import { runServer } from './run-server.ts'
import type { ServerOptions } from './server-options.ts'
import { serverUser } from './server-user.ts'

const folder = mkdtempSync(join(tmpdir(), 'imrs-postgres-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => process.stdin.destroy())
}

const user = serverUser()
// Written by the one process that starts this one.
const options = JSON.parse(process.argv[2] ?? '{}') as ServerOptions
const server = await runServer({ binaries: postgresBinaries(folder, user), folder, user, options })
let exitCode = 1
process.stdin.on('close', () => {
  exitCode = 0
  void server.stop()
})
const tell = (): void => void process.stdout.write(`${server.url} ${join(folder, 'data')}\n`)
createInterface({ input: process.stdin }).on('line', (line) => {
  if (line !== 'restart') return
  void server.restart().then(tell, () => process.exit(1))
})
void server.ended.then(() => process.exit(exitCode))
tell()
