import { fakeProvider } from '@imrs/testing/host'
import type { FakeProvider } from '@imrs/testing/host'
import { describe, expect, it } from 'vitest'

import { bodyOf, identityOf, openDoor } from '../__fixtures__/open-door.ts'
import type { OpenDoor, SentRequest } from '../__fixtures__/open-door.ts'

const user = identityOf('agent_user')
const hello = { messages: [{ role: 'user', content: 'Hello' }] }
const soon = (): AbortController => new AbortController()
const shuttingDown = {
  code: 'closed',
  message: expect.stringContaining('shutting down') as unknown,
}

/** A door behind which a model says one word, and another when it is let to. */
async function openWithAnswer(): Promise<OpenDoor & { readonly goOn: () => void }> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const provider: FakeProvider = fakeProvider({
    models: ['m'],
    answer: () => ({ text: ['one', 'two'], between: promise }),
  })
  return { ...(await openDoor({ router: { providers: [provider.definition] } })), goOn: resolve }
}

/** Reads a stream until it holds a text. */
async function readUntil(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  text: string,
): Promise<void> {
  for (let read = ''; !read.includes(text);) {
    const { done, value } = await reader.read()
    if (done) throw new Error(`The stream ended without ${text}: ${read}`)
    read += new TextDecoder().decode(value)
  }
}

async function restOf(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<string> {
  let text = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return text
    text += new TextDecoder().decode(value)
  }
}

async function begin(
  { send }: OpenDoor,
  sent: Omit<SentRequest, 'as'> = { path: '/api/chat', body: hello },
): Promise<ReadableStreamDefaultReader<Uint8Array>> {
  const response = await send({ ...sent, as: user })
  const reader = response.body?.getReader()
  if (reader === undefined) throw new Error('There is no stream')
  return reader
}

describe('a door that closes', () => {
  it('has nothing to wait for when no answer is open, and takes no more', async () => {
    const { handler, send } = await openDoor()
    await send({ path: '/api/preferences', as: user })
    await handler.close(soon().signal)
    await handler.close(AbortSignal.abort())
    for (const sent of [{ path: '/api/models' }, { path: '/api/chat', body: hello }]) {
      const refused = await send({ ...sent, as: user })
      expect(await bodyOf(refused, 503)).toMatchObject({ error: shuttingDown })
    }
  })

  it('lets an answer go on to its end', async () => {
    const door = await openWithAnswer()
    const reader = await begin(door)
    await readUntil(reader, '"text":"one"')
    const order: string[] = []
    const closed = door.handler.close(soon().signal).then(() => order.push('closed'))
    expect((await door.send({ path: '/api/models', as: user })).status).toBe(503)
    order.push('went on')
    door.goOn()
    expect(await restOf(reader)).toMatch(/"text":"two".*"type":"end"/s)
    await closed
    expect(order).toEqual(['went on', 'closed'])
  })

  it('ends an answer that takes too long with a sentence for its reader', async () => {
    const door = await openWithAnswer()
    const reader = await begin(door)
    await readUntil(reader, '"text":"one"')
    const deadline = soon()
    const closed = door.handler.close(deadline.signal)
    deadline.abort()
    const frames = (await restOf(reader)).trimEnd().split('\n\n')
    expect(JSON.parse(frames.at(-1)?.replace('data: ', '') ?? '')).toMatchObject({
      type: 'error',
      isRetryable: true,
      received: { characters: 3 },
      ...shuttingDown,
    })
    await closed
  })

  it('says so in the form of OpenAI’s API, and to those who take all at once', async () => {
    const door = await openWithAnswer()
    const body = { ...hello, model: 'auto', stream: true }
    const reader = await begin(door, { path: '/v1/chat/completions', body })
    await readUntil(reader, '"content":"one"')
    const headers = { accept: 'application/json' }
    const asked = door.send({ path: '/api/chat', as: user, body: hello, headers })
    const closed = door.handler.close(AbortSignal.abort())
    const rest = await restOf(reader)
    expect(rest).toContain('"code":"closed"')
    expect(rest).not.toContain('[DONE]')
    expect(await bodyOf(await asked, 503)).toMatchObject({ error: shuttingDown })
    await closed
  })

  it('ends at once the streams that have no end', async () => {
    const door = await openDoor()
    const reader = await begin(door, { path: '/api/models/events' })
    await readUntil(reader, 'retry:')
    const closed = door.handler.close(soon().signal)
    expect(await restOf(reader)).toBe('')
    await closed
  })

  it('does not wait for readers who left', async () => {
    const door = await openWithAnswer()
    const reader = await begin(door)
    await readUntil(reader, '"text":"one"')
    await reader.cancel()
    const left = soon()
    const request = new Request('http://localhost/api/chat', {
      method: 'POST',
      headers: {
        authorization: `Bearer ${JSON.stringify(user)}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(hello),
      signal: left.signal,
    })
    const unread = await door.handler(request)
    left.abort()
    await door.handler.close(soon().signal)
    await unread.body?.cancel()
  })
})
