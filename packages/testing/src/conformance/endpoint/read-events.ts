const LF = 0x0a

/**
 * The `data` of each server-sent event of a body, in their order. Lines end with LF or CR LF; comments
 * and other fields but `event` are passed over. What is left without an empty line at the end is no
 * event.
 */
export async function* readEvents(
  body: AsyncIterable<Uint8Array>,
): AsyncGenerator<ServerSentEvent, void, void> {
  let event: ServerSentEvent = { name: '', data: '' }
  for await (const line of readLines(body)) {
    if (line !== '') {
      event = withLine(event, line)
      continue
    }
    if (event.data !== '') yield event
    event = { name: '', data: '' }
  }
}

/** One event of a stream. */
export interface ServerSentEvent {
  /** Empty when it has none. */
  readonly name: string
  readonly data: string
}

/** Each line is decoded by itself, so that bytes that are no text spoil no line before them. */
async function* readLines(body: AsyncIterable<Uint8Array>): AsyncGenerator<string, void, void> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let rest: readonly Uint8Array[] = []
  for await (const bytes of body) {
    let start = 0
    for (let end = bytes.indexOf(LF); end >= 0; end = bytes.indexOf(LF, start)) {
      const line = decoder.decode(Buffer.concat([...rest, bytes.subarray(start, end)]))
      yield line.endsWith('\r') ? line.slice(0, -1) : line
      rest = []
      start = end + 1
    }
    if (start < bytes.length) rest = [...rest, bytes.subarray(start)]
  }
}

function withLine(event: ServerSentEvent, line: string): ServerSentEvent {
  const [, field, value = ''] = /^(\w+):? ?(.*)$/.exec(line) ?? []
  if (field === 'event') return { ...event, name: value }
  if (field !== 'data') return event
  return { ...event, data: event.data === '' ? value : `${event.data}\n${value}` }
}
