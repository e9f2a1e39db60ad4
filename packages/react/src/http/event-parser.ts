/** One server-sent event. Its data say what it is. */
export interface ServerEvent {
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
  let data: string[] = []

  const take = (line: string): ServerEvent | undefined => {
    if (line === '') {
      const lines = data
      data = []
      return lines.length > 0 ? { data: lines.join('\n'), id, retryMs } : undefined
    }
    const [, name, value = ''] = /^([^:]*)(?:: ?([\s\S]*))?$/.exec(line) ?? []
    if (name === 'data') data.push(value)
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

/** The events of a body, if there is one, those of one piece together. Leaving the loop ends the request. */
export async function* readEvents(
  body: ReadableStream<Uint8Array> | null,
): AsyncGenerator<readonly ServerEvent[]> {
  if (body === null) return
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
