import type { RetentionReport, RetentionRequest } from '@imrs/core'

import { ANSWER_TABLE_NAMES } from './answer-tables.ts'
import { countBelow } from './delete-answers.ts'
import { countOldEvents, deleteOldestEvents } from './delete-events.ts'
import type { OldEvents } from './delete-events.ts'
import { dropAnswers, monthStartOf, oldAnswers } from './drop-answers.ts'
import { DroppedRecords } from './dropped-records.ts'
import { maintenanceStep, unlessElsewhere } from './maintenance-context.ts'
import type { MaintenanceContext } from './maintenance-context.ts'
import { tenantsOfAudit } from './old-tenants.ts'

/** Drops what is too old, step by step; what another process does meanwhile is left to it. */
export async function dropRecords(
  context: MaintenanceContext,
  request: RetentionRequest,
): Promise<RetentionReport> {
  const dropped = new DroppedRecords()
  const answersBeforeMs =
    request.answersBeforeMs === undefined ? undefined : monthStartOf(request.answersBeforeMs)
  const bounds = { answersBeforeMs, events: oldEvents(request) }
  const isElsewhere = await unlessElsewhere(
    async () => {
      if (request.isDryRun === true) await look(context, bounds, dropped)
      else await drop(context, bounds, dropped)
      return false
    },
    () => true,
  )
  return dropped.report({ isElsewhere, answersBeforeMs })
}

interface Bounds {
  readonly answersBeforeMs: number | undefined
  readonly events: readonly OldEvents[]
}

function oldEvents(request: RetentionRequest): OldEvents[] {
  const bounds = {
    catalog_events: request.catalogEventsBeforeMs,
    audit_log: request.auditBeforeMs,
    provider_health_history: request.healthChangesBeforeMs,
  }
  const tables = ['catalog_events', 'audit_log', 'provider_health_history'] as const
  return tables.flatMap((table): OldEvents[] => {
    const beforeMs = bounds[table]
    return beforeMs === undefined ? [] : [{ table, beforeMs }]
  })
}

async function drop(
  context: MaintenanceContext,
  { answersBeforeMs, events }: Bounds,
  dropped: DroppedRecords,
): Promise<void> {
  if (answersBeforeMs !== undefined) await dropAnswers(context, answersBeforeMs, dropped)
  const { session, options } = context
  for (const old of events) {
    const tenants =
      old.table === 'audit_log' ? await session.read(tenantsOfAudit, options) : [undefined]
    for (const tenantId of tenants) await dropEvents(context, { ...old, tenantId }, dropped)
  }
}

async function dropEvents(
  context: MaintenanceContext,
  old: OldEvents & { readonly tenantId: string | undefined },
  dropped: DroppedRecords,
): Promise<void> {
  let isDone = false
  while (!isDone) {
    const batch = await maintenanceStep(context, (work) => deleteOldestEvents(work, old))
    dropped.addRows({ [old.table]: batch.deleted })
    isDone = batch.isDone
  }
}

/** Counts what {@link drop} would drop. */
async function look(
  { session, options }: MaintenanceContext,
  { answersBeforeMs, events }: Bounds,
  dropped: DroppedRecords,
): Promise<void> {
  await session.read(async (work) => {
    if (answersBeforeMs !== undefined) {
      const { tenants, months, bound } = await oldAnswers(work, answersBeforeMs)
      dropped.addTenants(tenants.length)
      for (const month of months) dropped.addMonth(month)
      for (const table of ANSWER_TABLE_NAMES) {
        dropped.addRows({ [table]: await countBelow(work, { table, bound }) })
      }
    }
    for (const old of events) dropped.addRows({ [old.table]: await countOldEvents(work, old) })
  }, options)
}
