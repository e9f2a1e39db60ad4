import { spawn, spawnSync } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

import type { PostgresBinaries } from './binaries.ts'
import type { ServerUser } from './server-user.ts'

export interface ServerSetup {
  readonly binaries: PostgresBinaries
  /** Removed by the caller. */
  readonly folder: string
  readonly user: ServerUser
}

export interface RunningServer {
  readonly url: string
  readonly exited: Promise<unknown>
  readonly stop: () => Promise<void>
}

const MAX_TRIES = 5

/** Makes a cluster below the folder and serves it on a free port. */
export async function runServer(setup: ServerSetup): Promise<RunningServer> {
  const { folder, user, binaries } = setup
  if (user.uid !== undefined && user.gid !== undefined) chownSync(folder, user.uid, user.gid)
  chmodSync(folder, 0o700)
  const data = join(folder, 'data')
  const flags = [
    '-D',
    data,
    '-U',
    'postgres',
    '-A',
    'trust',
    '-E',
    'UTF8',
    '--locale=C',
    '--no-sync',
  ]
  const made = spawnSync(binaries.initdb, flags, { ...user, cwd: folder, encoding: 'utf8' })
  if (made.status !== 0) throw new Error(`initdb failed: ${made.error?.message ?? made.stderr}`)
  // Somebody else may take the free port before the server does.
  for (let tries = 1; ; tries += 1) {
    const port = await freePort()
    const server = serve(setup, port)
    const exited = once(server, 'exit')
    const failure = await Promise.race([ready(server), exited.then(() => 'the server ended')])
    if (failure === undefined) {
      const stop = async (): Promise<void> => {
        server.kill('SIGQUIT')
        await exited
      }
      return { url: `postgres://postgres@127.0.0.1:${port}/postgres`, exited, stop }
    }
    if (tries === MAX_TRIES) throw new Error(failure)
  }
}

function serve({ binaries, folder, user }: ServerSetup, port: number): ChildProcess {
  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    max_connections: '200',
    // Tests are run again after a power cut.
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
  }
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  return spawn(binaries.postgres, ['-D', join(folder, 'data'), ...flags], {
    ...user,
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
  })
}

/** Waits until the server says that it takes connections; text when it ended before. */
async function ready(server: ChildProcess): Promise<string | undefined> {
  if (server.stderr === null) return 'no standard error'
  const log: string[] = []
  const lines = createInterface({ input: server.stderr })
  for await (const line of lines) {
    log.push(line)
    if (line.includes('ready to accept connections')) {
      // What it logs from now on is read and dropped, so that the pipe never fills.
      server.stderr.resume()
      return undefined
    }
  }
  return `the server ended: ${log.join('\n')}`
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  // Listening on a port, so its address is not a path.
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}
