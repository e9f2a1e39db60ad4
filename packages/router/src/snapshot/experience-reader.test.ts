import type { AgentKey, MessageRecord } from '@imrs/core'
import { uuidBoundOf } from '@imrs/core'
import { memoryStore } from '@imrs/testing/host'
import { expect, it } from 'vitest'

import { ExperienceReader } from './experience-reader.ts'

const OWN: AgentKey = { tenantId: 't', agentId: 'own' }
const AT = Date.UTC(2026, 0, 5)

async function setUp(shareExperience = true) {
  const store = memoryStore()
  let made = 0
  const rate = async (agent: AgentKey, ratingMilli: number): Promise<void> => {
    made += 1
    const id = `${uuidBoundOf(AT)}-7000-8000-${String(made).padStart(12, '0')}`
    const userId = `user-${made}`
    const message: MessageRecord = {
      id,
      ...agent,
      userId,
      role: 'assistant',
      model: 'p/m',
      metadata: {},
      createdAtMs: AT,
      taskType: 'code',
      creditedTaskType: 'code',
      toolsUsed: [],
    }
    await store.ledger.append({ decisions: [], attempts: [], messages: [message] })
    const { tenantId } = agent
    const event = { id, tenantId, messageId: id, userId, ratingMilli, atMs: AT }
    await store.feedback.record({ ...event, feedbackType: 'explicit' })
  }
  const reader = new ExperienceReader({ store, shareExperience }, OWN)
  const read = async (nowMs: number): Promise<Record<string, readonly number[]>> => {
    const { kept } = await reader.read(true, nowMs)
    const cells = kept?.learning().cells ?? []
    return Object.fromEntries(cells.map(({ scope, count, sum }) => [scope, [count, sum]]))
  }
  return { rate, read, reader }
}

it('reads what others gave once a minute, and what the agent itself got each time', async () => {
  const { rate, read, reader } = await setUp()
  await rate(OWN, 100)
  await rate({ ...OWN, agentId: 'other' }, 200)
  await rate({ tenantId: 'elsewhere', agentId: 'own' }, 400)
  expect(reader.isStale(0)).toBe(false)
  expect(await read(0)).toEqual({ agent: [1, 100], tenant: [2, 300], global: [3, 700] })

  await rate(OWN, 1000)
  await rate({ ...OWN, agentId: 'other' }, 200)
  // The wider scopes hold the agent's own at any moment, or its own would be taken from others.
  expect(await read(59_999)).toEqual({ agent: [2, 1100], tenant: [3, 1300], global: [4, 1700] })
  expect([reader.isStale(59_999), reader.isStale(60_000)]).toEqual([false, true])
  expect(await read(60_000)).toEqual({ agent: [2, 1100], tenant: [4, 1500], global: [5, 1900] })
})

it('leaves other tenants out unless experience is shared', async () => {
  const { rate, read } = await setUp(false)
  await rate(OWN, 100)
  expect(await read(0)).toEqual({ agent: [1, 100], tenant: [1, 100] })
})

it('reads the plain ratings of the agent alone for a strategy that does not learn', async () => {
  const { rate, reader } = await setUp()
  await rate(OWN, 100)
  await rate({ ...OWN, agentId: 'other' }, 200)
  const { own, kept } = await reader.read(false, 0)
  expect(own).toMatchObject([{ scope: 'agent', count: 1, sum: 100 }])
  expect(kept).toBeUndefined()
  expect(reader.isStale(1e9)).toBe(false)
})
