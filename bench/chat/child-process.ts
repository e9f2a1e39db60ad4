import { fork } from 'node:child_process'
import type { ChildProcess, ForkOptions } from 'node:child_process'
import { once } from 'node:events'

/** A process of ours; it dies with this one. */
export interface Child {
  /** Sends a message and gives the next one that comes back. */
  ask(message: object): Promise<unknown>
  stop(): Promise<void>
}

/** Starts a file of ours; resolves with its first message. */
export async function startChild(
  file: URL | string,
  options: { readonly parameters?: readonly string[] } & ForkOptions = {},
): Promise<{ readonly child: Child; readonly message: unknown }> {
  const { parameters = [], ...forkOptions } = options
  const forked = fork(file, parameters, {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    ...forkOptions,
  })
  const message = await nextMessage(forked)
  return {
    message,
    child: {
      ask: (question) => {
        const answer = nextMessage(forked)
        forked.send(question)
        return answer
      },
      stop: async () => {
        const exited = once(forked, 'exit')
        forked.kill()
        await exited
      },
    },
  }
}

async function nextMessage(forked: ChildProcess): Promise<unknown> {
  const settled = new AbortController()
  const { signal } = settled
  const [message] = await Promise.race([
    once(forked, 'message', { signal }),
    once(forked, 'exit', { signal }).then(([code]) => {
      throw new Error(`${forked.spawnfile} ended with ${String(code)} in place of an answer`)
    }),
  ]).finally(() => settled.abort())
  return message
}
