import { uuidBoundOf } from '@imrs/core'

import { toExperienceUserRow } from '../rows/feedback-row.ts'
import { chunksOf } from '../session/chunks.ts'
import type { StoreWork } from '../session/store-session.ts'
import { boundOf, countExperience } from './count-experience.ts'
import { experienceLock } from './feedback-events.ts'

/** Settles what messages made before a time add; to be run in a write transaction. */
export async function checkpointExperience(
  work: StoreWork,
  { tenantId, beforeMs }: { readonly tenantId: string; readonly beforeMs: number },
): Promise<void> {
  await work.traits.lock(work.database, experienceLock(tenantId))
  const upTo = uuidBoundOf(beforeMs)
  if (upTo <= (await boundOf(work, tenantId))) return
  const { totals } = await countExperience(work, { tenantId, upTo })
  const { database } = work
  await database.deleteFrom('experience_checkpoints').where('tenant_id', '=', tenantId).execute()
  await database
    .deleteFrom('experience_user_checkpoints')
    .where('tenant_id', '=', tenantId)
    .execute()
  const cells = totals.plainCells().map((cell) => ({
    tenant_id: cell.tenantId,
    agent_id: cell.agentId,
    task_type: cell.taskType,
    model_id: cell.modelId,
    month: cell.month,
    epoch: cell.epoch,
    rating_count: cell.count,
    rating_sum: cell.sum,
    rating_sum_of_squares: cell.sumOfSquares,
  }))
  for (const chunk of chunksOf(cells, work.traits)) {
    await database.insertInto('experience_checkpoints').values(chunk).execute()
  }
  for (const chunk of chunksOf(totals.users().map(toExperienceUserRow), work.traits)) {
    await database.insertInto('experience_user_checkpoints').values(chunk).execute()
  }
  await database
    .insertInto('experience_bounds')
    .values({ tenant_id: tenantId, before_id: upTo })
    .onConflict((conflict) => conflict.column('tenant_id').doUpdateSet({ before_id: upTo }))
    .execute()
}
