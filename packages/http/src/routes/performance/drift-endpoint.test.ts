import type { Strategy } from '@imrs/core'
import { weighted } from '@imrs/router'
import { expect, it } from 'vitest'

import { bodyOf, identityOf, openDoor } from '../../__fixtures__/open-door.ts'
import type { OpenDoor } from '../../__fixtures__/open-door.ts'
import type { Identity } from '../../identity/identity.ts'
import type { ItemsWire } from '../../wire/items.ts'
import type { DriftAlarmWire } from './drift-wire.ts'

const path = '/api/v2/admin/drift'
const admin = identityOf('tenant_admin')

/** Takes every rating for a change of the model. */
const watchful: Strategy = {
  ...weighted(),
  learn: () => ({}),
  watch:
    ({ rating }) =>
    (state) => ({ state, shift: rating - 0.5 }),
}

async function rate(
  { router, runtime }: OpenDoor,
  given: { agentId: string; model: string; rating: number },
): Promise<string> {
  await runtime.advance(1000)
  const { rating, ...asked } = given
  const messages = [{ role: 'user', content: 'Hello' }] as const
  const answer = await router.chat({ ...asked, userId: 'u', messages })
  for await (const part of answer.parts) void part
  await router.feedback({ messageId: answer.messageId, userId: 'u', rating })
  return answer.messageId
}

async function alarms({ send }: OpenDoor, query = '', as: Identity = admin) {
  const body = await bodyOf<ItemsWire<DriftAlarmWire>>(await send({ path: `${path}${query}`, as }))
  return body.items
}

it('lists the alarms of a tenant, the last first, and of bound credentials those of their agents', async () => {
  const door = await openDoor({ router: { strategy: watchful } })
  const startMs = door.runtime.now()
  const first = await rate(door, { agentId: 'one', model: 'small', rating: 0 })
  const second = await rate(door, { agentId: 'two', model: 'large', rating: 0.75 })
  const worse = {
    at: new Date(startMs + 1000).toISOString(),
    agent_id: 'one',
    model: 'fake/small',
    direction: 'worse',
    shift: -0.5,
    message_id: first,
  }
  const better = {
    at: new Date(startMs + 2000).toISOString(),
    agent_id: 'two',
    model: 'fake/large',
    direction: 'better',
    shift: 0.25,
    message_id: second,
  }
  expect(await alarms(door)).toEqual([better, worse])
  expect(await alarms(door, '?agent_id=one')).toEqual([worse])
  expect(await alarms(door, '?model=fake%2Flarge')).toEqual([better])
  expect(await alarms(door, `?from=${encodeURIComponent(better.at)}`)).toEqual([better])
  expect(await alarms(door, `?to=${encodeURIComponent(better.at)}`)).toEqual([worse])
  expect(await alarms(door, '', { ...admin, tenantId: 'other' })).toEqual([])
  const bound = { ...admin, agentIds: ['one', 'three'] }
  expect(await alarms(door, '', bound)).toEqual([worse])
  expect((await door.send({ path: `${path}?agent_id=two`, as: bound })).status).toBe(403)
})
