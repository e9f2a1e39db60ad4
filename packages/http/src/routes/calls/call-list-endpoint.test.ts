import { expect, it } from 'vitest'

import { bodyOf, identityOf, openDoor } from '../../__fixtures__/open-door.ts'
import type { OpenDoor, SentRequest } from '../../__fixtures__/open-door.ts'
import { callPageWireSchema } from './call-wire.ts'
import type { CallPageWire } from './call-wire.ts'

const PATH = '/api/v2/admin/calls'
const admin = identityOf('tenant_admin')

async function page(
  { send }: OpenDoor,
  query = '',
  as: SentRequest['as'] = admin,
): Promise<CallPageWire> {
  const body = await bodyOf<CallPageWire>(await send({ path: `${PATH}?${query}`, as }))
  expect(callPageWireSchema.parse(body)).toEqual(body)
  return body
}

/** Asks a model for somebody, and says which call that was. */
async function ask(
  { send, runtime }: OpenDoor,
  given: { readonly userId: string; readonly agentId: string; readonly model: string },
): Promise<string> {
  const { userId, agentId, model } = given
  const body = { messages: [{ role: 'user', content: 'Hello' }], agentId, model }
  const as = identityOf('agent_user', { userId, actor: `user:${userId}` })
  const headers = { accept: 'application/json' }
  const sent = { path: '/api/chat', as, body, headers }
  const { messageId } = await bodyOf<{ messageId: string }>(await send(sent))
  await runtime.advance(1000)
  return messageId
}

it('lists the calls of a tenant, newest first, by user, agent, model and period', async () => {
  const door = await openDoor()
  const first = await ask(door, { userId: 'ann', agentId: 'a', model: 'fake/small' })
  const later = new Date(door.runtime.now()).toISOString()
  const second = await ask(door, { userId: 'ben', agentId: 'b', model: 'fake/small' })
  const third = await ask(door, { userId: 'ann', agentId: 'b', model: 'fake/large' })
  const messages = async (query: string): Promise<readonly string[]> =>
    (await page(door, query)).items.map(({ message_id: id }) => id)
  expect(await messages('')).toEqual([third, second, first])
  expect(await messages('user_id=ann')).toEqual([third, first])
  expect(await messages('agent_id=b&model=fake%2Fsmall')).toEqual([second])
  expect(await messages(`from=${later}`)).toEqual([third, second])
  expect(await messages(`to=${later}`)).toEqual([first])
  const { items } = await page(door, 'limit=1')
  expect(items).toMatchObject([
    {
      agent_id: 'b',
      user_id: 'ann',
      position: 1,
      cause: 'first',
      provider_id: 'fake',
      model: 'fake/large',
      outcome: 'completed',
      failure_kind: null,
    },
  ])
  const decision = { path: `/api/decisions/${items[0]?.decision_id}`, as: admin }
  expect(await bodyOf(await door.send(decision))).toMatchObject({ messageId: third })
  expect((await page(door, '', identityOf('tenant_admin', { tenantId: 'other' }))).items).toEqual(
    [],
  )
})

it('goes on after a page, and knows a cursor that is none', async () => {
  const door = await openDoor()
  const asked: string[] = []
  for (const userId of ['ann', 'ben', 'cid', 'dan', 'eve']) {
    asked.push(await ask(door, { userId, agentId: 'a', model: 'fake/small' }))
  }
  const seen: string[] = []
  for (let place: string | undefined = ''; place !== undefined;) {
    const { items, next_cursor: next } = await page(door, `limit=2${place}`)
    seen.push(...items.map(({ message_id: id }) => id))
    place = next === null ? undefined : `&cursor=${next}`
  }
  expect(seen).toEqual(asked.toReversed())
  for (const forged of [
    [-1, 'a'],
    [253_402_300_800_000, 'a'],
    [1, ''],
    [1, 'a\0'],
    ['1', 'a'],
    [1],
  ]) {
    const cursor = Buffer.from(JSON.stringify(forged)).toString('base64url')
    const refused = await door.send({ path: `${PATH}?cursor=${cursor}`, as: admin })
    expect(await bodyOf(refused, 400)).toMatchObject({ error: { field: 'cursor' } })
  }
})

it('shows a bound credential the calls of an agent of its own', async () => {
  const door = await openDoor()
  const own = await ask(door, { userId: 'ann', agentId: 'own', model: 'fake/small' })
  await ask(door, { userId: 'ann', agentId: 'other', model: 'fake/small' })
  const as = identityOf('tenant_admin', { agentIds: ['own'] })
  const { items } = await page(door, 'agent_id=own', as)
  expect(items.map(({ message_id: id }) => id)).toEqual([own])
  for (const query of ['', '?agent_id=other']) {
    expect((await door.send({ path: `${PATH}${query}`, as })).status).toBe(403)
  }
})
