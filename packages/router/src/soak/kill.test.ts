import { it } from 'vitest'

import { expectKills } from './__fixtures__/expect-kills.ts'

it('a process that is killed leaves the ledger of all that it gave out, and nothing by half', async () => {
  await expectKills({ seed: 20_261_122, concurrency: 30, killAtCalls: [60], lastRequests: 60 })
}, 120_000)
