import { uuidBoundOf } from '@imrs/core'
import { sql } from 'kysely'

import type { MonthOfPartitions, PartitionTraits } from '../dialect-traits.ts'
import { checkpointExperience } from '../repositories/checkpoint-experience.ts'
import { qualified } from '../schema/qualified.ts'
import type { StoreWork } from '../session/store-session.ts'
import { deleteOldest } from './delete-answers.ts'
import type { DroppedRecords } from './dropped-records.ts'
import { maintenanceStep, tablesOf } from './maintenance-context.ts'
import type { MaintenanceContext } from './maintenance-context.ts'
import { tenantsBelow, unsettledTenants } from './old-tenants.ts'

/** The beginning of the UTC month of a time: answers go in whole months. */
export function monthStartOf(atMs: number): number {
  const at = new Date(atMs)
  return Date.UTC(at.getUTCFullYear(), at.getUTCMonth())
}

/** Whose answers are from before, and which months go as a whole. */
export async function oldAnswers(
  work: StoreWork,
  beforeMs: number,
): Promise<{
  readonly bound: string
  readonly tenants: readonly string[]
  readonly months: readonly MonthOfPartitions[]
}> {
  const bound = uuidBoundOf(beforeMs)
  const months = (await work.traits.partitions?.listBelow(tablesOf(work), bound)) ?? []
  return { bound, months, tenants: await tenantsBelow(work, bound) }
}

/**
 * Settles experience tenant by tenant, takes whole months off their tables, and deletes what lies
 * elsewhere. A tenant whose first old answer comes meanwhile is settled before its month goes, or is
 * left to the next time.
 */
export async function dropAnswers(
  context: MaintenanceContext,
  beforeMs: number,
  dropped: DroppedRecords,
): Promise<void> {
  const { session, traits, options } = context
  const { partitions } = traits
  await dropDetached(context, partitions)
  const { bound, tenants, months } = await session.read(
    (work) => oldAnswers(work, beforeMs),
    options,
  )
  for (const tenantId of tenants) await settle(context, tenantId, beforeMs)
  for (const month of months) {
    if (partitions === undefined) break
    const isOurs = await detachMonth(context, { month, beforeMs, partitions })
    if (isOurs) dropped.addMonth(month)
    await dropDetached(context, partitions)
  }
  for (const tenantId of tenants) {
    let isDone = false
    while (!isDone) {
      const batch = await maintenanceStep(context, (work) =>
        deleteOldest(work, { tenantId, bound }),
      )
      dropped.addRows(batch.deleted)
      isDone = batch.isDone
    }
  }
  dropped.addTenants(tenants.length)
}

async function settle(
  context: MaintenanceContext,
  tenantId: string,
  beforeMs: number,
): Promise<void> {
  await maintenanceStep(context, (work) => checkpointExperience(work, { tenantId, beforeMs }))
}

interface OldMonth {
  readonly month: MonthOfPartitions
  readonly beforeMs: number
  readonly partitions: PartitionTraits
}

/**
 * Takes a month off all tables at once. Feedback on it may have come since its tenants were looked up:
 * while nobody can write, whoever is not settled is found, and is settled first. Says whether it was
 * there to be taken off.
 */
async function detachMonth(
  context: MaintenanceContext,
  { month, beforeMs, partitions }: OldMonth,
): Promise<boolean> {
  const events = month.partitions.find(({ table }) => table === 'feedback_events')
  for (;;) {
    const unsettled = await maintenanceStep(context, async (work) => {
      await partitions.beShort(work.database)
      await partitions.lock(tablesOf(work))
      // Another process may have been faster.
      const left = await partitions.listBelow(tablesOf(work), month.to)
      const same = left.find(({ to }) => to === month.to)
      if (same === undefined) return undefined
      const late =
        events === undefined
          ? []
          : await unsettledTenants(work, { table: events.name, bound: month.to })
      if (late.length === 0) await partitions.detach(tablesOf(work), same)
      return late
    })
    if (unsettled === undefined) return false
    if (unsettled.length === 0) return true
    for (const tenantId of unsettled) await settle(context, tenantId, beforeMs)
  }
}

/** Frees what no table has any more; also what a process left behind that died in between. */
async function dropDetached(
  context: MaintenanceContext,
  partitions: PartitionTraits | undefined,
): Promise<void> {
  if (partitions === undefined) return
  const { session, options } = context
  const names = await session.read((work) => partitions.listDetached(tablesOf(work)), options)
  for (const name of names) {
    await maintenanceStep(context, async ({ database, traits }) => {
      await partitions.beShort(database)
      await sql`drop table if exists ${qualified(traits.schema, name)}`.execute(database)
    })
  }
}
