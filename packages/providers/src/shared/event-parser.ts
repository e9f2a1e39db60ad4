/** One server-sent event. */
export interface ServerSentEvent {
  /** `undefined` when it has no name. */
  readonly event: string | undefined
  readonly data: string
  /** The stream ended before the blank line that ends an event: the data may lack its end. */
  readonly isCut: boolean
}

/**
 * Cuts the text of a stream into events, wherever the text itself was cut. Pure, and linear in what
 * it is given: a line is looked at once, however many pieces it comes in.
 *
 * After the standard: lines end with `\n`, `\r\n` or `\r`; comments and unknown fields are left out;
 * an event without data is none. Against it, an event that the end of the stream cuts off is given
 * out, and says so: some servers leave out the last blank line.
 */
export class EventParser {
  /** The line that has not ended yet, in the pieces it came in. */
  #line: string[] = []
  #endedWithReturn = false
  #event: string | undefined
  #data: string[] = []
  #pending = 0

  /** How many characters wait for the end of their event. */
  get pendingLength(): number {
    return this.#pending
  }

  /**
   * The events that end in a piece of text. Each is given out before the text behind it is looked at:
   * a packet can hold a hundred, and somebody waits for the first. What is not asked for is not read.
   */
  *push(text: string): Generator<ServerSentEvent, void, void> {
    // `\r` and `\n` may come apart.
    let start = this.#endedWithReturn && text.startsWith('\n') ? 1 : 0
    if (text !== '') this.#endedWithReturn = false
    for (let end = lineEnd(text, start); end !== -1; end = lineEnd(text, start)) {
      this.#line.push(text.slice(start, end))
      this.#pending += end - start
      const isReturn = text[end] === '\r'
      this.#endedWithReturn = isReturn && end === text.length - 1
      start = end + (isReturn && text[end + 1] === '\n' ? 2 : 1)
      const event = this.#endLine()
      if (event !== undefined) yield event
    }
    if (start < text.length) this.#line.push(text.slice(start))
    this.#pending += text.length - start
  }

  /** What is left at the end of the stream. */
  *end(): Generator<ServerSentEvent, void, void> {
    const last = this.#line.length > 0 ? this.#endLine() : undefined
    if (last !== undefined) yield last
    if (this.#data.length > 0) yield this.#dispatch(true)
  }

  /** The event that ends with the line. */
  #endLine(): ServerSentEvent | undefined {
    const line = this.#line.length === 1 ? (this.#line[0] ?? '') : this.#line.join('')
    this.#line = []
    if (line === '') {
      const event = this.#data.length > 0 ? this.#dispatch(false) : undefined
      this.#event = undefined
      this.#pending = 0
      return event
    }
    const colon = line.indexOf(':')
    const field = colon === -1 ? line : line.slice(0, colon)
    if (field === 'data') this.#data.push(valueOf(line, colon))
    else if (field === 'event') this.#event = valueOf(line, colon)
    return undefined
  }

  #dispatch(isCut: boolean): ServerSentEvent {
    const data = this.#data.join('\n')
    this.#data = []
    return { event: this.#event, data, isCut }
  }
}

function valueOf(line: string, colon: number): string {
  if (colon === -1) return ''
  return line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1)
}

function lineEnd(text: string, from: number): number {
  for (let index = from; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    if (code === 10 || code === 13) return index
  }
  return -1
}
