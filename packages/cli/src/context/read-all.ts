import { UsageError } from '../command/usage-error.ts'
import type { CommandContext } from './command-context.ts'

const LARGEST_INPUT = 16 * 1024 * 1024

/**
 * All of the standard input, as text. Stops when the command is stopped.
 *
 * @throws UsageError when it is larger than 16 MiB or no UTF-8.
 */
export async function readAll({ stdin, signal }: CommandContext): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  const stop = (): void => void stdin.destroy(signal.reason as Error)
  signal.throwIfAborted()
  signal.addEventListener('abort', stop, { once: true })
  try {
    for await (const chunk of stdin) {
      const bytes = Buffer.from(chunk as Buffer | string)
      size += bytes.length
      if (size > LARGEST_INPUT) throw new UsageError('The standard input is larger than 16 MiB')
      chunks.push(bytes)
    }
  } finally {
    signal.removeEventListener('abort', stop)
  }
  return decode(Buffer.concat(chunks))
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new UsageError('The standard input is not text in UTF-8')
  }
}
