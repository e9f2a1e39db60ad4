import { getEventListeners } from 'node:events'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

import type { BenchResult } from './bench-result.ts'
import { startChild } from './chat/child-process.ts'
import { routerChat } from './chat/contenders/router.ts'
import { AT_ONCE } from './chat/server-mode.ts'
import { timedCall } from './chat/timed-call.ts'

const WARM_UP = 3000
const CHATS = 6000

/** What the process holds; the numbers of two moments can be compared. */
interface Held {
  readonly heapBytes: number
  readonly listeners: number
  readonly resources: readonly string[]
}

/**
 * What 6,000 answers, one after the other, leave behind: on the heap, on a signal of the caller's that
 * outlives them all, and in timers and sockets.
 *
 * @throws Error when a listener, a timer or a socket is left over: of those there is not one too many.
 */
export async function bench(): Promise<BenchResult[]> {
  const { child, message } = await startChild(new URL('chat/loopback-process.ts', import.meta.url))
  const { url: serverUrl } = message as { readonly url: string }
  const { signal } = new AbortController()
  const contender = await routerChat({ serverUrl, mode: AT_ONCE }, signal)
  try {
    for (let count = 0; count < WARM_UP; count += 1) await timedCall(contender, AT_ONCE)
    const before = await heldNow(signal)
    for (let count = 0; count < CHATS; count += 1) await timedCall(contender, AT_ONCE)
    const after = await heldNow(signal)
    assertSame('listeners on the signal', before.listeners, after.listeners)
    assertSame('resources', String(before.resources), String(after.resources))
    const perChat = Math.max(0, after.heapBytes - before.heapBytes) / CHATS
    const note = `${after.listeners} listeners; ${String(after.resources)}`
    return [
      { name: 'heap kept per answer', unit: 'bytes', p50: perChat, p99: perChat, samples: 1, note },
    ]
  } finally {
    await contender.close()
    await child.stop()
  }
}

async function heldNow(signal: AbortSignal): Promise<Held> {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  for (let round = 0; round < 5; round += 1) {
    // What waits for a turn of the event loop or for a finaliser has it.
    await new Promise((resolve) => setTimeout(resolve, 20))
    collect()
  }
  return {
    heapBytes: process.memoryUsage().heapUsed,
    listeners: getEventListeners(signal, 'abort').length,
    resources: process.getActiveResourcesInfo().toSorted(),
  }
}

function assertSame(what: string, before: unknown, after: unknown): void {
  if (before !== after) throw new Error(`${what}: ${String(before)} before, ${String(after)} after`)
}
