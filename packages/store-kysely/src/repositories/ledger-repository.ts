import type { CallOptions, LedgerBatch, LedgerRepository } from '@imrs/core'
import type { CompiledQuery } from 'kysely'

import { fromAttemptRow, toAttemptRow } from '../rows/attempt-row.ts'
import { fromDecisionRow, toDecisionRow } from '../rows/decision-row.ts'
import { fromMessageRow, toMessageRow } from '../rows/message-row.ts'
import { RowInserts } from '../session/row-inserts.ts'
import { runEach } from '../session/store-session.ts'
import type { StoreSession, StoreWork } from '../session/store-session.ts'
import { settleReservations } from './budget-reservations.ts'
import { listRated } from './rated-decisions.ts'

export function ledgerRepository(session: StoreSession): LedgerRepository {
  const inserts = new RowInserts()
  return {
    append: (batch, options) => append(session, inserts, { batch, options }),
    getDecision: ({ tenantId, decisionId }, options) =>
      session.read(async ({ database }) => {
        const row = await database
          .selectFrom('routing_decisions')
          .selectAll()
          .where('tenant_id', '=', tenantId)
          .where('id', '=', decisionId)
          .executeTakeFirst()
        return row === undefined ? undefined : fromDecisionRow(row)
      }, options),
    getMessage: ({ tenantId, messageId }, options) =>
      session.read(async ({ database }) => {
        const row = await database
          .selectFrom('messages')
          .selectAll()
          .where('tenant_id', '=', tenantId)
          .where('id', '=', messageId)
          .where('role', '=', 'assistant')
          .executeTakeFirst()
        return row === undefined ? undefined : fromMessageRow(row)
      }, options),
    listAttempts: ({ tenantId, messageId }, options) =>
      session.read(async ({ database }) => {
        const rows = await database
          .selectFrom('attempts')
          .selectAll()
          .where('tenant_id', '=', tenantId)
          .where('message_id', '=', messageId)
          .orderBy('position')
          .orderBy('id')
          .execute()
        return rows.map(fromAttemptRow)
      }, options),
    listRated: (query, options) => session.read((work) => listRated(work, query), options),
  }
}

/** The rows alone go in one go; reservations are looked at before they are settled. */
function append(
  session: StoreSession,
  inserts: RowInserts,
  { batch, options }: { readonly batch: LedgerBatch; readonly options: CallOptions | undefined },
): Promise<void> {
  const { settlements = [] } = batch
  const rows = (work: StoreWork): readonly CompiledQuery[] => rowsOf(inserts, work, batch)
  if (settlements.length === 0) return session.writeAll(rows, options)
  return session.write(async (work) => {
    await runEach(work, rows(work))
    await settleReservations(work, settlements)
  }, options)
}

function rowsOf(
  inserts: RowInserts,
  work: StoreWork,
  batch: LedgerBatch,
): readonly CompiledQuery[] {
  const { database } = work
  const decisions = { table: 'routing_decisions', rows: batch.decisions.map(toDecisionRow) }
  const attempts = { table: 'attempts', rows: batch.attempts.map(toAttemptRow) }
  const messages = { table: 'messages', rows: batch.messages.map(toMessageRow) }
  return [
    ...inserts.statements(work, decisions, (rows) =>
      database
        .insertInto('routing_decisions')
        .values(rows)
        .onConflict((conflict) => conflict.doNothing()),
    ),
    ...inserts.statements(work, attempts, (rows) =>
      database
        .insertInto('attempts')
        .values(rows)
        .onConflict((conflict) => conflict.doNothing()),
    ),
    ...inserts.statements(work, messages, (rows) =>
      database
        .insertInto('messages')
        .values(rows)
        .onConflict((conflict) => conflict.doNothing()),
    ),
  ]
}
