import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { createRouter } from '@imrs/router'
import { memorySecrets } from '@imrs/secrets'
import { sqliteStore } from '@imrs/store-sqlite'
import { fakeProvider } from '@imrs/testing/host'
import { Bench } from 'tinybench'

import { fromTinybench } from './bench-result.ts'
import type { BenchResult } from './bench-result.ts'

const models = Array.from({ length: 350 }, (_, index) => `model-${index}`)

/**
 * Lists while one provider hangs and another sends garbage: three providers of 350 models, of which
 * one answers. SQLite on a file.
 */
export async function bench(): Promise<BenchResult[]> {
  const folder = mkdtempSync(join(tmpdir(), 'imrs-bench-'))
  const hanging = Promise.withResolvers<void>()
  const router = await createRouter({
    store: sqliteStore({ path: join(folder, 'imrs.db') }),
    secrets: memorySecrets(),
    unconfiguredAgents: 'all',
    startTimeoutMs: 100,
    cacheTimes: { listMs: 500 },
    providers: [
      fakeProvider({ id: 'good', models }),
      fakeProvider({ id: 'hanging', models, listGate: () => hanging.promise }),
      fakeProvider({
        id: 'garbage',
        models,
        listFailure: () => ({ kind: 'malformed', message: 'It sent something that is no list.' }),
      }),
    ].map(({ definition }) => definition),
  })
  try {
    const run = new Bench({ name: 'models', time: 1000, warmupTime: 200 })
    const others = 'one provider hangs, one sends garbage'
    run.add(`router.models.list(), ${others}`, async () => void (await router.models.list()))
    run.add(`router.models.response(), 350 models, ${others}`, async () => {
      await router.models.response()
    })
    await run.run()
    return fromTinybench(run)
  } finally {
    hanging.resolve()
    await router.close()
    rmSync(folder, { recursive: true, force: true })
  }
}
