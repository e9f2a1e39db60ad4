/** One server-sent event. */
export interface ServerEvent {
  readonly event: string
  readonly data: string
  /** The last id that was given, with this event or before. */
  readonly id?: string | undefined
  /** How long to wait before connecting again, where the server said so. */
  readonly retryMs?: number | undefined
}

/** Reads server-sent events out of text that comes in pieces, cut anywhere. */
export function createEventParser(): (piece: string) => readonly ServerEvent[] {
  let rest = ''
  let id: string | undefined
  let retryMs: number | undefined
  let event = ''
  let data: string[] = []

  const take = (line: string): ServerEvent | undefined => {
    if (line === '') {
      const whole = { event: event === '' ? 'message' : event, data: data.join('\n'), id, retryMs }
      const isEvent = data.length > 0
      event = ''
      data = []
      return isEvent ? whole : undefined
    }
    const [, name, value = ''] = /^([^:]*)(?:: ?([\s\S]*))?$/.exec(line) ?? []
    if (name === 'data') data.push(value)
    if (name === 'event') event = value
    if (name === 'id') id = value
    if (name === 'retry' && /^\d+$/.test(value)) retryMs = Number(value)
    return undefined
  }

  return (piece) => {
    const lines = (rest + piece).split(/\r\n|\n|\r(?=[\s\S])/)
    rest = lines.pop() ?? ''
    return lines.flatMap((line) => take(line) ?? [])
  }
}

/** The events of a body, those of one piece together. Leaving the loop ends the request. */
export async function* readEvents(
  body: ReadableStream<Uint8Array>,
): AsyncGenerator<readonly ServerEvent[]> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  const parse = createEventParser()
  try {
    for (;;) {
      const { value, done } = await reader.read()
      if (done) return
      const events = parse(decoder.decode(value, { stream: true }))
      if (events.length > 0) yield events
    }
  } finally {
    await reader.cancel().catch(() => {})
  }
}
