import type { AnswerPart } from '@imrs/core'

/** The parts in a stream of server-sent events. */
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<AnswerPart> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const bytes of body) {
    rest += decoder.decode(bytes, { stream: true })
    const events = rest.split('\n\n')
    rest = events.pop() ?? ''
    for (const event of events) if (!event.startsWith(':')) yield parse(event)
  }
  if (rest !== '') throw new Error(`The stream ended inside an event: ${rest}`)
}

/** The contract: one `data:` line of JSON and nothing else; comments are for whoever is on the way. */
function parse(event: string): AnswerPart {
  if (!event.startsWith('data: ') || event.includes('\n')) throw new Error(`Not an event: ${event}`)
  return JSON.parse(event.slice('data: '.length)) as AnswerPart
}
