import { uuidBoundOf } from '@imrs/core'

import { toExperienceRow } from '../rows/feedback-row.ts'
import { chunksOf } from '../session/chunks.ts'
import type { StoreWork } from '../session/store-session.ts'
import { countExperience } from './count-experience.ts'
import { experienceLock } from './feedback-events.ts'

/** Settles what messages made before a time add; to be run in a write transaction. */
export async function checkpointExperience(
  work: StoreWork,
  { tenantId, beforeMs }: { readonly tenantId: string; readonly beforeMs: number },
): Promise<void> {
  await work.traits.lock(work.database, experienceLock(tenantId))
  const upTo = uuidBoundOf(beforeMs)
  const { totals, closedBefore } = await countExperience(work, { tenantId, upTo })
  if (upTo <= closedBefore) return
  const { database } = work
  await database.deleteFrom('experience_checkpoints').where('tenant_id', '=', tenantId).execute()
  const rows = totals.cells('agent').map((cell) => {
    const { scope: _scope, ...row } = toExperienceRow(cell, cell)
    return row
  })
  for (const chunk of chunksOf(rows, work.traits)) {
    await database.insertInto('experience_checkpoints').values(chunk).execute()
  }
  await database
    .insertInto('experience_bounds')
    .values({ tenant_id: tenantId, before_id: upTo })
    .onConflict((conflict) => conflict.column('tenant_id').doUpdateSet({ before_id: upTo }))
    .execute()
}
