import type { Readable } from 'node:stream'

import { systemRuntime } from '@imrs/core'
import type { Runtime } from '@imrs/core'

import { printable } from '../print/printable.ts'
import { createOutput } from './output.ts'
import type { Output, OutputStream } from './output.ts'
import { createProgress } from './progress.ts'
import type { Progress } from './progress.ts'

/** The part of the standard input that is read. */
export type InputStream = Readable & {
  /** Whether a person types. */
  readonly isTTY?: boolean | undefined
  /** Present on a terminal: keys are given one by one and not shown. */
  setRawMode?(isRaw: boolean): unknown
}

/** One call of the command line, and the world it is made in. */
export interface CommandLine {
  /** Behind the command's name. */
  readonly parameters: readonly string[]
  readonly stdin: InputStream
  readonly stdout: OutputStream
  readonly stderr: OutputStream
  /** What relative paths begin at, and where the configuration lies. */
  readonly folder: string
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Ends the command. Default: it ends by itself. */
  readonly signal?: AbortSignal | undefined
  /** Time, chance and the network. Default: the real world. */
  readonly runtime?: Runtime | undefined
}

/** What a command works with. Commands touch nothing of the process but this. */
export interface CommandContext {
  readonly stdin: InputStream
  readonly stdout: Output
  readonly stderr: Output
  readonly folder: string
  /** Its `environment` is that of the command line. */
  readonly runtime: Runtime
  readonly signal: AbortSignal
  /** `--json`: what is said on the standard output is one JSON value. */
  readonly isJson: boolean
  /** Whether lines may be coloured, and change while somebody looks: on a terminal, without `NO_COLOR`. */
  readonly isLive: boolean
  /** A bar that says how far something is; on a terminal only. */
  readonly progress: () => Progress
  /** Says the result, on the standard output. */
  print(value: unknown, words: () => string): Promise<void>
  /** Says something beside the result, on the standard error output. */
  say(words: string): Promise<void>
}

export function createContext(line: CommandLine, isJson: boolean): CommandContext {
  const runtime = line.runtime ?? systemRuntime
  const environment = (name: string): string | undefined => {
    const value = line.environment[name]
    return value === '' ? undefined : value
  }
  const stdout = createOutput(line.stdout)
  const stderr = createOutput(line.stderr)
  const isQuiet = environment('NO_COLOR') !== undefined || environment('TERM') === 'dumb'
  const isLive = stdout.isTerminal && stderr.isTerminal && !isQuiet
  return {
    stdin: line.stdin,
    stdout,
    stderr,
    folder: line.folder,
    runtime: { ...runtime, environment },
    signal: line.signal ?? new AbortController().signal,
    isJson,
    isLive,
    progress: () => createProgress(isLive && !isJson, line.stderr),
    print: async (value, words) =>
      stdout.write(isJson ? `${JSON.stringify(value, undefined, 2)}\n` : words()),
    say: async (words) => {
      await stderr.write(`${printable(words)}\n`).catch(() => {})
    },
  }
}
