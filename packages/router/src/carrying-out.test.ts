import { expect, it, onTestFinished } from 'vitest'

import { expectExact } from './__fixtures__/soak/expect-exact.ts'
import { runSoak } from './__fixtures__/soak/run-soak.ts'
import { startProviders } from './__fixtures__/soak/start-providers.ts'
import { temporaryFolder } from './__fixtures__/temporary-folder.ts'

const SEED = 20_261_121

it('a twentieth of the soak: 1,000 requests, 200 at once, faults in 30 % of the calls: each ends once, and the ledger is what the providers counted', async () => {
  const folder = await temporaryFolder()
  const providers = await startProviders({ seed: SEED, faultShare: 0.3 })
  onTestFinished(() => providers.close())
  const report = await runSoak({ requests: 1_000, concurrency: 200, seed: SEED, folder }, providers)
  const { ends, rows, calls } = expectExact(report)
  expect(rows).toBe(calls)
  expect(report.answers).toHaveLength(1_000)
  expect(rows).toBeGreaterThan(1_000)
  expect(ends).toBeGreaterThan(700)
  for (const { listeners } of report.growth) expect(listeners).toBe(0)
}, 90_000)
