import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

import { expect, it, onTestFinished } from 'vitest'

import { expectExact } from './__fixtures__/soak/expect-exact.ts'
import { runSoak } from './__fixtures__/soak/run-soak.ts'
import { startProviders } from './__fixtures__/soak/start-providers.ts'
import { temporaryFolder } from './__fixtures__/temporary-folder.ts'

const SEED = 20_261_122
/** What each request may leave on the heap: what the run itself keeps of it, and nothing of ours. */
const KEPT_BYTES = 600

it.each([
  { isHedged: false, of: 'without hedging' },
  { isHedged: true, of: 'with a second model beside slow ones' },
])(
  '$of: 20,000 requests, 200 at once, faults in 30 % of the calls: each ends once, the ledger is what the providers counted, and nothing grows',
  async ({ isHedged }) => {
    setFlagsFromString('--expose-gc')
    globalThis.gc ??= runInNewContext('gc') as typeof globalThis.gc
    const folder = await temporaryFolder()
    const providers = await startProviders({ seed: SEED, faultShare: 0.3 })
    onTestFinished(() => providers.close())
    const requests = 20_000
    const report = await runSoak(
      { requests, concurrency: 200, seed: SEED, folder, isHedged },
      providers,
    )
    const figures = expectExact(report)
    if (!isHedged) expect(figures.rows).toBe(figures.calls)
    const [warm, middle, end] = report.growth
    const seconds = report.durationMs / 1000
    console.log({ ...figures, seconds, perSecond: requests / seconds, growth: report.growth })
    expect(report.answers).toHaveLength(requests)
    expect(report.growth.map(({ listeners }) => listeners)).toEqual([0, 0, 0])
    // From the middle to the end no more than the run itself remembers.
    const grown = (end?.heapBytes ?? 0) - (middle?.heapBytes ?? 0)
    expect(grown).toBeLessThan(requests * 0.4 * KEPT_BYTES)
    expect(end?.resources.length).toBeLessThanOrEqual((warm?.resources.length ?? 0) + 5)
  },
)
