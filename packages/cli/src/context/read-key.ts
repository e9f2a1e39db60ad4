import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'

import { UsageError } from '../command/usage-error.ts'
import type { CommandContext } from './command-context.ts'
import { readAll } from './read-all.ts'

const LONGEST_KEY = 16_384

/**
 * A key from the standard input: asked for on a terminal without showing it, else all there is.
 *
 * @throws UsageError when there is none, or it cannot be one.
 */
export async function readKey(context: CommandContext): Promise<string> {
  const key = (
    context.stdin.isTTY === true ? await askForKey(context) : await readAll(context)
  ).trim()
  if (key === '') throw new UsageError('--key-stdin: there is no key on the standard input')
  if (key.length > LONGEST_KEY || /\s/.test(key)) {
    throw new UsageError('--key-stdin: what was read is no key: it is one word')
  }
  return key
}

async function askForKey({ stdin, stderr, signal }: CommandContext): Promise<string> {
  await stderr.write('Key (it is not shown): ')
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: stdin, output: nowhere, terminal: true })
  const closed = Promise.withResolvers<string>()
  // Ctrl-C and Ctrl-D end the reading of the line, and there is no key.
  lines.once('SIGINT', () => lines.close())
  lines.once('close', () => closed.resolve(''))
  try {
    return await Promise.race([lines.question('', { signal }), closed.promise])
  } finally {
    lines.close()
    await stderr.write('\n')
  }
}
