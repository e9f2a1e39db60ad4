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

  push(text: string): readonly ServerSentEvent[] {
    const events: ServerSentEvent[] = []
    // `\r` and `\n` may come apart.
    let start = this.#endedWithReturn && text.startsWith('\n') ? 1 : 0
    if (text !== '') this.#endedWithReturn = false
    for (let end = lineEnd(text, start); end !== -1; end = lineEnd(text, start)) {
      this.#line.push(text.slice(start, end))
      this.#pending += end - start
      this.#endLine(events)
      const isReturn = text[end] === '\r'
      this.#endedWithReturn = isReturn && end === text.length - 1
      start = end + (isReturn && text[end + 1] === '\n' ? 2 : 1)
    }
    if (start < text.length) this.#line.push(text.slice(start))
    this.#pending += text.length - start
    return events
  }

  /** What is left at the end of the stream. */
  end(): readonly ServerSentEvent[] {
    const events: ServerSentEvent[] = []
    if (this.#line.length > 0) this.#endLine(events)
    if (this.#data.length > 0) this.#dispatch(events, true)
    return events
  }

  #endLine(events: ServerSentEvent[]): void {
    const line = this.#line.length === 1 ? (this.#line[0] ?? '') : this.#line.join('')
    this.#line = []
    if (line === '') {
      if (this.#data.length > 0) this.#dispatch(events, false)
      this.#event = undefined
      this.#pending = 0
      return
    }
    const colon = line.indexOf(':')
    const field = colon === -1 ? line : line.slice(0, colon)
    if (field === 'data') this.#data.push(valueOf(line, colon))
    else if (field === 'event') this.#event = valueOf(line, colon)
  }

  #dispatch(events: ServerSentEvent[], isCut: boolean): void {
    events.push({ event: this.#event, data: this.#data.join('\n'), isCut })
    this.#data = []
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
