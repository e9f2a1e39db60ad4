import type { LedgerBatch, LedgerRepository } from '@imrs/core'

import { fromAttemptRow, toAttemptRow } from '../rows/attempt-row.ts'
import { fromDecisionRow, toDecisionRow } from '../rows/decision-row.ts'
import { fromMessageRow, toMessageRow } from '../rows/message-row.ts'
import { chunksOf } from '../session/chunks.ts'
import type { StoreSession, StoreWork } from '../session/store-session.ts'
import { settleReservations } from './budget-reservations.ts'

export function ledgerRepository(session: StoreSession): LedgerRepository {
  return {
    append: (batch, options) => session.write((work) => append(work, batch), options),
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

async function append(work: StoreWork, batch: LedgerBatch): Promise<void> {
  const { database, traits, check } = work
  for (const chunk of chunksOf(batch.decisions.map(toDecisionRow), traits)) {
    check()
    await database
      .insertInto('routing_decisions')
      .values(chunk)
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
  for (const chunk of chunksOf(batch.attempts.map(toAttemptRow), traits)) {
    check()
    await database
      .insertInto('attempts')
      .values(chunk)
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
  for (const chunk of chunksOf(batch.messages.map(toMessageRow), traits)) {
    check()
    await database
      .insertInto('messages')
      .values(chunk)
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
  await settleReservations(work, batch.settlements ?? [])
}
