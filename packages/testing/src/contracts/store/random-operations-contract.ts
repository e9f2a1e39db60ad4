import { it } from 'vitest'

import { expectRandomOperations } from './experience-operations.ts'
import { openStore } from './setup.ts'
import type { StoreContractSetup } from './setup.ts'

/** Few enough for every database; a store of its own may be given more. */
const OPERATIONS = 600

export function randomOperationsContract(setup: StoreContractSetup): void {
  const { randomOperations: operations = OPERATIONS } = setup

  it(`is what all signals say, counted apart and rebuilt, after ${operations} of them`, async () => {
    await expectRandomOperations(await openStore(setup), { operations, seed: 20_260_301 })
  }, 120_000)
}
