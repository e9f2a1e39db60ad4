import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

import type { CallSummary, ProvidersMessage, ProvidersRequest } from './soak-messages.ts'

export interface FaultyProviders extends Pick<
  Extract<ProvidersMessage, { type: 'ready' }>,
  'baseUrls' | 'keys'
> {
  /** All chat calls that came, each after it has ended. */
  calls(): Promise<readonly CallSummary[]>
  close(): Promise<void>
}

/** Starts the process of the providers. */
export async function startProviders(options: {
  readonly seed: number
  readonly faultShare: number
}): Promise<FaultyProviders> {
  const child = fork(
    join(import.meta.dirname, 'faulty-providers.ts'),
    [String(options.seed), String(options.faultShare)],
    { execArgv: ['--conditions=@imrs/source'] },
  )
  const ready = await next(child)
  if (ready.type !== 'ready') throw new Error('The providers did not start')
  return {
    baseUrls: ready.baseUrls,
    keys: ready.keys,
    calls: async () => {
      const answer = next(child)
      child.send('calls' satisfies ProvidersRequest)
      const message = await answer
      if (message.type !== 'calls') throw new Error('The providers did not answer')
      return message.calls
    },
    close: async () => {
      const exit = once(child, 'exit')
      child.send('close' satisfies ProvidersRequest)
      await exit
    },
  }
}

async function next(child: ChildProcess): Promise<ProvidersMessage> {
  // Both sides are this folder's.
  const [message] = (await once(child, 'message')) as [ProvidersMessage]
  return message
}
