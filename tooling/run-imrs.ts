import process from 'node:process'

import { runCommandLine } from '@imrs/cli'

/** Runs a command of `imrs` as a script of this repository: `npm run replay -- --data …`. */
export async function runImrs(command: string): Promise<void> {
  const stop = new AbortController()
  // Once: a second Ctrl-C ends the process as it always does.
  process.once('SIGINT', () => stop.abort(new Error('SIGINT')))
  // npm and pnpm pass the dashes between their arguments and ours on.
  const given = process.argv.slice(2).filter((argument) => argument !== '--')
  process.exitCode = await runCommandLine({
    parameters: [command, ...given],
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    folder: process.cwd(),
    environment: process.env,
    signal: stop.signal,
  })
}
