import { spawn } from 'node:child_process'
import type { ChildProcessWithoutNullStreams } from 'node:child_process'
import { mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { PassThrough, Readable, Writable } from 'node:stream'

import { onTestFinished, vi } from 'vitest'

import type { CommandLine } from '../context/command-context.ts'
import { runCommandLine } from '../run-command-line.ts'

// Whole commands with databases and servers, some in processes of their own.
vi.setConfig({ testTimeout: 60_000 })

const PACKAGE = resolve(import.meta.dirname, '..', '..')

/** What a command said, and how it ended. */
export interface Ended {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** An empty folder that is gone after the test. */
export async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'imrs-cli-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** A folder in which configurations find the packages, as after `npm install`. */
export async function newProject(): Promise<string> {
  const folder = await newFolder()
  await symlink(join(PACKAGE, 'node_modules'), join(folder, 'node_modules'))
  return folder
}

export interface InProcess extends Partial<Pick<CommandLine, 'environment' | 'signal' | 'runtime'>> {
  readonly folder: string
  /** What is piped in. Default: nothing. */
  readonly stdin?: string | Uint8Array | undefined
  /** Whether all three streams are a terminal. Default: `false`. */
  readonly isTerminal?: boolean | undefined
}

/** Runs a command in this process. */
export async function imrs(parameters: readonly string[], world: InProcess): Promise<Ended> {
  const { folder, environment = {}, stdin = '', isTerminal = false } = world
  const [stdout, stderr] = [collector(isTerminal), collector(isTerminal)]
  const code = await runCommandLine({
    parameters,
    folder,
    environment,
    stdin: Object.assign(Readable.from([Buffer.from(stdin)]), { isTTY: isTerminal }),
    stdout: stdout.stream,
    stderr: stderr.stream,
    signal: world.signal,
    runtime: world.runtime,
  })
  return { code, stdout: stdout.text(), stderr: stderr.text() }
}

function collector(isTTY: boolean): {
  readonly stream: Writable & { readonly isTTY: boolean; readonly columns: number }
  readonly text: () => string
} {
  const chunks: string[] = []
  const stream = new Writable({
    write: (chunk, _encoding, done) => {
      chunks.push(String(chunk))
      done()
    },
  })
  return { stream: Object.assign(stream, { isTTY, columns: 100 }), text: () => chunks.join('') }
}

/** A terminal somebody types at: what is typed is given to it line by line. */
export function terminal(): PassThrough & { readonly isTTY: boolean } {
  return Object.assign(new PassThrough(), { isTTY: true })
}

/** The command as a process of its own, with nothing in its environment but the path. */
export function startImrs(
  parameters: readonly string[],
  { folder, environment = {} }: Pick<InProcess, 'folder' | 'environment'>,
): RunningImrs {
  const child = spawn(
    process.execPath,
    ['--conditions=@imrs/source', join(PACKAGE, 'bin', 'imrs.js'), ...parameters],
    { cwd: folder, env: { PATH: process.env['PATH'], ...environment } },
  )
  onTestFinished(() => void child.kill('SIGKILL'))
  const said = { stdout: '', stderr: '' }
  child.stdout.on('data', (text: Buffer) => {
    said.stdout += text.toString()
  })
  child.stderr.on('data', (text: Buffer) => {
    said.stderr += text.toString()
  })
  const ended = new Promise<Ended>((done, fail) => {
    child.once('error', fail)
    child.once('close', (code) => done({ code: code ?? -1, ...said }))
  })
  return { child, ended, until: (place, pattern) => until(child, () => said[place], pattern) }
}

export interface RunningImrs {
  readonly child: ChildProcessWithoutNullStreams
  readonly ended: Promise<Ended>
  /** Resolves as soon as it has said something that fits; rejects when it ends before. */
  readonly until: (place: 'stdout' | 'stderr', pattern: RegExp) => Promise<RegExpExecArray>
}

function until(
  child: ChildProcessWithoutNullStreams,
  said: () => string,
  pattern: RegExp,
): Promise<RegExpExecArray> {
  return new Promise((done, fail) => {
    const look = (): void => {
      const found = pattern.exec(said())
      if (found !== null) done(found)
    }
    child.stdout.on('data', look)
    child.stderr.on('data', look)
    child.once('close', () => fail(new Error(`It ended without ${String(pattern)}: ${said()}`)))
    look()
  })
}
