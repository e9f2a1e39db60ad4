import type { FeedbackResponse } from '@imrs/core'
import { expect, it } from 'vitest'

import { bodyOf, identityOf, openDoor } from '../../__fixtures__/open-door.ts'
import type { OpenDoor } from '../../__fixtures__/open-door.ts'
import type { ItemsWire } from '../../wire/items.ts'
import type { ReasonCountWire } from './reasons-endpoint.ts'

const user = identityOf('agent_user')
const admin = identityOf('tenant_admin')
const path = '/api/v2/admin/feedback/reasons'

async function answered({ send }: OpenDoor): Promise<string> {
  const body = { messages: [{ role: 'user', content: 'Hello' }], model: 'auto' }
  const headers = { accept: 'application/json' }
  const answer = await send({ path: '/api/chat', as: user, body, headers })
  return (await bodyOf<{ messageId: string }>(answer)).messageId
}

function rate({ send }: OpenDoor, messageId: string, body: object): Promise<Response> {
  return send({ path: `/api/v2/chat/messages/${messageId}/feedback`, as: user, body })
}

it('takes reasons with a thumb and a rating, and says which count now', async () => {
  const door = await openDoor()
  const messageId = await answered(door)
  const reasonsAfter = async (body: object): Promise<readonly string[]> =>
    (await bodyOf<FeedbackResponse>(await rate(door, messageId, body))).reasons
  expect(await reasonsAfter({ signal: 'thumbs-down', reasons: ['slow'] })).toEqual(['slow'])
  expect(await reasonsAfter({ rating: 0.3, reasons: ['incorrect', 'other'] })).toEqual([
    'incorrect',
    'other',
  ])
  expect(await reasonsAfter({ signal: 'copy' })).toEqual(['incorrect', 'other'])
  expect(await reasonsAfter({ signal: 'retract' })).toEqual([])
})

it.each([
  ['reasons[1]', { rating: 1, reasons: ['clear', 'dull'] }],
  ['reasons', { rating: 1, reasons: ['clear', 'clear'] }],
  ['reasons', { rating: 1, reasons: [] }],
  ['reasons', { rating: 1, reasons: ['correct', 'clear', 'slow', 'other', 'unsafe', 'concise'] }],
  ['reasons', { signal: 'retract', reasons: ['clear'] }],
])('refuses by the name of %s: %j', async (field, body) => {
  const door = await openDoor()
  const answer = await rate(door, await answered(door), body)
  expect(answer.status).toBe(400)
  expect(await answer.json()).toMatchObject({ error: { code: 'invalid-request', field } })
})

it('tells admins why answers were rated as they were', async () => {
  const door = await openDoor()
  const [first, second] = [await answered(door), await answered(door)]
  await rate(door, first, { signal: 'thumbs-down', reasons: ['slow', 'incorrect'] })
  await rate(door, second, { signal: 'thumbs-up', reasons: ['slow'] })
  const itemsOf = async (query = ''): Promise<readonly ReasonCountWire[]> =>
    (await bodyOf<ItemsWire<ReasonCountWire>>(await door.send({ path: path + query, as: admin })))
      .items
  const items = await itemsOf()
  expect(items.map(({ model: _, ...counts }) => counts)).toEqual([
    { reason: 'slow', good: 1, bad: 1 },
    { reason: 'incorrect', good: 0, bad: 1 },
  ])
  expect(new Set(items.map(({ model }) => model)).size).toBe(1)
  expect(await itemsOf('?agent_id=default')).toEqual(items)
  expect(await itemsOf('?agent_id=other')).toEqual([])
  expect(await itemsOf('?task_type=nothing')).toEqual([])
  expect(await itemsOf('?from=2020-01-01&to=2020-02-01')).toEqual([])
})
