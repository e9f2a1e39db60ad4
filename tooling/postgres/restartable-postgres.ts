import { spawn, spawnSync } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

import { postgresBinaries } from './binaries.ts'
import { serverUser } from './server-user.ts'

/** A server that can be stopped in the middle of everything, and started again on the same files. */
export interface RestartablePostgres {
  readonly url: string
  /** At once, as if it had been killed (`immediate`): it recovers from its log at the next start. */
  stop(): Promise<void>
  start(): Promise<void>
  remove(): Promise<void>
}

export async function restartablePostgres(): Promise<RestartablePostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'imrs-restart-'))
  const user = serverUser()
  const binaries = postgresBinaries(folder, user)
  if (user.uid !== undefined && user.gid !== undefined) chownSync(folder, user.uid, user.gid)
  chmodSync(folder, 0o700)
  const data = join(folder, 'data')
  const flags = ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C']
  const made = spawnSync(binaries.initdb, flags, { ...user, cwd: folder, encoding: 'utf8' })
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`)
  const port = await freePort()
  let server: ChildProcess | undefined
  const killed = (): void => void server?.kill('SIGQUIT')
  process.on('exit', killed)
  const start = async (): Promise<void> => {
    // What was committed has to survive the stop; the machine itself goes on.
    const settings = ['-c', 'fsync=off', '-c', 'listen_addresses=127.0.0.1', '-c', `port=${port}`]
    const more = ['-c', 'unix_socket_directories=']
    server = spawn(binaries.postgres, ['-D', data, ...settings, ...more], {
      ...user,
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
    })
    await ready(server)
  }
  const stop = async (): Promise<void> => {
    if (server === undefined || server.exitCode !== null) return
    const exited = once(server, 'exit')
    server.kill('SIGQUIT')
    await exited
  }
  await start()
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    stop,
    start,
    remove: async () => {
      await stop()
      process.off('exit', killed)
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

async function ready({ stderr }: ChildProcess): Promise<void> {
  if (stderr === null) throw new Error('The server has no standard error')
  const log: string[] = []
  for await (const line of createInterface({ input: stderr })) {
    log.push(line)
    if (line.includes('ready to accept connections')) {
      // What it logs from now on is read and dropped, so that the pipe never fills.
      stderr.resume()
      return
    }
  }
  throw new Error(`The server ended: ${log.join('\n')}`)
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  // Listening on a port, so its address is not a path.
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}
