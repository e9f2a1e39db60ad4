import type { FailureKind, Provider, Runtime } from '@imrs/core'
import { ProviderError, linkedAbort } from '@imrs/core'

/** How much a provider may send where JSON is expected, and how long it may take. */
export const JSON_LIMITS: {
  readonly maxBytes: number
  readonly maxDepth: number
  readonly idleMs: number
  readonly totalMs: number
} = Object.freeze({
  maxBytes: 64 * 1024 * 1024,
  maxDepth: 100,
  /** Without a header or without another byte. */
  idleMs: 30_000,
  /** From the request to the last byte. */
  totalMs: 60_000,
})

/** One request whose answer is JSON. */
export interface LimitedRequest {
  readonly provider: Provider
  readonly runtime: Runtime
  readonly signal: AbortSignal | undefined
  /** Sends it. The signal aborts with the caller's, and when a limit is reached. */
  readonly open: (signal: AbortSignal) => Promise<Response>
}

/** An answer that was read to its end. */
export interface LimitedAnswer {
  readonly response: Response
  readonly text: string
}

/**
 * Reads an answer as it comes, and no further than {@link JSON_LIMITS} lets it. Whatever ends the
 * reading ends the request.
 *
 * @throws ProviderError of kind `malformed` for one that is too large, `timeout-headers`,
 * `timeout-idle` or `timeout-total` for one that takes too long; whatever `open` and the body throw.
 */
export async function readLimitedText(request: LimitedRequest): Promise<LimitedAnswer> {
  const abort = linkedAbort(request.signal)
  const { signal } = abort
  const clock = startClock(request)
  try {
    const response = await clock.within('timeout-headers', request.open(signal))
    if (Number(response.headers.get('content-length')) > JSON_LIMITS.maxBytes) {
      throw tooLarge(request.provider)
    }
    return { response, text: await readBody(request.provider, response, clock) }
  } finally {
    // After the end it aborts nothing any more.
    abort.end()
  }
}

/**
 * The JSON of an answer.
 *
 * @throws ProviderError of kind `malformed` for a web page, for what is no JSON, and for nesting no
 * reader of ours would survive.
 */
export function parseLimitedJson(provider: Provider, { response, text }: LimitedAnswer): unknown {
  const isHtml = response.headers.get('content-type')?.includes('html') === true
  if (isHtml || text.trimStart().startsWith('<')) {
    throw failed(provider, 'malformed', 'answered with a web page')
  }
  if (isDeeperThan(JSON_LIMITS.maxDepth, text)) {
    throw failed(provider, 'malformed', `answered with more than ${JSON_LIMITS.maxDepth} levels`)
  }
  try {
    return JSON.parse(text)
  } catch {
    throw failed(provider, 'malformed', 'answered with something that is not JSON')
  }
}

interface Clock {
  /** The work, unless time is up before. */
  within<Result>(kind: FailureKind, work: Promise<Result>): Promise<Result>
}

function startClock({ provider, runtime }: LimitedRequest): Clock {
  const endMs = runtime.monotonic() + JSON_LIMITS.totalMs
  return {
    within: async (kind, work) => {
      const leftMs = endMs - runtime.monotonic()
      const isTotal = leftMs <= JSON_LIMITS.idleMs
      const late = failed(provider, isTotal ? 'timeout-total' : kind, 'took too long to answer')
      const timer = new AbortController()
      const expiry = runtime
        .sleep(Math.min(Math.max(0, leftMs), JSON_LIMITS.idleMs), timer.signal)
        .then(() => {
          throw late
        })
      try {
        const result = await Promise.race([work, expiry])
        // Bytes that are always there win every race.
        if (runtime.monotonic() < endMs) return result
        throw late
      } finally {
        timer.abort()
      }
    },
  }
}

async function readBody(provider: Provider, response: Response, clock: Clock): Promise<string> {
  if (response.body === null) return ''
  const reader = response.body.getReader()
  try {
    return await readText(provider, reader, clock)
  } finally {
    // Not waited for: a body that stalls may never be let go of.
    reader.cancel().catch(() => undefined)
  }
}

async function readText(
  provider: Provider,
  reader: ReadableStreamDefaultReader<Uint8Array>,
  clock: Clock,
): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  for (;;) {
    const { done, value } = await clock.within('timeout-idle', reader.read())
    if (done) return text + decoder.decode()
    bytes += value.byteLength
    if (bytes > JSON_LIMITS.maxBytes) throw tooLarge(provider)
    text += decoder.decode(value, { stream: true })
  }
}

/** Counts brackets, so that what is too deep is never built. */
function isDeeperThan(maxDepth: number, text: string): boolean {
  let depth = 0
  let isInText = false
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index]
    if (isInText) {
      if (character === '\\') index += 1
      else if (character === '"') isInText = false
    } else if (character === '"') isInText = true
    else depth += DEPTHS[character ?? ''] ?? 0
    if (depth > maxDepth) return true
  }
  return false
}

const DEPTHS: Readonly<Record<string, number>> = Object.freeze({ '[': 1, '{': 1, ']': -1, '}': -1 })

function tooLarge(provider: Provider): ProviderError {
  const megabytes = JSON_LIMITS.maxBytes / 1024 / 1024
  return failed(provider, 'malformed', `answered with more than ${megabytes} MB`)
}

function failed({ id, displayName }: Provider, kind: FailureKind, what: string): ProviderError {
  return new ProviderError({ kind, message: `${displayName} ${what}.` }, { providerId: id })
}
