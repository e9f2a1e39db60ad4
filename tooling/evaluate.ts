/**
 * Says what other strategies would have earned, from the rated decisions of a SQLite database.
 * `npm run evaluate -- --help` says how.
 */
import { ImrsError } from '@imrs/core'

import { evaluate } from './evaluate/evaluate-database.ts'
import { HELP, UsageError, parseCommand } from './evaluate/options.ts'

const stop = new AbortController()
process.once('SIGINT', () => stop.abort(new Error('Stopped by Ctrl-C')))

try {
  const command = parseCommand(process.argv.slice(2))
  if (command.isHelp) process.stdout.write(HELP)
  else process.stdout.write(await evaluate(command, stop.signal))
} catch (error) {
  if (stop.signal.aborted) {
    process.stderr.write('Stopped\n')
    process.exit(130)
  }
  // `parseArgs` throws a TypeError of its own for an option that there is not.
  const isUsage = error instanceof UsageError || error instanceof TypeError
  if (!isUsage && !(error instanceof ImrsError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = isUsage ? 2 : 1
}
