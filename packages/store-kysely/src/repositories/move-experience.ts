import { EXPERIENCE_SCOPES, monthOf } from '@imrs/core'
import type { MessageRecord, RatingMilli } from '@imrs/core'
import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'

import type { ExperienceRow } from '../schema/database.ts'
import type { StoreWork } from '../session/store-session.ts'

/** How the rating that counts on a message changed; `from` is absent the first time. */
export interface RatingMove {
  readonly from: RatingMilli | undefined
  readonly to: RatingMilli
}

const KEY = ['tenant_id', 'scope', 'agent_id', 'task_type', 'model_id', 'month', 'epoch'] as const

/**
 * Adds what one message's rating changed to the cell of every scope, in one statement. The scopes
 * come from the narrowest to the widest, so that all writers lock cells in the same order.
 */
export async function moveExperience(
  { database }: StoreWork,
  message: MessageRecord,
  move: RatingMove,
): Promise<void> {
  await database
    .insertInto('model_experience')
    .values(deltasOf(message, move))
    .onConflict((conflict) =>
      conflict.columns(KEY).doUpdateSet({
        rating_count: added('rating_count'),
        rating_sum: added('rating_sum'),
        rating_sum_of_squares: added('rating_sum_of_squares'),
      }),
    )
    .execute()
}

function added(column: string): RawBuilder<number> {
  return sql<number>`${sql.ref(`model_experience.${column}`)} + excluded.${sql.ref(column)}`
}

function deltasOf(message: MessageRecord, { from, to }: RatingMove): ExperienceRow[] {
  const old = from ?? 0
  return EXPERIENCE_SCOPES.map((scope) => ({
    tenant_id: scope === 'global' ? '' : message.tenantId,
    scope,
    agent_id: scope === 'agent' ? message.agentId : '',
    task_type: message.creditedTaskType,
    model_id: message.model,
    month: monthOf(message.createdAtMs),
    epoch: 0,
    rating_count: from === undefined ? 1 : 0,
    rating_sum: to - old,
    rating_sum_of_squares: to * to - old * old,
  }))
}
