import { seededRandom } from '@imrs/core'
import { it } from 'vitest'

import { expectKills } from './__fixtures__/expect-kills.ts'

const SEED = 20_261_124
const KILLS = 25

it(`${KILLS} processes that are killed leave the ledger of all that they gave out, and nothing by half`, async () => {
  const random = seededRandom(SEED)
  const killAtCalls = Array.from({ length: KILLS }, () => 1 + Math.floor(random() * 800))
  await expectKills({ seed: SEED, concurrency: 100, killAtCalls, lastRequests: 500 })
})
