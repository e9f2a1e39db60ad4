import { spawn, spawnSync } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

import type { PostgresBinaries } from './binaries.ts'
import type { ServerOptions } from './server-options.ts'
import type { ServerUser } from './server-user.ts'

export interface ServerSetup {
  readonly binaries: PostgresBinaries
  /** Removed by the caller. */
  readonly folder: string
  readonly user: ServerUser
  readonly options: ServerOptions
}

export interface RunningServer {
  readonly url: string
  /** Ends the server as a crash would, and serves the same cluster at the same port again. */
  readonly restart: () => Promise<void>
  /** Resolves when the server has ended and nobody restarts it. */
  readonly ended: Promise<void>
  readonly stop: () => Promise<void>
}

const MAX_TRIES = 5
/** A standby only reads. */
const READY = /ready to accept (read-only )?connections/

/** Makes a cluster below the folder and serves it on a free port. */
export async function runServer(setup: ServerSetup): Promise<RunningServer> {
  const { folder, user } = setup
  if (user.uid !== undefined && user.gid !== undefined) chownSync(folder, user.uid, user.gid)
  chmodSync(folder, 0o700)
  makeCluster(setup)
  // Somebody else may take the free port before the server does.
  for (let tries = 1; ; tries += 1) {
    const port = await freePort()
    const served = await start(setup, port)
    if (typeof served !== 'string') return running(setup, port, served)
    if (tries === MAX_TRIES) throw new Error(served)
  }
}

interface Served {
  readonly server: ChildProcess
  readonly exited: Promise<unknown>
}

/** A server that takes connections, or why there is none. */
async function start(setup: ServerSetup, port: number): Promise<Served | string> {
  const server = serve(setup, port)
  const exited = once(server, 'exit')
  const failure = await Promise.race([ready(server), exited.then(() => 'the server ended')])
  return failure ?? { server, exited }
}

function running(setup: ServerSetup, port: number, first: Served): RunningServer {
  const { promise: ended, resolve: end } = Promise.withResolvers<void>()
  let current = first
  let isRestarting = false
  const watch = ({ exited }: Served): void => void exited.then(() => isRestarting || end())
  const kill = async (): Promise<void> => {
    current.server.kill('SIGQUIT')
    await current.exited
  }
  watch(first)
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    ended,
    restart: async () => {
      isRestarting = true
      await kill()
      const served = await start(setup, port)
      if (typeof served === 'string') throw new Error(served)
      current = served
      isRestarting = false
      watch(served)
    },
    stop: kill,
  }
}

/** Puts a cluster and the files of the options below the folder. */
function makeCluster({ folder, user, binaries, options }: ServerSetup): void {
  const data = join(folder, 'data')
  if (options.data === undefined) {
    const flags = ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C']
    const made = spawnSync(binaries.initdb, [...flags, '--no-sync'], {
      ...user,
      cwd: folder,
      encoding: 'utf8',
    })
    if (made.status !== 0) throw new Error(`initdb failed: ${made.error?.message ?? made.stderr}`)
  } else {
    cpSync(options.data, data, { recursive: true, verbatimSymlinks: true })
    rmSync(options.data, { recursive: true, force: true })
    chmodSync(data, 0o700)
  }
  const files = join(folder, 'files')
  mkdirSync(files)
  for (const [name, content] of Object.entries(options.files ?? {})) {
    writeFileSync(join(files, name), content, { mode: 0o600 })
  }
  const hba = join(data, 'pg_hba.conf')
  const lines = [...(options.hba ?? []), readFileSync(hba, 'utf8')]
  writeFileSync(hba, lines.join('\n'))
  if (user.uid === undefined || user.gid === undefined) return
  const { status } = spawnSync('chown', ['-R', `${user.uid}:${user.gid}`, data, files])
  if (status !== 0) throw new Error('The files could not be given to the user of the server')
}

function serve({ binaries, folder, user, options }: ServerSetup, port: number): ChildProcess {
  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    max_connections: '200',
    // Tests are run again after a power cut.
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    ...options.settings,
  }
  const flags = Object.entries(settings).flatMap(([name, value]) => [
    '-c',
    `${name}=${value.replaceAll('{folder}', join(folder, 'files'))}`,
  ])
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
    if (READY.test(line)) {
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
