import type { FailureKind, Provider, Runtime } from '@imrs/core'
import { ProviderError } from '@imrs/core'

import { EventParser } from './event-parser.ts'
import type { ServerSentEvent } from './event-parser.ts'

/** An answer in one piece, and one event of a stream, may not be larger. */
const MAX_CHARACTERS = 64 * 1024 * 1024

/** How long, and how much, may come behind a complete answer. */
const MAX_TAIL_MS = 1_000
const MAX_TAIL_BYTES = 64 * 1024

const READ = new DOMException('The body has been read.', 'AbortError')

/** One JSON value of an answer. */
export interface AnswerPayload {
  /** The name of its event; `undefined` for an answer in one piece. */
  readonly event: string | undefined
  readonly value: unknown
}

/** What is behind the place up to which a stream was read. */
export interface AnswerTail {
  /** Ends the connection: nobody wants what would still come. */
  readonly leave: () => void
  /**
   * Reads on to the end of a body whose answer is complete, so that the connection can serve the next
   * request; the server's end often comes a packet later. After a second or 64 KB it is left all the
   * same. Never rejects.
   */
  readonly readOn: (runtime: Pick<Runtime, 'sleep'>) => Promise<void>
}

/** How an answer with a good status came. */
export type AnswerBody =
  | {
      readonly kind: 'events'
      readonly payloads: AsyncIterable<AnswerPayload>
      readonly tail: AnswerTail
    }
  | { readonly kind: 'whole'; readonly value: unknown }

/** The end mark of OpenAI's streams. What comes after it is not looked at. */
const END_MARK = '[DONE]'

/**
 * Reads an answer with a good status as what it is, whatever its content type says: a stream, JSON in
 * one piece, or a web page. A stream that begins like JSON is JSON: so do failures come that a proxy
 * puts in its place.
 *
 * The iteration ends at `[DONE]` or with the body, whichever comes first; the caller looks for the
 * finish reason. Whoever is given a stream ends it, by its tail, wherever the reading stopped.
 *
 * @throws ProviderError of kind `malformed` for a web page, for what is no JSON, for what is too
 * large; `truncated` for JSON that has no end; whatever the body throws when the connection is cut.
 */
export async function openAnswer(provider: Provider, response: Response): Promise<AnswerBody> {
  const text = new TextPieces(response)
  const contentType = response.headers.get('content-type') ?? ''
  try {
    const first = await text.firstCharacter()
    if (contentType.includes('html') || first === '<') {
      throw failed(provider, 'malformed', 'answered with a web page')
    }
    // Nothing at all is no JSON, but a stream that has not begun.
    const isWhole = first === '{' || first === '[' || (contentType.includes('json') && first !== '')
    if (isWhole)
      return { kind: 'whole', value: parseWhole(provider, await readWhole(provider, text)) }
    return { kind: 'events', payloads: payloadsOf(provider, text), tail: text }
  } catch (error) {
    text.leave()
    throw error
  }
}

async function* payloadsOf(
  provider: Provider,
  text: TextPieces,
): AsyncGenerator<AnswerPayload, void, void> {
  const parser = new EventParser()
  for (let piece = await text.next(); piece !== undefined; piece = await text.next()) {
    for (const event of parser.push(piece)) {
      if (event.data === END_MARK) return
      yield { event: event.event, value: parseEvent(provider, event) }
    }
    if (parser.pendingLength > MAX_CHARACTERS) throw tooLarge(provider)
  }
  for (const event of parser.end()) {
    if (event.data === END_MARK) return
    yield { event: event.event, value: parseEvent(provider, event) }
  }
}

function parseEvent(provider: Provider, { event, data, isCut }: ServerSentEvent): unknown {
  try {
    return JSON.parse(data)
  } catch {
    // Some servers say what went wrong in plain words.
    if (event === 'error') return data
    throw isCut ? brokenOff(provider) : notJson(provider)
  }
}

async function readWhole(provider: Provider, text: TextPieces): Promise<string> {
  const pieces: string[] = []
  let length = 0
  for (let piece = await text.next(); piece !== undefined; piece = await text.next()) {
    pieces.push(piece)
    length += piece.length
    if (length > MAX_CHARACTERS) throw tooLarge(provider)
  }
  return pieces.join('').trim()
}

/** JSON without its last bracket was cut on the way. */
function parseWhole(provider: Provider, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    const isCut = /^[[{]/.test(text) && !/[\]}]$/.test(text)
    throw isCut ? brokenOff(provider) : notJson(provider)
  }
}

/** The text of a body, piece by piece; the first piece can be looked at before it is taken. */
class TextPieces implements AnswerTail {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array> | undefined
  readonly #decoder = new TextDecoder()
  #ahead: string | undefined
  #isOver = false

  constructor({ body }: Response) {
    this.#reader = body?.getReader()
  }

  /**
   * The first character that is no white space; `''` when there is none. What comes before it says
   * nothing: servers keep a connection alive with blank lines.
   */
  async firstCharacter(): Promise<string> {
    for (let piece = await this.next(); piece !== undefined; piece = await this.next()) {
      const text = piece.trimStart()
      if (text === '') continue
      this.#ahead = text
      return text.charAt(0)
    }
    return ''
  }

  /** `undefined` at the end. */
  async next(): Promise<string | undefined> {
    const ahead = this.#ahead
    this.#ahead = undefined
    if (ahead !== undefined) return ahead
    if (this.#isOver || this.#reader === undefined) return undefined
    const { done, value } = await this.#reader.read()
    if (!done) return this.#decoder.decode(value, { stream: true })
    this.#isOver = true
    return this.#decoder.decode()
  }

  /** Not waited for: a body that stalls may never be let go of. */
  readonly leave = (): void => {
    this.#reader?.cancel().catch(() => undefined)
  }

  readonly readOn = async (runtime: Pick<Runtime, 'sleep'>): Promise<void> => {
    const reader = this.#reader
    if (this.#isOver || reader === undefined) return
    const timer = new AbortController()
    runtime.sleep(MAX_TAIL_MS, timer.signal).then(this.leave, () => undefined)
    try {
      for (let bytes = 0; bytes <= MAX_TAIL_BYTES;) {
        const { done, value } = await reader.read()
        if (done) return
        bytes += value.byteLength
      }
      this.leave()
    } catch {
      // Cut off behind the answer: there was nothing in it.
    } finally {
      timer.abort(READ)
    }
  }
}

function brokenOff(provider: Provider): ProviderError {
  return failed(provider, 'truncated', 'broke off before the answer was complete')
}

function notJson(provider: Provider): ProviderError {
  return failed(provider, 'malformed', 'sent something that is not JSON')
}

function tooLarge(provider: Provider): ProviderError {
  const megabytes = MAX_CHARACTERS / 1024 / 1024
  return failed(provider, 'malformed', `answered with more than ${megabytes} MB in one piece`)
}

function failed({ id, displayName }: Provider, kind: FailureKind, what: string): ProviderError {
  return new ProviderError({ kind, message: `${displayName} ${what}.` }, { providerId: id })
}
