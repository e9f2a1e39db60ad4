import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { seededRandom } from '@imrs/core'
import type { Decision, MessageRecord } from '@imrs/core'
import { sqliteStore } from '@imrs/store-sqlite'
import { createTestRuntime } from '@imrs/testing/host'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { imrs } from '../__fixtures__/imrs.ts'

const folder = mkdtempSync(join(tmpdir(), 'imrs-evaluate-'))
const database = join(folder, 'imrs.db')
const runtime = createTestRuntime({ seed: 1, start: Date.UTC(2026, 5, 1) })
const owner = { tenantId: 'default', agentId: 'default' }
const SIZE = 600

/** A decision by a coin: `good` has the higher priority, and is liked nine times of ten; `poor` one time. */
function answered(random: () => number): {
  decision: Decision
  message: MessageRecord
  likes: boolean
} {
  const messageId = runtime.newId()
  const modelId = random() < 0.5 ? 'p/good' : 'p/poor'
  const atMs = runtime.now()
  const decision: Decision = {
    id: runtime.newId(),
    messageId,
    ...owner,
    atMs,
    source: 'auto',
    modelId,
    task: { type: 'general', source: 'none', confidence: 'low', matches: 0 },
    requiredCapabilities: ['text'],
    candidates: [
      { modelId: 'p/good', score: 0, priority: 0.9, ratings: 0 },
      { modelId: 'p/poor', score: 0, priority: 0.5, ratings: 0 },
    ],
    candidateCount: 2,
    exclusions: { counts: {}, examples: [] },
    propensity: 0.5,
    opeEligible: true,
    strategy: { name: 'coin', version: '1' },
    snapshotVersion: '1',
    seed: 1,
    replayable: true,
  }
  const message: MessageRecord = {
    id: messageId,
    ...owner,
    userId: 'u1',
    role: 'assistant',
    model: modelId,
    metadata: {},
    createdAtMs: atMs,
    taskType: 'general',
    creditedTaskType: 'general',
    toolsUsed: [],
  }
  return { decision, message, likes: random() < (modelId === 'p/good' ? 0.9 : 0.1) }
}

beforeAll(async () => {
  const random = seededRandom(1)
  const store = sqliteStore({ path: database })
  await store.migrate()
  const log = Array.from({ length: SIZE }, () => answered(random))
  await store.ledger.append({
    decisions: log.map(({ decision }) => decision),
    attempts: [],
    // Whoever is evaluated by ratings needs only those.
    messages: log.map(({ message, likes }) => ({ ...message, ratingMilli: likes ? 1_000 : 0 })),
  })
  await store.close()
})
afterAll(() => rmSync(folder, { recursive: true }))

const given = ['--data', database, '--strategy'] as const

async function run(...parameters: string[]): Promise<string> {
  const { code, stdout, stderr } = await imrs(['evaluate', ...parameters], { folder })
  if (code !== 0) throw new Error(`${code} ${stderr}`)
  return stdout
}

describe('imrs evaluate', () => {
  it('prints what each strategy would have earned', { timeout: 60_000 }, async () => {
    const stdout = await run(...given, 'priority,random')
    expect(stdout).toContain('600 rated decisions, 600 of them can serve evaluation')
    expect(stdout).toMatch(
      /Strategy priority would have earned 0\.(8[6-9]|9[0-4]) \(.+\) against 0\.[45]\d actually\./,
    )
    expect(stdout).toMatch(/^random +0\.\d{3} \(0\.\d{3}–0\.\d{3}\) .* 600 +\d+$/m)
  })

  it('gives all of it as one JSON object', async () => {
    const { reports } = JSON.parse(await run(...given, 'priority', '--json')) as {
      reports: readonly object[]
    }
    expect(reports).toMatchObject([
      { strategy: { name: 'priority' }, counts: { rated: SIZE, used: SIZE }, warnings: [] },
    ])
  })

  it('takes the agent, the tenant and the period', async () => {
    const read = (...choice: string[]) => run(...given, 'priority', ...choice)
    expect(await read('--agent', 'other')).toContain('0 rated decisions')
    expect(await read('--tenant', 'other')).toContain('0 rated decisions')
    expect(await read('--from', '2026-07-01')).toContain('0 rated decisions')
    expect(await read('--from', '2026-05-01', '--to', '2026-07-01')).toContain('600 rated')
  })

  it('goes by the name of the strategy that decided', async () => {
    const read = (...choice: string[]) => run(...given, 'priority', ...choice)
    expect(await read('--logged-by', 'coin')).toContain('600 rated decisions')
    expect(await read('--logged-by', 'coi')).toContain('0 rated decisions')
  })

  it('judges every strategy that --help names', { timeout: 60_000 }, async () => {
    const names = ['adaptive', 'weighted', 'priority', 'cheapest', 'cheapest-within', 'random']
    const help = await run('--help')
    for (const name of names) expect(help).toContain(name)
    const both = 'experiment:priority+cheapest'
    const { reports } = JSON.parse(await run(...given, [...names, both].join(), '--json')) as {
      reports: readonly { strategy: { name: string }; value?: { value: number } }[]
    }
    expect(reports.map(({ strategy }) => strategy.name)).toEqual([
      'adaptive',
      'weighted',
      'priority',
      'cheapest',
      'cheapest-within:weighted',
      'random',
      'experiment:named',
    ])
    for (const { value } of reports) expect(value?.value).toBeGreaterThan(0)
  })

  it.each([
    [['--data', join(folder, 'none.db'), '--strategy', 'priority'], '2 imrs: There is no file'],
    [['--data', database], '2 imrs: --strategy is missing'],
    [[...given, 'best'], '--strategy takes adaptive, weighted'],
    [[...given, 'fastest'], 'cheapest-within, random, experiment:<a>+<b>, got fastest'],
    [[...given, 'experiment:weighted+fastest'], 'got experiment:weighted+fastest'],
    [[...given, 'experiment:weighted'], 'got experiment:weighted'],
    [[...given, 'priority', '--from', 'x'], '--from takes a time'],
    [['--wrong'], "2 error: unknown option '--wrong'"],
  ])('refuses %j', async (parameters, message) => {
    await expect(async () => run(...parameters)).rejects.toThrow(message)
    expect(existsSync(join(folder, 'none.db'))).toBe(false)
  })
})
