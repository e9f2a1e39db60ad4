import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { createRouter } from '@imrs/router'
import { memorySecrets } from '@imrs/secrets'
import { sqliteStore } from '@imrs/store-sqlite'
import { fakeProvider } from '@imrs/testing/host'

import type { BenchResult } from './bench-result.ts'
import { quantile } from './chat/quantile.ts'

const ROUNDS = 500
const WARM_UP = 100
const MODELS = ['one', 'two'] as const

/**
 * From the moment a user changes the selection to the next request being routed by it, in one process.
 * SQLite on a file; 350 models of each of two providers.
 */
export async function bench(): Promise<BenchResult[]> {
  const folder = mkdtempSync(join(tmpdir(), 'imrs-bench-'))
  const others = Array.from({ length: 350 }, (_, index) => `model-${index}`)
  const router = await createRouter({
    store: sqliteStore({ path: join(folder, 'imrs.db') }),
    secrets: memorySecrets(),
    unconfiguredAgents: 'all',
    providers: ['first', 'second'].map(
      (id) => fakeProvider({ id, models: [...MODELS, ...others] }).definition,
    ),
  })
  const owner = { userId: 'user' }
  const messages = [{ role: 'user', content: 'Hello' }] as const
  const samples: number[] = []
  try {
    for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
      const model = `${round % 3 === 0 ? 'first' : 'second'}/${MODELS[round % 2] ?? ''}`
      const start = performance.now()
      await router.preferences.set({ ...owner, model })
      const answer = await router.chat({ ...owner, messages })
      if (round >= WARM_UP) samples.push(performance.now() - start)
      if (answer.decision.modelId !== model)
        throw new Error(`It went to ${answer.decision.modelId}`)
      await answer.text()
    }
  } finally {
    await router.close()
    rmSync(folder, { recursive: true, force: true })
  }
  const name = 'from a changed selection to the next decision, 704 models'
  return [
    {
      name,
      unit: 'ms',
      p50: quantile(samples, 0.5),
      p99: quantile(samples, 0.99),
      samples: ROUNDS,
    },
  ]
}
