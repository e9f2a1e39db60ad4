import { join } from 'node:path'

import type { LedgerBatch } from '@imrs/core'
import { createTestRuntime } from '@imrs/testing/host'
import Database from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'

import { temporaryFolder } from './__fixtures__/temporary-folder.ts'
import { sqliteStore } from './sqlite-store.ts'

const DAY_MS = 86_400_000
const ANSWERS = 600
const TABLES = ['daily', 'weekly', 'monthly'] as const
const runtime = createTestRuntime({ start: Date.UTC(2026, 4, 20) })

/** One call, of one of forty days. */
function answer(index: number): LedgerBatch {
  return {
    decisions: [],
    attempts: [
      {
        id: runtime.newId(),
        messageId: runtime.newId(),
        decisionId: 'd',
        tenantId: 't',
        agentId: `agent-${index % 3}`,
        position: 1,
        cause: 'first',
        providerId: 'p',
        modelId: 'p/m',
        outcome: 'completed',
        startedAtMs: runtime.now() + (index % 40) * DAY_MS,
        totalMs: index,
      },
    ],
    messages: [],
  }
}

async function answered(path: string, count: number): Promise<void> {
  const store = sqliteStore({ path })
  await store.migrate()
  for (let index = 0; index < count; index += 1) await store.ledger.append(answer(index))
  // Waits for what runs, the adding up among it.
  await store.close()
}

it('adds up what was noted, in every period alike, and what a process before left', async () => {
  const folder = temporaryFolder()
  onTestFinished(folder.remove)
  const path = join(folder.path, 'imrs.db')
  await answered(path, ANSWERS)
  const raw = new Database(path)
  onTestFinished(() => void raw.close())
  const noted = (): number =>
    Number(raw.prepare('select count(*) from figure_entries').pluck().get())
  const addedUp = (condition: string): unknown[] =>
    TABLES.map((name) =>
      raw
        .prepare(`select sum(attempt_count) from model_performance_${name} where ${condition}`)
        .pluck()
        .get(),
    )
  const left = noted()
  expect(left).toBeGreaterThan(0)
  expect(left).toBeLessThan(ANSWERS / 2)
  const counted = ANSWERS - left
  expect(addedUp("agent_id > ''")).toEqual([counted, counted, counted])
  expect(addedUp("agent_id = ''")).toEqual([counted, counted, counted])

  await answered(path, 1)
  expect(noted()).toBe(0)
  const all = ANSWERS + 1
  expect(addedUp("agent_id = ''")).toEqual([all, all, all])
})

it('joins short texts of counts, and has each name once in long ones', async () => {
  const folder = temporaryFolder()
  onTestFinished(folder.remove)
  const path = join(folder.path, 'imrs.db')
  for (let round = 0; round < 12; round += 1) await answered(path, 60)
  const raw = new Database(path)
  onTestFinished(() => void raw.close())
  const texts = raw
    .prepare("select total_histogram from model_performance_monthly where agent_id = ''")
    .pluck()
    .all()
  for (const text of texts) expect(String(text).length).toBeLessThan(1_024)
})
