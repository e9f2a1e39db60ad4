/** Copies a store into another one. `npm run copy -- --help` says how. */
import { parseArgs } from 'node:util'

import { ImrsError } from '@imrs/core'
import { copyStore } from '@imrs/store-kysely'
import type { CopyProgress } from '@imrs/store-kysely'

import { HELP, UsageError, storeOf } from './copy/addresses.ts'
import { createProgress } from './replay/print.ts'

interface Command {
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly schema?: string | undefined
  readonly help?: boolean | undefined
}

function parse(parameters: readonly string[]): Command {
  try {
    return parseArgs({
      // npm and pnpm pass the dashes between their arguments and ours on.
      args: parameters.filter((argument) => argument !== '--'),
      options: {
        from: { type: 'string' },
        to: { type: 'string' },
        schema: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

const BAR = 30

function lineOf({ phase, table, rows, total }: CopyProgress): string {
  const share = total === 0 ? 1 : Math.min(1, rows / total)
  const filled = Math.round(share * BAR)
  const bar = `${'#'.repeat(filled)}${'.'.repeat(BAR - filled)}`
  const word = phase === 'copy' ? 'copying' : 'comparing'
  return `[${bar}] ${word} ${table}: ${rows.toLocaleString('en')} of ${total.toLocaleString('en')}`
}

async function run({ from, to, schema }: Command, signal: AbortSignal): Promise<void> {
  if (from === undefined || to === undefined) throw new UsageError('--from and --to are needed')
  const source = storeOf('--from', from, schema)
  const target = storeOf('--to', to, schema)
  const progress = createProgress(process.stderr)
  try {
    const onProgress = (now: CopyProgress): void => progress.show(lineOf(now))
    const tables = await copyStore({ from: source, to: target, onProgress, signal })
    progress.clear()
    for (const { name, rows, checksum } of tables) {
      process.stdout.write(`${checksum}  ${String(rows).padStart(12)}  ${name}\n`)
    }
  } finally {
    progress.clear()
    await Promise.all([source.close(), target.close()])
  }
}

const stop = new AbortController()
process.once('SIGINT', () => stop.abort(new Error('Stopped by Ctrl-C')))
try {
  const command = parse(process.argv.slice(2))
  if (command.help === true) process.stdout.write(HELP)
  else await run(command, stop.signal)
} catch (error) {
  if (stop.signal.aborted) {
    process.stderr.write('Stopped; the same command goes on from here\n')
    process.exitCode = 130
  } else if (error instanceof UsageError || ImrsError.is(error)) {
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 2
  } else {
    throw error
  }
}
