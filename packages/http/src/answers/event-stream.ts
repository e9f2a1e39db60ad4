import type { Runtime } from '@imrs/core'

/** After how long a stream that has nothing to say says so, for proxies that end silent connections. */
const HEARTBEAT_MS = 15_000

const encoder = new TextEncoder()
const HEARTBEAT = encoder.encode(': waiting\n\n')

/** Made once: an abort without a reason makes an error with a stack each time. */
const OVER = new Error('The stream is over.')

export interface EventStreamOptions {
  readonly runtime: Pick<Runtime, 'sleep' | 'monotonic'>
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** Called when the client goes away, before `frames` is ended: it may be waiting for one. */
  readonly onLeave: () => void
  /** Called once when all of it was made, or the client went away. */
  readonly onEnd: () => void
}

/**
 * Server-sent events, made as fast as the client reads: what it has not taken is not made. A client
 * that goes away ends `frames`; frames that throw cut the connection, so that nobody takes what came
 * for the whole.
 *
 * @param frames whole frames, each with its empty line.
 */
export function eventStream(
  frames: AsyncIterable<string>,
  { runtime, headers, onLeave, onEnd }: EventStreamOptions,
): Response {
  const iterator = frames[Symbol.asyncIterator]()
  const over = new AbortController()
  over.signal.addEventListener('abort', onEnd, { once: true })
  let saidAtMs = runtime.monotonic()
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      const sayNothing = (): void => {
        // A client that does not read has enough to read.
        if ((controller.desiredSize ?? 0) > 0) controller.enqueue(HEARTBEAT)
        saidAtMs = runtime.monotonic()
      }
      void beat({ runtime, signal: over.signal, saidAtMs: () => saidAtMs, sayNothing })
    },
    pull: async (controller) => {
      try {
        const { value, done } = await iterator.next()
        if (over.signal.aborted) return
        saidAtMs = runtime.monotonic()
        if (done !== true) {
          controller.enqueue(encoder.encode(value))
          return
        }
        over.abort(OVER)
        controller.close()
      } catch (error) {
        over.abort(OVER)
        throw error
      }
    },
    cancel: async () => {
      over.abort(OVER)
      onLeave()
      await iterator.return?.()
    },
  })
  return new Response(body, {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'private, no-store, no-transform',
      'x-accel-buffering': 'no',
      ...headers,
    },
  })
}

interface Beat {
  readonly runtime: Pick<Runtime, 'sleep' | 'monotonic'>
  readonly signal: AbortSignal
  readonly saidAtMs: () => number
  readonly sayNothing: () => void
}

/** One timer for the whole stream: it is asked seldom, however many frames there are. */
async function beat({ runtime, signal, saidAtMs, sayNothing }: Beat): Promise<void> {
  try {
    while (!signal.aborted) {
      const restMs = saidAtMs() + HEARTBEAT_MS - runtime.monotonic()
      if (restMs <= 0) sayNothing()
      else await runtime.sleep(restMs, signal, { isBackground: true })
    }
  } catch (error) {
    if (!signal.aborted) throw error
  }
}

/** One event whose data is JSON. */
export function jsonFrame(data: unknown, { id, event }: FrameNames = {}): string {
  const head = `${id === undefined ? '' : `id: ${id}\n`}${event === undefined ? '' : `event: ${event}\n`}`
  return `${head}data: ${JSON.stringify(data)}\n\n`
}

interface FrameNames {
  readonly id?: string | undefined
  readonly event?: string | undefined
}
