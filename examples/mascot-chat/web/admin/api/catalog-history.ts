import type { CatalogNews, ClientContext } from '@imrs/react'

/** What the catalogue's events told, from the first one on. */
export interface CatalogHistory {
  /** The oldest first. */
  readonly events: readonly CatalogNews[]
  /** Whether there are more than were read. */
  readonly isCut: boolean
}

/** Reads at most so many: a first sync alone tells of every model. */
const MOST_EVENTS = 20_000
/** The stream never ends: silence of this long means that all was told. */
const SILENCE_MS = 700

/** Reads what happened in the catalogue so far out of its stream of events, and leaves it then. */
export const catalogHistory = ({ http }: Pick<ClientContext, 'http'>): HistoryReader => ({
  read: async (signal) => {
    const leave = new AbortController()
    const ended = AbortSignal.any([signal, leave.signal])
    const { body } = await http.send('/api/models/events?since=0', { signal: ended })
    try {
      return await collect(body ?? new ReadableStream())
    } finally {
      leave.abort()
    }
  },
})

export interface HistoryReader {
  readonly read: (signal: AbortSignal) => Promise<CatalogHistory>
}

async function collect(body: ReadableStream<Uint8Array>): Promise<CatalogHistory> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  const events: CatalogNews[] = []
  let rest = ''
  for (;;) {
    const read = reader.read()
    // Left behind by the silence, it rejects with the abort.
    read.catch(() => {})
    const piece = await Promise.race([read, silence()])
    if (piece === undefined || piece.done) return { events, isCut: false }
    const frames = (rest + decoder.decode(piece.value, { stream: true })).split('\n\n')
    rest = frames.pop() ?? ''
    events.push(...frames.flatMap(eventOf))
    if (events.length >= MOST_EVENTS) return { events, isCut: true }
  }
}

function silence(): Promise<undefined> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(undefined), SILENCE_MS)
  })
}

function eventOf(frame: string): readonly CatalogNews[] {
  const data = /^data: (.*)$/m.exec(frame)?.[1]
  return data === undefined ? [] : [JSON.parse(data) as CatalogNews]
}
