import type { Runtime } from '@imrs/core'

/** How often a stream that has nothing to say says so, for proxies that end silent connections. */
const HEARTBEAT_MS = 15_000
const HEARTBEAT = ': waiting\n\n'

export interface EventStreamOptions {
  readonly runtime: Pick<Runtime, 'sleep'>
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** Called when the client goes away, before `frames` is ended: it may be waiting for one. */
  readonly onLeave: () => void
}

/**
 * Server-sent events, made as fast as the client reads. A client that goes away ends `frames`.
 *
 * @param frames whole frames, each with its empty line.
 */
export function eventStream(
  frames: AsyncIterable<string>,
  { runtime, headers, onLeave }: EventStreamOptions,
): Response {
  const iterator = frames[Symbol.asyncIterator]()
  const encoder = new TextEncoder()
  let next: Promise<IteratorResult<string>> | undefined
  const body = new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      next ??= iterator.next()
      const result = await orHeartbeat(next, runtime)
      if (result === HEARTBEAT) {
        controller.enqueue(encoder.encode(HEARTBEAT))
        return
      }
      next = undefined
      if (result.done === true) controller.close()
      else controller.enqueue(encoder.encode(result.value))
    },
    cancel: async () => {
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

async function orHeartbeat(
  next: Promise<IteratorResult<string>>,
  runtime: Pick<Runtime, 'sleep'>,
): Promise<IteratorResult<string> | typeof HEARTBEAT> {
  const waited = new AbortController()
  const silence = runtime.sleep(HEARTBEAT_MS, waited.signal).then((): typeof HEARTBEAT => HEARTBEAT)
  // Aborted as soon as the frame is there; nobody asks how it ended then.
  silence.catch(() => {})
  try {
    return await Promise.race([next, silence])
  } finally {
    waited.abort()
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
