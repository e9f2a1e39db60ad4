import { join } from 'node:path'

import type { MessageRecord, Store } from '@imrs/core'
import { createTestRuntime } from '@imrs/testing/host'
import Database from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'

import { experienceIn } from './__fixtures__/raw-rows.ts'
import { temporaryFolder } from './__fixtures__/temporary-folder.ts'
import { sqliteStore } from './sqlite-store.ts'

const AT = Date.UTC(2026, 2, 14)
const ANSWERS = 30

async function rated(): Promise<{ store: Store; raw: Database.Database }> {
  const folder = temporaryFolder()
  onTestFinished(folder.remove)
  const path = join(folder.path, 'imrs.db')
  const store = sqliteStore({ path })
  onTestFinished(() => store.close())
  await store.migrate()
  const runtime = createTestRuntime({ start: AT })
  for (let index = 0; index < ANSWERS; index += 1) {
    const message = answer(runtime.newId(), index)
    await store.ledger.append({ decisions: [], attempts: [], messages: [message] })
    await store.feedback.record({
      id: runtime.newId(),
      tenantId: message.tenantId,
      messageId: message.id,
      userId: message.userId ?? '',
      feedbackType: 'explicit',
      ratingMilli: index * 30,
      atMs: AT,
    })
  }
  const raw = new Database(path)
  onTestFinished(() => void raw.close())
  return { store, raw }
}

function answer(id: string, index: number): MessageRecord {
  return {
    id,
    tenantId: index % 5 === 0 ? 'other' : 't',
    agentId: `agent-${index % 2}`,
    userId: `user-${index % 4}`,
    role: 'assistant',
    model: `p/${index % 3}`,
    metadata: {},
    createdAtMs: AT,
    taskType: 'code',
    creditedTaskType: 'code',
    toolsUsed: [],
  }
}

const tables = ['model_experience', 'experience_users'] as const

function rowsOf(raw: Database.Database, table: (typeof tables)[number]): readonly string[] {
  const rows: unknown[] = raw.prepare(`select * from ${table}`).all()
  return rows.map((row) => JSON.stringify(row)).toSorted()
}

const damages = {
  'sums that are off': `update model_experience set rating_sum = rating_sum + 7,
    weighted_sum = weighted_sum - 3 where scope = 'agent' and tenant_id = 't'`,
  'cells that are gone': `delete from model_experience where tenant_id = 't' and agent_id = 'agent-1'`,
  'cells that should not be': `insert into model_experience (tenant_id, scope, agent_id, task_type,
    model_id, month, epoch, rating_count, rating_sum, rating_sum_of_squares, weight_milli,
    weighted_sum, weighted_sum_of_squares)
    values ('t', 'agent', 'ghost', 'code', 'p/0', '2026-03', 0, 1, 1, 1, 1, 1, 1)`,
} as const

it.each(Object.entries(damages))(
  'finds %s, says so, and puts them right',
  async (_name, damage) => {
    const { store, raw } = await rated()
    const before = withoutZeros(raw)
    raw.exec(damage)
    const damaged = rowsOf(raw, 'model_experience')
    const found = await store.feedback.rebuildExperience({ tenantId: 't', isDryRun: true })
    expect(found.differenceCount).toBeGreaterThan(0)
    expect(found.differences).toHaveLength(found.differenceCount)
    expect(rowsOf(raw, 'model_experience')).toEqual(damaged)

    const [version = 0] = await store.changes.versions(['experience:t/agent-1'])
    const put = await store.feedback.rebuildExperience({ tenantId: 't' })
    expect(put).toEqual(found)
    expect(withoutZeros(raw)).toEqual(before)
    const isTouched = put.differences.some(({ cell }) => cell.agentId === 'agent-1')
    const [after] = await store.changes.versions(['experience:t/agent-1'])
    expect(after).toBe(version + (isTouched ? 1 : 0))
    const again = await store.feedback.rebuildExperience({ tenantId: 't', isDryRun: true })
    expect(again).toMatchObject({ events: 24, differences: [] })
  },
)

it('puts right what users weigh, and in the global scope only what the tenant was off by', async () => {
  const { store, raw } = await rated()
  const [cells, users] = [withoutZeros(raw), rowsOf(raw, 'experience_users')]
  raw.exec(`delete from experience_users where tenant_id = 't';
    update model_experience set rating_count = rating_count + 1 where tenant_id = 't' and scope = 'tenant';
    update model_experience set rating_count = rating_count + 1 where scope = 'global'`)
  await store.feedback.rebuildExperience({ tenantId: 't' })
  expect(withoutZeros(raw)).toEqual(cells)
  expect(rowsOf(raw, 'experience_users')).toEqual(users)
})

it('needs no event from before a checkpoint', async () => {
  const { store, raw } = await rated()
  const cells = withoutZeros(raw)
  await store.feedback.checkpointExperience({ tenantId: 't', beforeMs: AT + 1e9 })
  raw.exec(`delete from feedback_events where tenant_id = 't';
    delete from messages where tenant_id = 't'; delete from model_experience where tenant_id = 't';
    delete from experience_users where tenant_id = 't'`)
  const lost = await store.feedback.rebuildExperience({ tenantId: 't', isDryRun: true })
  expect(lost).toMatchObject({ events: 0, differenceCount: 9 })
  raw.exec(`update model_experience set rating_count = 0, rating_sum = 0, rating_sum_of_squares = 0,
    weight_milli = 0, weighted_sum = 0, weighted_sum_of_squares = 0 where scope = 'global'`)
  await store.feedback.rebuildExperience({ tenantId: 't' })
  const own = cells.filter(({ scope, tenantId }) => scope !== 'global' && tenantId === 't')
  expect(withoutZeros(raw).filter(({ tenantId }) => tenantId === 't')).toEqual(own)
})

function withoutZeros(raw: Database.Database) {
  return experienceIn(raw)
    .filter(({ count, weightMilli }) => count !== 0 || weightMilli !== 0)
    .toSorted((left, right) => (JSON.stringify(left) < JSON.stringify(right) ? -1 : 1))
}
