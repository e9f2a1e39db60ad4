import { it } from 'vitest'

import { expectSoak } from './__fixtures__/soak-contract.ts'

const MIB = 1024 * 1024

it('20,000 requests, 200 at once, three in ten calls disturbed: nothing lost, faked or left behind', async () => {
  await expectSoak({
    seed: 20_261_123,
    warmUp: 2_000,
    requests: 18_000,
    parts: 4,
    concurrency: 200,
    settleMs: 8_000,
    // 9,000 requests lie between the middle and the end: less than 180 bytes for each of them.
    heapToleranceBytes: 1.5 * MIB,
    onFigures: (figures) => void process.stdout.write(`${figures}\n`),
  })
})
