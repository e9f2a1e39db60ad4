import { GOOD_RATING_MILLI, HINT_SIGNALS, uuidBoundOf } from '@imrs/core'
import type { FeedbackReason, ReasonQuery, ReasonSum } from '@imrs/core'
import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'

import { qualified } from '../schema/qualified.ts'
import type { StoreWork } from '../session/store-session.ts'
import { idsOf, renamedFrom } from './renamed-models.ts'

interface ReasonRow {
  readonly model_id: string
  readonly reason: FeedbackReason
  readonly good: number
  readonly bad: number
}

/** Adds up in the database, and what comes of it by the ids that models have now. */
export async function sumReasons(
  work: StoreWork,
  query: ReasonQuery,
): Promise<readonly ReasonSum[]> {
  const rows = await readSums(work, query)
  const renamed = await renamedFrom(work, new Set(rows.map((row) => row.model_id)))
  const sums = new Map<string, ReasonSum>()
  for (const { model_id: id, reason, good, bad } of rows) {
    const modelId = renamed.get(id) ?? id
    const name = `${modelId}\0${reason}`
    const sum = sums.get(name)
    sums.set(name, {
      modelId,
      reason,
      good: (sum?.good ?? 0) + good,
      bad: (sum?.bad ?? 0) + bad,
    })
  }
  return [...sums.values()]
}

/**
 * Begins with the events that have reasons, of the months that are asked for. One of them counts when
 * the message counts its type, and no other of that type came later: what core's `effectiveFeedback` says.
 */
async function readSums(work: StoreWork, query: ReasonQuery): Promise<readonly ReasonRow[]> {
  const { database, traits } = work
  const [events, messages] = ['feedback_events', 'messages'].map((table) =>
    qualified(traits.schema, table),
  )
  const hints = sql.join(HINT_SIGNALS.map((signal) => sql.lit(signal)))
  const isGood = sql`event.rating_milli >= ${sql.lit(GOOD_RATING_MILLI)}`
  const { rows } = await sql<ReasonRow>`select message.model as model_id, reason.value as reason,
      cast(sum(case when ${isGood} then 1 else 0 end) as bigint) as good,
      cast(sum(case when ${isGood} then 0 else 1 end) as bigint) as bad
    from ${events} as event ${traits.byIndex('ix_feedback_reasons')}
      cross join ${messages} as message
      cross join ${traits.eachText(sql.ref('event.reasons'))} as reason
    where event.reasons is not null and event.tenant_id = ${query.tenantId}
      and ${isMadeIn(sql.ref('event.message_id'), query)}
      and message.tenant_id = event.tenant_id and message.id = event.message_id
      and ${isMadeIn(sql.ref('message.id'), query)}
      and message.feedback_type = event.feedback_type
      and ${await fits(work, query)}
      and not exists (select 1 from ${events} as later
        where later.tenant_id = event.tenant_id and later.message_id = event.message_id
          and ${isMadeIn(sql.ref('later.message_id'), query)}
          and later.feedback_type = event.feedback_type and later.seq > event.seq
          and (later.signal is null or later.signal not in (${hints})))
    group by message.model, reason.value`.execute(database)
  return rows
}

/** Said of every table: partitions of other months are left alone. */
function isMadeIn(id: RawBuilder<unknown>, { fromMs, toMs }: ReasonQuery): RawBuilder<unknown> {
  return sql`${id} >= ${uuidBoundOf(fromMs)} and ${id} < ${uuidBoundOf(toMs)}`
}

async function fits(
  work: StoreWork,
  { agentId, taskType, modelId }: ReasonQuery,
): Promise<RawBuilder<unknown>> {
  const modelIds = modelId === undefined ? undefined : await idsOf(work, modelId)
  const conditions = [
    sql`message.role = 'assistant'`,
    ...(agentId === undefined ? [] : [sql`message.agent_id = ${agentId}`]),
    ...(taskType === undefined ? [] : [sql`message.credited_task_type = ${taskType}`]),
    ...(modelIds === undefined ? [] : [sql`message.model in (${sql.join(modelIds)})`]),
  ]
  return sql.join(conditions, sql` and `)
}
