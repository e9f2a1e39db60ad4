import type { Runtime } from '@imrs/core'

/** Longer than any provider needs for a page of text; the status says most of it. */
const MAX_WAIT_MS = 5_000

const READ = new DOMException('The body has been read.', 'AbortError')

/**
 * The body of an answer that tells of a failure: JSON where it is JSON, else the text, `''` where there
 * is none. Never rejects: of one that does not end within five seconds, or is cut, it is what came.
 *
 * How much is read is bounded where it is fetched.
 */
export async function refusalBody(
  response: Response,
  runtime: Pick<Runtime, 'sleep'>,
): Promise<unknown> {
  const reader = response.body?.getReader()
  if (reader === undefined) return ''
  const timer = new AbortController()
  runtime.sleep(MAX_WAIT_MS, timer.signal).then(
    () => reader.cancel().catch(() => undefined),
    () => undefined,
  )
  const text = await readAvailable(reader)
  timer.abort(READ)
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

async function readAvailable(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return text + decoder.decode()
      text += decoder.decode(value, { stream: true })
    }
  } catch {
    return text
  }
}
