import { GENERAL_TASK } from '@imrs/core'
import type { Attempt, ClassifiedAttempt, Decision, LedgerBatch, TaskType } from '@imrs/core'
import { sql } from 'kysely'
import type { CompiledQuery } from 'kysely'

import type { StatementSteps } from '../dialect-traits.ts'
import { toAttemptRow } from '../rows/attempt-row.ts'
import { toDecisionRow } from '../rows/decision-row.ts'
import { toMessageRow } from '../rows/message-row.ts'
import type { AttemptRow, DecisionRow, FigureEntryRow, MessageRow } from '../schema/database.ts'
import { qualified } from '../schema/qualified.ts'
import type { RowInserts } from '../session/row-inserts.ts'
import type { StoreWork } from '../session/store-session.ts'
import { toFigureEntries } from './performance-writes.ts'

/** Writes the rows of a batch, and notes the calls among them that were not there yet for the figures. */
export function* ledgerSteps(
  work: StoreWork,
  inserts: RowInserts,
  batch: LedgerBatch,
): StatementSteps {
  yield* decisionStatements(work, inserts, batch)
  const added: AttemptKeyRow[] = []
  for (const statement of attemptStatements(work, inserts, batch)) {
    // The statement returns these columns.
    added.push(...((yield statement) as readonly AttemptKeyRow[]))
  }
  yield* messageStatements(work, inserts, batch)
  const attempts = newOnes(batch.attempts, added)
  if (attempts.length === 0) return
  const taskTypes = yield* taskTypesOf(work, batch.decisions, attempts)
  const calls = attempts.map((attempt): ClassifiedAttempt => {
    const taskType = taskTypes.get(keyOf(attempt, attempt.decisionId))
    return { attempt, taskType: taskType ?? GENERAL_TASK }
  })
  const entries = { table: 'figure_entries', rows: toFigureEntries(calls) }
  yield* inserts.statements(work, entries, (rows) =>
    work.database.insertInto('figure_entries').values(rows),
  )
}

interface AttemptKeyRow {
  readonly tenant_id: string
  readonly message_id: string
  readonly id: string
}

function newOnes(
  attempts: readonly Attempt[],
  added: readonly AttemptKeyRow[],
): readonly Attempt[] {
  if (added.length === attempts.length) return attempts
  const left = new Set(added.map((row) => JSON.stringify([row.tenant_id, row.message_id, row.id])))
  // Deleted when found: a call that stands in the batch twice counts once.
  return attempts.filter((attempt) => left.delete(keyOf(attempt, attempt.id)))
}

/** By the decisions of the batch, where all of them are as a rule, else by those that are stored. */
function* taskTypesOf(
  { database }: StoreWork,
  decisions: readonly Decision[],
  attempts: readonly Attempt[],
): Generator<CompiledQuery, ReadonlyMap<string, TaskType>, readonly unknown[]> {
  const types = new Map(
    decisions.map((decision) => [keyOf(decision, decision.id), decision.task.type]),
  )
  for (const attempt of attempts) {
    const { tenantId, messageId, decisionId } = attempt
    const key = keyOf(attempt, decisionId)
    if (types.has(key)) continue
    const rows = yield database
      .selectFrom('routing_decisions')
      .select('task_type')
      .where('tenant_id', '=', tenantId)
      .where('message_id', '=', messageId)
      .where('id', '=', decisionId)
      .compile()
    // The one column that is selected.
    const [row] = rows as readonly { readonly task_type: TaskType }[]
    types.set(key, row?.task_type ?? GENERAL_TASK)
  }
  return types
}

function keyOf(
  { tenantId, messageId }: { readonly tenantId: string; readonly messageId: string },
  id: string,
): string {
  return JSON.stringify([tenantId, messageId, id])
}

/** Rows of each kind in one statement, at most. */
const MAX_TOGETHER = 200

/**
 * The same as one statement, for a database that writes into many tables with one: nobody waits for an
 * answer in between. `undefined` for batches that are too large, and for calls whose decisions are
 * elsewhere.
 */
export function ledgerStatement(
  work: StoreWork,
  inserts: RowInserts,
  batch: LedgerBatch,
): CompiledQuery | undefined {
  const { decisions, attempts, messages } = batch
  if ([decisions, attempts, messages].some((each) => each.length > MAX_TOGETHER)) return undefined
  const types = new Map(decisions.map((each) => [keyOf(each, each.id), each.task.type]))
  const calls = attempts.flatMap((attempt): readonly ClassifiedAttempt[] => {
    const taskType = types.get(keyOf(attempt, attempt.decisionId))
    return taskType === undefined ? [] : [{ attempt, taskType }]
  })
  if (attempts.length === 0 || calls.length < attempts.length) return undefined
  const rows = [
    decisions.map(toDecisionRow),
    attempts.map(toAttemptRow),
    messages.map(toMessageRow),
    toFigureEntries(calls),
  ] as const
  return inserts.together('ledger', rows, () => compileTogether(work, rows))
}

function compileTogether(
  { database, traits }: StoreWork,
  [decisions, attempts, messages, entries]: readonly [
    readonly DecisionRow[],
    readonly AttemptRow[],
    readonly MessageRow[],
    readonly FigureEntryRow[],
  ],
): CompiledQuery {
  const names = ['tenant_id', 'message_id', 'id'] as const
  const decided = database
    .insertInto('routing_decisions')
    .values(decisions)
    .onConflict((conflict) => conflict.doNothing())
  const called = database
    .insertInto('attempts')
    .values(attempts)
    .onConflict((conflict) => conflict.doNothing())
    .returning(names)
  const answered = database
    .insertInto('messages')
    .values(messages)
    .onConflict((conflict) => conflict.doNothing())
  const notes = entries.map((entry) => sql`(${sql.join(Object.values(entry))})`)
  const parts = [
    ...(decisions.length === 0 ? [] : [sql`decided as (${decided})`]),
    sql`called as (${called})`,
    ...(messages.length === 0 ? [] : [sql`answered as (${answered})`]),
  ]
  // A call that stands in the batch twice is noted once.
  return sql`with ${sql.join(parts)}
    insert into ${qualified(traits.schema, 'figure_entries')} (tenant_id, message_id, id, entry)
    select noted.tenant_id, noted.message_id, noted.id, noted.entry
      from (values ${sql.join(notes)}) as noted (tenant_id, message_id, id, entry)
      where (noted.tenant_id, noted.message_id, noted.id) in
        (select ${sql.join(names.map((name) => sql.ref(name)))} from called)
    on conflict do nothing`.compile(database)
}

function decisionStatements(
  work: StoreWork,
  inserts: RowInserts,
  { decisions }: LedgerBatch,
): readonly CompiledQuery[] {
  const given = { table: 'routing_decisions', rows: decisions.map(toDecisionRow) }
  return inserts.statements(work, given, (rows) =>
    work.database
      .insertInto('routing_decisions')
      .values(rows)
      .onConflict((conflict) => conflict.doNothing()),
  )
}

function attemptStatements(
  work: StoreWork,
  inserts: RowInserts,
  { attempts }: LedgerBatch,
): readonly CompiledQuery[] {
  const given = { table: 'attempts', rows: attempts.map(toAttemptRow) }
  return inserts.statements(work, given, (rows) =>
    work.database
      .insertInto('attempts')
      .values(rows)
      .onConflict((conflict) => conflict.doNothing())
      .returning(['tenant_id', 'message_id', 'id']),
  )
}

function messageStatements(
  work: StoreWork,
  inserts: RowInserts,
  { messages }: LedgerBatch,
): readonly CompiledQuery[] {
  const given = { table: 'messages', rows: messages.map(toMessageRow) }
  return inserts.statements(work, given, (rows) =>
    work.database
      .insertInto('messages')
      .values(rows)
      .onConflict((conflict) => conflict.doNothing()),
  )
}
