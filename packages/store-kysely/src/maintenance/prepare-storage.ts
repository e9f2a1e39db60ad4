import type { PreparedStorage } from '@imrs/core'

import type { MissingPartition, PartitionTraits } from '../dialect-traits.ts'
import { maintenanceStep, tablesOf, unlessElsewhere } from './maintenance-context.ts'
import type { MaintenanceContext } from './maintenance-context.ts'

interface Prepared {
  readonly madePartitions: string[]
  readonly leftPartitions: string[]
  movedRows: number
}

/** Makes the partitions that are missing, each in a transaction of its own. */
export async function prepareStorage(
  context: MaintenanceContext,
  atMs: number,
): Promise<PreparedStorage> {
  const { session, traits, options } = context
  const prepared: Prepared = { madePartitions: [], leftPartitions: [], movedRows: 0 }
  const { partitions } = traits
  if (partitions === undefined) {
    await session.read(async ({ check }) => check(), options)
    return { ...prepared, isElsewhere: false }
  }
  const isElsewhere = await unlessElsewhere(
    async () => {
      const missing = await session.read(
        (work) => partitions.listMissing(tablesOf(work), atMs),
        options,
      )
      for (const each of missing) await makeOne(context, partitions, { missing: each, prepared })
      return false
    },
    () => true,
  )
  return { ...prepared, isElsewhere }
}

async function makeOne(
  context: MaintenanceContext,
  partitions: PartitionTraits,
  { missing, prepared }: { readonly missing: MissingPartition; readonly prepared: Prepared },
): Promise<void> {
  const moved = await maintenanceStep(context, async (work) => {
    await partitions.beShort(work.database)
    return partitions.make(tablesOf(work), missing)
  })
  if (moved === undefined) {
    prepared.leftPartitions.push(missing.name)
    return
  }
  prepared.madePartitions.push(missing.name)
  prepared.movedRows += moved
}
