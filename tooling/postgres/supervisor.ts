// Runs a PostgreSQL server until its standard input closes, then removes every trace of it.
// Writes the connection string to standard output once the server takes connections.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { postgresBinaries } from './binaries.ts'
import { runServer } from './run-server.ts'
import { serverUser } from './server-user.ts'

const folder = mkdtempSync(join(tmpdir(), 'imrs-postgres-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => process.stdin.destroy())
}

const user = serverUser()
const server = await runServer({ binaries: postgresBinaries(folder, user), folder, user })
let exitCode = 1
process.stdin.on('close', () => {
  exitCode = 0
  void server.stop()
})
process.stdin.resume()
void server.exited.then(() => process.exit(exitCode))
process.stdout.write(`${server.url}\n`)
