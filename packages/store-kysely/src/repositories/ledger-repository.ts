import type { LedgerBatch, LedgerRepository } from '@imrs/core'

import { fromAttemptRow, toAttemptRow } from '../rows/attempt-row.ts'
import { fromDecisionRow, toDecisionRow } from '../rows/decision-row.ts'
import { fromMessageRow, toMessageRow } from '../rows/message-row.ts'
import { RowInserts } from '../session/row-inserts.ts'
import type { StoreSession, StoreWork } from '../session/store-session.ts'
import { settleReservations } from './budget-reservations.ts'

export function ledgerRepository(session: StoreSession): LedgerRepository {
  const inserts = new RowInserts()
  return {
    append: (batch, options) => session.write((work) => append(inserts, work, batch), options),
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
  }
}

async function append(inserts: RowInserts, work: StoreWork, batch: LedgerBatch): Promise<void> {
  const { database } = work
  const decisions = batch.decisions.map(toDecisionRow)
  await inserts.add(work, { table: 'routing_decisions', rows: decisions }, (rows) =>
    database
      .insertInto('routing_decisions')
      .values(rows)
      .onConflict((conflict) => conflict.doNothing()),
  )
  const attempts = batch.attempts.map(toAttemptRow)
  await inserts.add(work, { table: 'attempts', rows: attempts }, (rows) =>
    database
      .insertInto('attempts')
      .values(rows)
      .onConflict((conflict) => conflict.doNothing()),
  )
  const messages = batch.messages.map(toMessageRow)
  await inserts.add(work, { table: 'messages', rows: messages }, (rows) =>
    database
      .insertInto('messages')
      .values(rows)
      .onConflict((conflict) => conflict.doNothing()),
  )
  await settleReservations(work, batch.settlements ?? [])
}
