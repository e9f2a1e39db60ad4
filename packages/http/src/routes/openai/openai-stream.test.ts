import { fakeProvider } from '@imrs/testing/host'
import type { FakeAnswer } from '@imrs/testing/host'
import { expect, it } from 'vitest'

import { openDoor } from '../../__fixtures__/open-door.ts'

const body = { messages: [{ role: 'user', content: 'Hello' }], stream: true }
const overloaded = { kind: 'overloaded', message: 'It is overloaded.' } as const

async function streamOf(answer: FakeAnswer): Promise<Response> {
  const provider = fakeProvider({ models: ['m'], answer: () => answer, policy: { maxRetries: 0 } })
  const { send } = await openDoor({ router: { providers: [provider.definition] } })
  return send({ path: '/v1/chat/completions', body })
}

it('ends with [DONE] when the model had finished', async () => {
  const response = await streamOf({ text: ['a', 'b'] })
  expect(await response.text()).toMatch(/"finish_reason":"stop".*\n\ndata: \[DONE\]\n\n$/s)
})

it('ends with an error, and without [DONE] and a finish reason, when the answer broke', async () => {
  const response = await streamOf({ text: ['Half'], failure: overloaded })
  expect(response.status).toBe(200)
  const frames = (await response.text()).trimEnd().split('\n\n')
  expect(JSON.parse(frames.at(-1)?.replace('data: ', '') ?? '')).toMatchObject({
    error: { code: 'provider-error', request_id: response.headers.get('x-request-id') },
  })
  expect(frames.join()).toContain('"content":"Half"')
  expect(frames.join()).not.toMatch(/\[DONE\]|"finish_reason":"/)
})

it('has a status and no stream when the answer broke before anything was shown', async () => {
  const response = await streamOf({ failure: overloaded })
  expect(response.status).toBe(502)
  expect(response.headers.get('content-type')).toMatch(/^application\/json/)
})
