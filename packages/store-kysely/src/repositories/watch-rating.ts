import { NO_DRIFT } from '@imrs/core'
import type { DriftState, DriftWatch, FeedbackEvent, MessageRecord, ModelShift } from '@imrs/core'

import { toTime } from '../rows/columns.ts'
import type { StoreWork } from '../session/store-session.ts'

interface Watched {
  readonly message: MessageRecord
  readonly event: FeedbackEvent
  readonly watch: DriftWatch | undefined
}

interface StandingDrift {
  readonly epoch: number
  readonly state: DriftState
}

/** Moves the alarm of the message's model on; an alarm opens the next epoch, and what it found is given. */
export async function watchRating(
  work: StoreWork,
  { message, event, watch }: Watched,
): Promise<ModelShift | undefined> {
  const advance = watch?.({ message, ratingMilli: event.ratingMilli })
  if (advance === undefined) return undefined
  const { epoch, state } = await lockDrift(work, message)
  const step = advance(state)
  if (step.shift === undefined) {
    await putDrift(work, message, { epoch, state: step.state })
    return undefined
  }
  const shift = {
    modelId: message.model,
    epoch: epoch + 1,
    shiftMilli: Math.round(step.shift * 1000),
  }
  await putDrift(work, message, { epoch: shift.epoch, state: step.state })
  await work.database
    .insertInto('model_shifts')
    .values({
      tenant_id: message.tenantId,
      agent_id: message.agentId,
      model_id: shift.modelId,
      epoch: shift.epoch,
      shift_milli: shift.shiftMilli,
      message_id: message.id,
      at: toTime(event.atMs),
    })
    .execute()
  return shift
}

/** Held until the transaction ends: of two ratings at once, one is judged after the other. */
async function lockDrift(
  { database }: StoreWork,
  { tenantId, agentId, model }: MessageRecord,
): Promise<StandingDrift> {
  const row = await database
    .insertInto('model_drift')
    .values({
      tenant_id: tenantId,
      agent_id: agentId,
      model_id: model,
      epoch: 0,
      drift_sum: NO_DRIFT.sum,
      residual_sum: NO_DRIFT.residual,
      rating_count: NO_DRIFT.ratings,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['tenant_id', 'agent_id', 'model_id'])
        .doUpdateSet((update) => ({ epoch: update.ref('model_drift.epoch') })),
    )
    .returningAll()
    .executeTakeFirstOrThrow()
  return {
    epoch: row.epoch,
    state: { sum: row.drift_sum, residual: row.residual_sum, ratings: row.rating_count },
  }
}

async function putDrift(
  { database }: StoreWork,
  { tenantId, agentId, model }: MessageRecord,
  { epoch, state }: StandingDrift,
): Promise<void> {
  await database
    .updateTable('model_drift')
    .set({
      epoch,
      drift_sum: state.sum,
      residual_sum: state.residual,
      rating_count: state.ratings,
    })
    .where('tenant_id', '=', tenantId)
    .where('agent_id', '=', agentId)
    .where('model_id', '=', model)
    .execute()
}
