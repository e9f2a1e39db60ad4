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

async function* readLines(body: AsyncIterable<Uint8Array>): AsyncGenerator<string, void, void> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let rest = ''
  for await (const bytes of body) {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    yield* lines.map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line))
  }
}

function withLine(event: ServerSentEvent, line: string): ServerSentEvent {
  const [, field, value = ''] = /^(\w+):? ?(.*)$/.exec(line) ?? []
  if (field === 'event') return { ...event, name: value }
  if (field !== 'data') return event
  return { ...event, data: event.data === '' ? value : `${event.data}\n${value}` }
}
