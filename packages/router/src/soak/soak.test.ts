import { it } from 'vitest'

import { expectSoak } from './__fixtures__/soak-contract.ts'

const MIB = 1024 * 1024

it('a twentieth of the soak: 1,000 requests, 200 at once, three in ten calls disturbed', async () => {
  await expectSoak({
    seed: 20_261_121,
    warmUp: 100,
    requests: 900,
    parts: 2,
    concurrency: 200,
    settleMs: 0,
    // The code itself is still being compiled: the whole soak is stricter.
    heapToleranceBytes: 4 * MIB,
  })
}, 120_000)
