import type { CallOptions, LedgerBatch, LedgerRepository } from '@imrs/core'

import type { StatementSteps } from '../dialect-traits.ts'
import { fromAttemptRow } from '../rows/attempt-row.ts'
import { fromDecisionRow } from '../rows/decision-row.ts'
import { fromMessageRow } from '../rows/message-row.ts'
import { RowInserts } from '../session/row-inserts.ts'
import { runSteps } from '../session/store-session.ts'
import type { StoreSession, StoreWork } from '../session/store-session.ts'
import { settleReservations } from './budget-reservations.ts'
import { figureFolding } from './figure-folding.ts'
import { ledgerStatement, ledgerSteps } from './ledger-writes.ts'
import { listCalls } from './list-calls.ts'
import { listRated } from './rated-decisions.ts'

export function ledgerRepository(session: StoreSession): LedgerRepository {
  const inserts = new RowInserts()
  const figures = figureFolding(session)
  return {
    append: async (batch, options) => {
      await append(session, inserts, { batch, options })
      figures.noted(batch.attempts.length)
    },
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
    listCalls: (query, options) => session.readBehind((work) => listCalls(work, query), options),
    listRated: (query, options) => session.readBehind((work) => listRated(work, query), options),
  }
}

/** The rows alone go in one go; reservations are looked at before they are settled. */
function append(
  session: StoreSession,
  inserts: RowInserts,
  { batch, options }: { readonly batch: LedgerBatch; readonly options: CallOptions | undefined },
): Promise<void> {
  const { settlements = [] } = batch
  const steps = (work: StoreWork): StatementSteps => ledgerSteps(work, inserts, batch)
  if (settlements.length === 0) {
    if (session.traits.writesManyTables) return appendTogether(session, inserts, { batch, options })
    return session.writeAll(steps, options)
  }
  return session.write(async (work) => {
    await runSteps(work, steps(work))
    await settleReservations(work, settlements)
  }, options)
}

async function appendTogether(
  session: StoreSession,
  inserts: RowInserts,
  { batch, options }: { readonly batch: LedgerBatch; readonly options: CallOptions | undefined },
): Promise<void> {
  const isWritten = await session.writeOne((work) => ledgerStatement(work, inserts, batch), options)
  if (isWritten) return
  await session.writeAll((work) => ledgerSteps(work, inserts, batch), options)
}
