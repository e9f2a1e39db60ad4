import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { seededRandom, systemRuntime } from '@imrs/core'
import type { LedgerBatch } from '@imrs/core'
import { sqliteStore } from '@imrs/store-sqlite'
import { Bench } from 'tinybench'

import { fromTinybench } from './bench-result.ts'
import type { BenchResult } from './bench-result.ts'

const TASKS = ['code', 'write', 'general']
const MODELS = ['p/a', 'p/b', 'p/c', 'p/d']

/** Answers as the router records them: a decision of three candidates, one call, one message. */
function makeBatch(count: number, random: () => number): LedgerBatch {
  const answers = Array.from({ length: count }, () => makeAnswer(random))
  return {
    decisions: answers.map(({ decision }) => decision),
    attempts: answers.map(({ attempt }) => attempt),
    messages: answers.map(({ message }) => message),
  }
}

function makeAnswer(random: () => number) {
  const { newId, now } = systemRuntime
  const pick = (list: readonly string[]): string => list[Math.floor(random() * list.length)] ?? ''
  const [messageId, decisionId, modelId, type] = [newId(), newId(), pick(MODELS), pick(TASKS)]
  const owner = { tenantId: 'tenant', agentId: 'agent', userId: 'user' }
  const latencyMs = 200 * Math.exp(random() * 4)
  return {
    decision: {
      id: decisionId,
      messageId,
      ...owner,
      atMs: now(),
      source: 'auto' as const,
      modelId,
      task: { type, source: 'keyword' as const, confidence: 'medium' as const, matches: 2 },
      requiredCapabilities: ['text' as const],
      candidates: MODELS.map((id) => ({ modelId: id, score: 0.5, priority: 0.5, ratings: 0 })),
      candidateCount: MODELS.length,
      exclusions: { counts: {}, examples: [] },
      propensity: 1,
      opeEligible: true,
      strategy: { name: 'weighted', version: '1' },
      snapshotVersion: '1.1.1',
      seed: 1,
      replayable: true,
    },
    attempt: {
      id: newId(),
      messageId,
      decisionId,
      ...owner,
      position: 1,
      cause: 'first' as const,
      providerId: 'p',
      modelId,
      outcome: 'completed' as const,
      startedAtMs: now(),
      headersMs: latencyMs / 4,
      firstPartMs: latencyMs / 3,
      totalMs: latencyMs,
      usage: { inputTokens: 500, outputTokens: 200 },
      usageSource: 'provider' as const,
      costNanoUsd: 1_000_000,
      priceSource: 'provider',
    },
    message: {
      id: messageId,
      ...owner,
      role: 'assistant' as const,
      model: modelId,
      latencyMs,
      tokenCount: 700,
      metadata: { decisionId, outcome: 'finished' },
      createdAtMs: now(),
      taskType: type,
      creditedTaskType: type,
      toolsUsed: [],
    },
  }
}

/** `ledger.append` alone, on a SQLite file: decisions, calls, answers and the daily figures of them. */
export async function bench(): Promise<BenchResult[]> {
  const folder = mkdtempSync(join(tmpdir(), 'imrs-bench-'))
  const store = sqliteStore({ path: join(folder, 'imrs.db') })
  try {
    await store.migrate()
    const random = seededRandom(1)
    const run = new Bench({ name: 'ledger', time: 3000, warmupTime: 500 })
    for (const count of [1, 16, 128]) {
      // Made before the clock runs, as many as it can use.
      const batches: LedgerBatch[] = []
      run.add(
        `append, ${count} answers together, 12 cells`,
        async () => {
          await store.ledger.append(batches.pop() ?? makeBatch(count, random))
        },
        {
          beforeEach: () => void batches.push(makeBatch(count, random)),
        },
      )
    }
    await run.run()
    return fromTinybench(run)
  } finally {
    await store.close()
    rmSync(folder, { recursive: true, force: true })
  }
}
