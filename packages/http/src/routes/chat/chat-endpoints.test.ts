import { fakeProvider } from '@imrs/testing/host'
import { describe, expect, it } from 'vitest'

import { bodyOf, identityOf, openDoor } from '../../__fixtures__/open-door.ts'

const user = identityOf('agent_user')
const hello = { messages: [{ role: 'user', content: 'Hello' }] }

interface Part {
  readonly type: string
  readonly [field: string]: unknown
}

async function partsOf(response: Response): Promise<readonly Part[]> {
  expect(response.status).toBe(200)
  const frames = (await response.text()).split('\n\n').filter((frame) => frame !== '')
  return frames.map((frame) => JSON.parse(frame.replace('data: ', '')) as Part)
}

describe('POST /api/chat', () => {
  it('gives the decision first, then the answer, then one end', async () => {
    const { send, router } = await openDoor()
    const response = await send({ path: '/api/chat', as: user, body: { ...hello, model: 'auto' } })
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    const parts = await partsOf(response)
    expect(parts.map(({ type }) => type)).toEqual(['decision', 'text-delta', 'end'])
    const { message } = await router.explain(String(parts[0]?.['decisionId']))
    expect(message).toMatchObject({ userId: 'a agent_user', agentId: 'default' })
  })

  it('takes a pair of provider and model', async () => {
    const { send } = await openDoor()
    const body = { ...hello, provider: 'fake', model: 'small' }
    const parts = await partsOf(await send({ path: '/api/chat', as: user, body }))
    expect(parts[0]).toMatchObject({ type: 'decision', model: 'fake/small', source: 'explicit' })
  })

  it('gives all at once to those who take JSON', async () => {
    const { send } = await openDoor()
    const headers = { accept: 'application/json' }
    const answer = await send({ path: '/api/chat', as: user, body: hello, headers })
    expect(await bodyOf(answer)).toMatchObject({
      finishReason: 'stop',
      text: expect.any(String) as unknown,
    })
  })

  it('refuses before any call what cannot be', async () => {
    const { send } = await openDoor()
    const asked = { path: '/api/chat', as: user }
    const unknown = await send({ ...asked, body: { ...hello, model: 'nobody/knows' } })
    expect(await bodyOf(unknown, 400)).toMatchObject({ error: { code: 'unknown-model' } })
    const mismatched = await send({
      ...asked,
      body: { ...hello, provider: 'nobody', model: 'small' },
    })
    expect(mismatched.status).toBe(400)
    const bound = identityOf('agent', { agentIds: ['mine'] })
    const other = { ...hello, agentId: 'other' }
    expect((await send({ path: '/api/chat', as: bound, body: other })).status).toBe(403)
  })

  it('ends the call to the model when the client goes away', async () => {
    const gate = Promise.withResolvers<void>()
    const provider = fakeProvider({
      models: ['m'],
      answer: () => ({ text: ['a', 'b'], between: gate.promise }),
    })
    const { send } = await openDoor({ router: { providers: [provider.definition] } })
    const response = await send({ path: '/api/chat', as: user, body: hello })
    const reader = response.body?.getReader()
    let read = ''
    while (!read.includes('text-delta')) {
      read += new TextDecoder().decode((await reader?.read())?.value)
    }
    await reader?.cancel()
    expect(provider.calls[0]?.wasAborted).toBe(true)
  })
})
