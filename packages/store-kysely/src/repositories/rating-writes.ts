import { sql } from 'kysely'
import type { CompiledQuery } from 'kysely'

import { excluded } from '../session/excluded.ts'
import { addedToCells } from './experience-cells.ts'
import type { RatingWrites } from './judge-rating.ts'
import type { RatingContext } from './rating-steps.ts'
import { USER_KEY } from './user-key.ts'

const TALLY = ['rating_count', 'rating_sum', 'rating_sum_of_squares', 'weight_milli'] as const

const DRIFT = ['epoch', 'drift_sum', 'residual_sum', 'rating_count'] as const

/** Writes what a signal writes; the version of experience comes last, since every signal of the agent wants it. Gives the one it raised, or 0. */
export function* writeSteps(
  { work: { database }, texts }: RatingContext,
  writes: RatingWrites,
): Generator<CompiledQuery, number, readonly unknown[]> {
  const { event, tally, drift, shift, cells, outbox, topic } = writes
  yield texts.of('put event', Object.values(event), () =>
    database.insertInto('feedback_events').values(event),
  )
  if (tally !== undefined) {
    yield texts.of('put tally', Object.values(tally), () =>
      database
        .insertInto('experience_users')
        .values(tally)
        .onConflict((conflict) => conflict.columns(USER_KEY).doUpdateSet(excluded(TALLY))),
    )
  }
  if (drift !== undefined) {
    yield texts.of('put drift', Object.values(drift.after), () =>
      database
        .insertInto('model_drift')
        .values(drift.after)
        .onConflict((conflict) =>
          conflict.columns(['tenant_id', 'agent_id', 'model_id']).doUpdateSet(excluded(DRIFT)),
        ),
    )
  }
  if (shift !== undefined) yield database.insertInto('model_shifts').values(shift).compile()
  if (cells.length > 0) {
    const values = cells.flatMap((cell): unknown[] => Object.values(cell))
    yield texts.of('move cells', values, () => addedToCells(database, cells))
  }
  yield* ratingOfMessage({ database, texts }, writes)
  if (outbox.length > 0) yield database.insertInto('outbox').values(outbox).compile()
  if (topic === undefined) return 0
  const rows = yield texts.of('raise', [topic, 1], () =>
    database
      .insertInto('change_versions')
      .values({ topic, version: 1 })
      .onConflict((conflict) =>
        conflict
          .column('topic')
          .doUpdateSet({ version: sql<number>`${sql.ref('change_versions.version')} + 1` }),
      )
      .returning('version'),
  )
  // The one column that is returned.
  const [row] = rows as readonly { readonly version: number }[]
  return row?.version ?? 0
}

function* ratingOfMessage(
  { database, texts }: Pick<RatingContext, 'texts'> & Pick<RatingContext['work'], 'database'>,
  { rating, standing: { message } }: RatingWrites,
): Generator<CompiledQuery, void, readonly unknown[]> {
  if (rating === undefined) return
  const { tenantId, id } = message
  yield texts.of('rate message', [...Object.values(rating), tenantId, id], () =>
    database
      .updateTable('messages')
      .set(rating)
      .where('tenant_id', '=', tenantId)
      .where('id', '=', id),
  )
}
