import { MAX_NAMED_DIFFERENCES, experienceTopic, subtractExperience } from '@imrs/core'
import type {
  ExperienceMismatch,
  ExperienceRebuild,
  StoredExperienceCell,
  UserExperience,
} from '@imrs/core'

import { fromExperienceRow, toExperienceRow, toExperienceUserRow } from '../rows/feedback-row.ts'
import { chunksOf } from '../session/chunks.ts'
import { raiseVersions } from '../session/raise-versions.ts'
import type { StoreWork } from '../session/store-session.ts'
import { countExperience } from './count-experience.ts'
import { addToCells } from './experience-cells.ts'
import { experienceLock } from './feedback-events.ts'

/** Compares experience with what it was made of, and puts it right; to be run in a write transaction. */
export async function rebuildExperience(
  work: StoreWork,
  {
    tenantId,
    isDryRun = false,
  }: { readonly tenantId: string; readonly isDryRun?: boolean | undefined },
): Promise<ExperienceRebuild> {
  await work.traits.lock(work.database, experienceLock(tenantId))
  const { totals, events } = await countExperience(work, { tenantId })
  const differences = totals.mismatches(await storedCells(work, tenantId))
  if (!isDryRun) {
    await putUsers(work, tenantId, totals.users())
    await putRight(work, differences)
  }
  return {
    events,
    cells: totals.cells().length,
    differences: differences.slice(0, MAX_NAMED_DIFFERENCES),
    differenceCount: differences.length,
  }
}

async function storedCells(
  { database }: StoreWork,
  tenantId: string,
): Promise<readonly StoredExperienceCell[]> {
  const rows = await database
    .selectFrom('model_experience')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('scope', 'in', ['agent', 'tenant'])
    .execute()
  return rows.map(fromExperienceRow)
}

/** Adds what is missing. Other tenants may be writing to the global scope: there too only the difference is added. */
async function putRight(
  work: StoreWork,
  differences: readonly ExperienceMismatch[],
): Promise<void> {
  const rows = differences.flatMap(({ cell, stored, expected }) => {
    const missing = subtractExperience(expected, stored)
    const own = toExperienceRow(cell, missing)
    if (cell.scope !== 'tenant') return [own]
    return [own, toExperienceRow({ ...cell, scope: 'global', tenantId: '' }, missing)]
  })
  const inOrder = rows.toSorted((left, right) => (nameOf(left) < nameOf(right) ? -1 : 1))
  for (const chunk of chunksOf(inOrder, work.traits)) await addToCells(work, chunk)
  const agents = differences.filter(({ cell }) => cell.scope === 'agent')
  await raiseVersions(
    work.database,
    agents.map(({ cell }) => experienceTopic(cell)),
  )
}

async function putUsers(
  { database, traits }: StoreWork,
  tenantId: string,
  users: readonly UserExperience[],
): Promise<void> {
  await database.deleteFrom('experience_users').where('tenant_id', '=', tenantId).execute()
  for (const chunk of chunksOf(users.map(toExperienceUserRow), traits)) {
    await database.insertInto('experience_users').values(chunk).execute()
  }
}

/** Cells are locked from the narrowest scope to the widest, as signals lock them. */
function nameOf(row: {
  readonly scope: string
  readonly agent_id: string
  readonly task_type: string
  readonly model_id: string
}): string {
  const width = row.scope === 'agent' ? 0 : row.scope === 'tenant' ? 1 : 2
  return JSON.stringify([width, row.agent_id, row.task_type, row.model_id])
}
