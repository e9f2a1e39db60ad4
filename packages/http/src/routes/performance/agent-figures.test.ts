import { fakeProvider } from '@imrs/testing/host'
import { describe, expect, it } from 'vitest'

import { bodyOf, identityOf, openDoor } from '../../__fixtures__/open-door.ts'
import type { OpenDoor } from '../../__fixtures__/open-door.ts'
import type { Identity } from '../../identity/identity.ts'
import type { FiguresWire } from './figures-wire.ts'

const DAY_MS = 86_400_000
const path = '/api/performance'
const user = identityOf('agent_user')

async function openToUsers(): Promise<OpenDoor> {
  const provider = fakeProvider({
    models: ['good', 'bad'],
    answer: ({ externalId }) =>
      externalId === 'bad'
        ? { failure: { kind: 'invalid-request', message: 'It does not take this.' } }
        : { text: ['Hello'] },
  })
  return openDoor({
    router: { providers: [provider.definition] },
    http: { figuresForUsers: true },
  })
}

async function ask(
  { send }: OpenDoor,
  { model = 'good', agentId, as = user }: { model?: string; agentId?: string; as?: Identity } = {},
): Promise<{ readonly messageId?: string }> {
  const body = { messages: [{ role: 'user', content: 'Hello' }], model, agentId }
  const headers = { accept: 'application/json' }
  const answer = await send({ path: '/api/chat', as, body, headers })
  return (await answer.json()) as { messageId?: string }
}

async function figures({ send }: OpenDoor, query = '', as = user): Promise<FiguresWire> {
  return bodyOf<FiguresWire>(await send({ path: `${path}${query}`, as }))
}

describe('GET /api/performance', () => {
  it('gives how each model did, the most used first, and `null` for what nobody knows', async () => {
    const door = await openToUsers()
    expect(await figures(door)).toEqual({ agentId: 'default', days: 30, models: [] })
    const { messageId } = await ask(door)
    await ask(door)
    await ask(door, { model: 'bad' })
    const rated = `/api/v2/chat/messages/${messageId}/feedback`
    await door.send({ path: rated, as: user, body: { rating: 1 } })
    const { models } = await figures(door)
    expect(models).toMatchObject([
      {
        model: 'fake/good',
        requests: 2,
        failures: 0,
        rating: { mean: 1, count: 1, isKnown: false },
        firstPartMs: { count: 2 },
        totalMs: { count: 2 },
      },
      { model: 'fake/bad', requests: 1, failures: 1, rating: null, totalMs: null },
    ])
  })

  it('counts one agent of one tenant, and no more days than were asked for', async () => {
    const door = await openToUsers()
    await ask(door)
    await ask(door, { agentId: 'other' })
    await ask(door, { as: { ...user, tenantId: 'other' } })
    expect((await figures(door)).models).toMatchObject([{ requests: 1 }])
    const other = await figures(door, '?agentId=other')
    expect(other).toMatchObject({ agentId: 'other', models: [{ requests: 1 }] })
    await door.runtime.advance(2 * DAY_MS)
    await ask(door)
    expect((await figures(door, '?days=2')).models).toMatchObject([{ requests: 1 }])
    expect((await figures(door, '?days=3')).models).toMatchObject([{ requests: 2 }])
  })

  it('is of the agents a credential is bound to', async () => {
    const door = await openToUsers()
    const bound = identityOf('agent_user', { agentIds: ['other'] })
    expect(await figures(door, '', bound)).toMatchObject({ agentId: 'other' })
    expect((await door.send({ path: `${path}?agentId=default`, as: bound })).status).toBe(403)
  })

  it('is for admins alone unless the host says otherwise', async () => {
    const { send } = await openDoor()
    expect((await send({ path, as: user })).status).toBe(403)
    expect((await send({ path, as: identityOf('tenant_admin') })).status).toBe(200)
  })

  it.each(['0', '367', '1.5', 'x', '', '1&days=2'])('refuses %j days', async (days) => {
    const { send } = await openToUsers()
    const refused = await send({ path: `${path}?days=${days}`, as: user })
    expect(await bodyOf(refused, 400)).toMatchObject({ error: { field: 'days' } })
  })
})
