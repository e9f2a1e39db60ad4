import { sql } from 'kysely'

import { qualified } from '../schema/qualified.ts'
import type { StoreWork } from '../session/store-session.ts'
import { ANSWER_TABLES, ANSWER_TABLE_NAMES } from './answer-tables.ts'
import type { AnswerTable } from './answer-tables.ts'

/** Rows of each table that one transaction deletes, and those of one message beyond. */
const BATCH = 500

export type DeletedRows = Record<AnswerTable, number>

/** Which rows: all of a tenant below a bound. */
export interface OldAnswers {
  readonly tenantId: string
  readonly bound: string
}

/**
 * Deletes the oldest records of a tenant, whole messages at a time; to be run in a write transaction.
 * Says how many there were, and whether there may be more.
 */
export async function deleteOldest(
  work: StoreWork,
  old: OldAnswers,
): Promise<{ readonly deleted: DeletedRows; readonly isDone: boolean }> {
  const last = await lastOfBatch(work, old)
  const deleted: DeletedRows = {
    feedback_events: 0,
    attempts: 0,
    routing_decisions: 0,
    messages: 0,
  }
  const below = last === undefined ? sql`< ${old.bound}` : sql`<= ${last}`
  for (const table of ANSWER_TABLE_NAMES) {
    const { numAffectedRows } = await sql`delete from ${qualified(work.traits.schema, table)}
      where tenant_id = ${old.tenantId} and ${sql.ref(ANSWER_TABLES[table])} ${below}`.execute(
      work.database,
    )
    deleted[table] = Number(numAffectedRows ?? 0n)
  }
  return { deleted, isDone: last === undefined }
}

/** The message that a batch ends with; `undefined` when all that is left fits. */
async function lastOfBatch(
  { database, traits }: StoreWork,
  { tenantId, bound }: OldAnswers,
): Promise<string | undefined> {
  const ends: string[] = []
  for (const table of ANSWER_TABLE_NAMES) {
    const column = sql.ref(ANSWER_TABLES[table])
    const { rows } = await sql<{ id: string }>`select ${column} as id
      from ${qualified(traits.schema, table)} where tenant_id = ${tenantId} and ${column} < ${bound}
      order by ${column} limit 1 offset ${sql.lit(BATCH - 1)}`.execute(database)
    if (rows[0] !== undefined) ends.push(rows[0].id)
  }
  return ends.toSorted()[0]
}

/** How many rows of a table lie below a bound, of all tenants. */
export async function countBelow(
  { database, traits }: StoreWork,
  { table, bound }: { readonly table: AnswerTable; readonly bound: string },
): Promise<number> {
  const name = traits.partitions?.restOf(table) ?? table
  const { rows } = await sql<{ count: number }>`select count(*) as count
    from ${qualified(traits.schema, name)} where ${sql.ref(ANSWER_TABLES[table])} < ${bound}`.execute(
    database,
  )
  return rows[0]?.count ?? 0
}
