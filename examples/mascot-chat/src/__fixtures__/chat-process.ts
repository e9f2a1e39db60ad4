import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

import { onTestFinished } from 'vitest'

/** How a process ended: with an exit code, or by a signal. */
export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

/** The demo as its users start it, in a process of its own. */
export interface ChatProcess {
  readonly url: string
  /** What it printed so far, both streams. */
  output(): string
  kill(signal: NodeJS.Signals): void
  readonly ended: Promise<Ended>
}

type Environment = Readonly<Record<string, string>>

/** Starts `main.ts` offline on a free port and resolves once it says where it listens. */
export async function startChatProcess(
  environment: Environment,
  words: readonly string[] = [],
): Promise<ChatProcess> {
  const { child, ended, output } = spawnMain(environment, words)
  const url = await Promise.race([urlFrom(child), ended.then(() => undefined)])
  if (url === undefined) throw new Error(`It ended before it listened: ${output()}`)
  return { url, output, ended, kill: (signal) => child.kill(signal) }
}

/** Starts `main.ts` where it cannot go on, and gives what it said. */
export async function failingChatProcess(
  environment: Environment,
  words: readonly string[] = [],
): Promise<Ended & { readonly output: string }> {
  const { ended, output } = spawnMain(environment, words)
  return { ...(await ended), output: output() }
}

function spawnMain(environment: Environment, words: readonly string[]): {
  readonly child: ChildProcess
  readonly ended: Promise<Ended>
  readonly output: () => string
} {
  const main = join(import.meta.dirname, '..', 'main.ts')
  const noKeys = { GEMINI_API_KEY: '', GOOGLE_API_KEY: '', OPENAI_API_KEY: '', OPENROUTER_API_KEY: '' }
  const child = spawn(process.execPath, ['--conditions=@imrs/source', main, ...words], {
    env: { PATH: process.env['PATH'], ...noKeys, HOST: '', PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (piece: string) => (text += piece))
  }
  const ended = once(child, 'close').then(([code, signal]): Ended => ({ code, signal }))
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await ended
  })
  return { child, ended, output: () => text }
}

async function urlFrom(child: ChildProcess): Promise<string | undefined> {
  if (child.stdout === null) return undefined
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /^Mascot chat: (\S+)$/.exec(line)?.[1]
    if (url !== undefined) return url
  }
  return undefined
}
