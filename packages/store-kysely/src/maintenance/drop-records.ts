import type { DroppedPartition, RetentionReport, RetentionRequest } from '@imrs/core'

import { countBelow } from './delete-answers.ts'
import type { DeletedRows } from './delete-answers.ts'
import { countOldEvents, deleteOldestEvents } from './delete-events.ts'
import type { OldEvents } from './delete-events.ts'
import { dropAnswers, monthStartOf, oldAnswers } from './drop-answers.ts'
import { maintenanceStep, unlessElsewhere } from './maintenance-context.ts'
import type { MaintenanceContext } from './maintenance-context.ts'
import { tenantsOfAudit } from './old-tenants.ts'

/** What was dropped so far. Changed in place. */
export interface DroppedRecords {
  tenants: number
  readonly partitions: DroppedPartition[]
  readonly rows: DeletedRows
  readonly events: Record<OldEvents['table'], number>
}

/** Drops what is too old, step by step; what another process does meanwhile is left to it. */
export async function dropRecords(
  context: MaintenanceContext,
  request: RetentionRequest,
): Promise<RetentionReport> {
  const dropped: DroppedRecords = {
    tenants: 0,
    partitions: [],
    rows: { feedback_events: 0, attempts: 0, routing_decisions: 0, messages: 0 },
    events: { catalog_events: 0, audit_log: 0 },
  }
  const { answersBeforeMs } = request
  const bounds = {
    answersBeforeMs: answersBeforeMs === undefined ? undefined : monthStartOf(answersBeforeMs),
    events: oldEvents(request),
  }
  const isElsewhere = await unlessElsewhere(
    async () => {
      if (request.isDryRun === true) await look(context, bounds, dropped)
      else await drop(context, bounds, dropped)
      return false
    },
    () => true,
  )
  return toReport({ dropped, isElsewhere, answersBeforeMs: bounds.answersBeforeMs })
}

interface Bounds {
  readonly answersBeforeMs: number | undefined
  readonly events: readonly OldEvents[]
}

function oldEvents({ catalogEventsBeforeMs, auditBeforeMs }: RetentionRequest): OldEvents[] {
  return [
    ...(catalogEventsBeforeMs === undefined
      ? []
      : [{ table: 'catalog_events' as const, beforeMs: catalogEventsBeforeMs }]),
    ...(auditBeforeMs === undefined
      ? []
      : [{ table: 'audit_log' as const, beforeMs: auditBeforeMs }]),
  ]
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
    dropped.events[old.table] += batch.deleted
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
      dropped.tenants = tenants.length
      dropped.partitions.push(...months.flatMap(({ partitions }) => partitions.map(toDropped)))
      for (const table of [
        'feedback_events',
        'attempts',
        'routing_decisions',
        'messages',
      ] as const) {
        dropped.rows[table] = await countBelow(work, { table, bound })
      }
    }
    for (const old of events) dropped.events[old.table] = await countOldEvents(work, old)
  }, options)
}

export function toDropped({ name, estimatedRows, bytes }: DroppedPartition): DroppedPartition {
  return { name, estimatedRows, bytes }
}

function toReport({
  dropped: { tenants, partitions, rows, events },
  isElsewhere,
  answersBeforeMs,
}: {
  readonly dropped: DroppedRecords
  readonly isElsewhere: boolean
  readonly answersBeforeMs: number | undefined
}): RetentionReport {
  return {
    ...(answersBeforeMs === undefined ? {} : { answersBeforeMs }),
    tenants,
    partitions,
    messages: rows.messages,
    decisions: rows.routing_decisions,
    attempts: rows.attempts,
    feedbackEvents: rows.feedback_events,
    catalogEvents: events.catalog_events,
    auditEntries: events.audit_log,
    isElsewhere,
  }
}
