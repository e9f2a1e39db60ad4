import { CommanderError } from 'commander'

import { buildProgram } from './command/build-program.ts'
import { describeFailure } from './command/describe-failure.ts'
import { COMMANDS } from './commands/index.ts'
import { createContext } from './context/command-context.ts'
import type { CommandLine } from './context/command-context.ts'
import { BrokenPipeError, createOutput, ignoreErrors } from './context/output.ts'
import { printable } from './print/printable.ts'

/** What the process ends with when a signal ended the command: 128 and the signal's number. */
const SIGNAL_CODES: Readonly<Record<string, number>> = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 }

const KEY_HINT =
  'Keys are not taken on the command line, where others can read them: set OPENAI_API_KEY and its like, or use --key-stdin.\n'

/**
 * Runs one command and gives the code to exit with: 0 for done, 1 for failed, 2 for a command line
 * that makes no sense, 130 when it was stopped. Never rejects, and ends nothing but what it opened.
 *
 * Results go to `stdout`, everything else to `stderr`. When whoever reads `stdout` goes away, the
 * command ends with 0 and says nothing. May be called several times at once.
 */
export async function runCommandLine(line: CommandLine): Promise<number> {
  const listenAgain = ignoreErrors([line.stdout, line.stderr])
  const isJson = asksForJson(line)
  try {
    const { program, codeOf, said } = buildProgram(COMMANDS, createContext(line, isJson))
    try {
      await program.parseAsync([...line.parameters], { from: 'user' })
    } catch (error) {
      if (!(error instanceof CommanderError)) throw error
      return await endedByCommander(line, error, said())
    }
    return codeOf()
  } catch (error) {
    return await failed(line, error, isJson)
  } finally {
    listenAgain()
  }
}

/** Help that was asked for goes to the output; a command line that makes no sense ends with 2. */
async function endedByCommander(
  line: CommandLine,
  { exitCode }: CommanderError,
  said: { readonly out: string; readonly errors: string },
): Promise<number> {
  await createOutput(line.stdout).write(said.out)
  const isKey = /unknown option '--[\w-]*(?:key|token|secret|password)/.test(said.errors)
  const words = printable(`${said.errors}${isKey ? KEY_HINT : ''}`)
  const isFine = exitCode === 0
  const message = words.trim().replace(/^error: /, '')
  const isJson = asksForJson(line) && !isFine
  await createOutput(line.stderr)
    .write(isJson ? `${JSON.stringify({ error: { code: 'usage', message } })}\n` : words)
    .catch(() => {})
  return isFine ? 0 : 2
}

/** Behind `--` stand texts, whatever they look like. */
function asksForJson({ parameters }: CommandLine): boolean {
  const end = parameters.indexOf('--')
  return (end === -1 ? parameters : parameters.slice(0, end)).includes('--json')
}

async function failed(line: CommandLine, error: unknown, isJson: boolean): Promise<number> {
  if (error instanceof BrokenPipeError) return 0
  const stderr = createOutput(line.stderr)
  const say = async (words: string): Promise<void> => stderr.write(`${words}\n`).catch(() => {})
  if (line.signal?.aborted === true) {
    await say('Stopped')
    const { reason } = line.signal
    return SIGNAL_CODES[reason instanceof Error ? reason.message : ''] ?? 130
  }
  const { exitCode, code, message, stack } = describeFailure(error)
  await say(isJson ? JSON.stringify({ error: { code, message } }) : printable(`imrs: ${message}`))
  if ((line.environment['IMRS_DEBUG'] ?? '') !== '') await say(printable(stack))
  return exitCode
}
