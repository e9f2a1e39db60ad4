import { expect, it } from 'vitest'

import { bodyOf, identityOf, openDoor } from '../../__fixtures__/open-door.ts'
import type { OpenDoor, SentRequest } from '../../__fixtures__/open-door.ts'
import { agentListWireSchema } from './agent-list-endpoint.ts'
import type { AgentListWire } from './agent-list-endpoint.ts'

const DAY_MS = 86_400_000

async function listed(
  { send }: OpenDoor,
  query: string = '',
  as: SentRequest['as'] = identityOf('tenant_admin'),
): Promise<AgentListWire> {
  const body = await bodyOf<AgentListWire>(await send({ path: `/api/v2/agents?${query}`, as }))
  expect(agentListWireSchema.parse(body)).toEqual(body)
  return body
}

async function asked({ send }: OpenDoor, agentId: string): Promise<void> {
  const body = { messages: [{ role: 'user', content: 'Hello' }], agentId }
  const headers = { accept: 'application/json' }
  await bodyOf(await send({ path: '/api/chat', as: identityOf('agent_user'), body, headers }))
}

/** `asked` was used 30 days ago and today, `old` 30 days ago, and three have something set. */
async function openWithAgents(): Promise<OpenDoor> {
  const door = await openDoor()
  const { send, runtime } = door
  await asked(door, 'asked')
  await asked(door, 'old')
  await runtime.advance(30 * DAY_MS)
  await asked(door, 'asked')
  const as = identityOf('tenant_admin')
  const enable = async (agentId: string, body: object, tenant = as): Promise<unknown> =>
    bodyOf(await send({ path: `/api/v2/agents/${agentId}/models`, as: tenant, body }))
  await enable('named', { model_ids: ['fake/small', 'fake/large'] })
  const body = { model_ids: ['fake/small'] }
  await bodyOf(await send({ path: '/api/v2/agents/named/models/disable', as, body }))
  await enable('ruled', { bulk_filter: {} })
  await enable('theirs', body, identityOf('tenant_admin', { tenantId: 'other' }))
  return door
}

const day = (atMs: number): string => new Date(atMs).toISOString().slice(0, 10)

it('lists the agents that have anything, with what is set and how much they are used', async () => {
  const door = await openWithAgents()
  const now = door.runtime.now()
  const nothing = {
    enabled_by_name: 0,
    disabled_by_name: 0,
    rules: 0,
    answers_last_30_days: 0,
    last_used_on: null,
  }
  const { items, next_cursor: next } = await listed(door)
  expect(items).toEqual([
    { ...nothing, agent_id: 'asked', answers_last_30_days: 1, last_used_on: day(now) },
    { ...nothing, agent_id: 'named', enabled_by_name: 1, disabled_by_name: 1 },
    { ...nothing, agent_id: 'old', last_used_on: day(now - 30 * DAY_MS) },
    { ...nothing, agent_id: 'ruled', rules: 1 },
  ])
  expect(next).toBeNull()
  const theirs = await listed(door, 'tenant_id=other', identityOf('platform_admin'))
  expect(theirs.items.map(({ agent_id: id }) => id)).toEqual(['theirs'])
})

it('goes on after a page, and shows a bound credential its own agents', async () => {
  const door = await openWithAgents()
  const ids = async (as?: SentRequest['as'], cursor = ''): Promise<readonly string[]> => {
    const { items, next_cursor: next } = await listed(door, `limit=1${cursor}`, as)
    const own = items.map(({ agent_id: id }) => id)
    return next === null ? own : [...own, ...(await ids(as, `&cursor=${next}`))]
  }
  expect(await ids()).toEqual(['asked', 'named', 'old', 'ruled'])
  const agentIds = ['old', 'named', 'nothing-yet']
  expect(await ids(identityOf('tenant_admin', { agentIds }))).toEqual(['named', 'old'])
})
