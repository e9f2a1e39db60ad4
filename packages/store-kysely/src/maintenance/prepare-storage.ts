import type { PreparedStorage } from '@imrs/core'

import type { MissingPartition, PartitionTraits } from '../dialect-traits.ts'
import { maintenanceStep, tablesOf, unlessElsewhere } from './maintenance-context.ts'
import type { MaintenanceContext } from './maintenance-context.ts'

/** Makes the partitions that are missing, each in a transaction of its own; then what partitions lack of indexes. */
export async function prepareStorage(
  context: MaintenanceContext,
  atMs: number,
): Promise<PreparedStorage> {
  const { session, traits, options } = context
  const { partitions } = traits
  const madePartitions: string[] = []
  const leftPartitions: string[] = []
  let movedRows = 0
  const isElsewhere = await unlessElsewhere(
    async () => {
      const missing = await session.read(async (work) => {
        work.check()
        return partitions === undefined ? [] : partitions.listMissing(tablesOf(work), atMs)
      }, options)
      for (const each of partitions === undefined ? [] : missing) {
        const moved = await makeOne(context, partitions, each)
        if (moved === undefined) leftPartitions.push(each.name)
        else madePartitions.push(each.name)
        movedRows += moved ?? 0
      }
      if (partitions !== undefined) await makeIndexes(context, partitions)
      return false
    },
    () => true,
  )
  return { madePartitions, leftPartitions, movedRows, isElsewhere }
}

/** Large partitions that are in use, one after the other: each may take as long as its rows are read. */
async function makeIndexes(
  context: MaintenanceContext,
  partitions: PartitionTraits,
): Promise<void> {
  const { session, options } = context
  const missing = await session.read(
    async (work) => partitions.listUnindexed(tablesOf(work)),
    options,
  )
  for (const each of missing) {
    const isBuilt = await session.read(async (work) => {
      work.check()
      return partitions.buildIndex(tablesOf(work), each)
    }, options)
    if (!isBuilt) continue
    await maintenanceStep(context, async (work) => {
      await partitions.beShort(work.database)
      await partitions.attachIndex(tablesOf(work), each)
    })
  }
}

async function makeOne(
  context: MaintenanceContext,
  partitions: PartitionTraits | undefined,
  missing: MissingPartition,
): Promise<number | undefined> {
  return maintenanceStep(context, async (work) => {
    await partitions?.beShort(work.database)
    return partitions?.make(tablesOf(work), missing)
  })
}
