import { sql } from 'kysely'

import type { StoreWork } from '../session/store-session.ts'

/** Names that follow each other at most; longer chains, and circles, end there. */
const MAX_RENAMES = 8

/** The ids that models have now, of those that were renamed or moved. */
export async function renamedFrom(
  work: StoreWork,
  modelIds: Iterable<string>,
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>()
  let asked = [...new Set(modelIds)]
  for (let round = 0; round < MAX_RENAMES && asked.length > 0; round += 1) {
    const rows = await renames(work)
      .where('model_aliases.name', 'in', sql<string>`${work.traits.textsOf(JSON.stringify(asked))}`)
      .execute()
    for (const { name, model_id } of rows) found.set(name, model_id)
    asked = rows.map((row) => row.model_id).filter((id) => !found.has(id))
  }
  return new Map([...found.keys()].map((name) => [name, lastOf(found, name)]))
}

/** The id that a model has now, and all it had before, by any one of them. */
export async function idsOf(work: StoreWork, modelId: string): Promise<readonly string[]> {
  const newest = (await renamedFrom(work, [modelId])).get(modelId) ?? modelId
  const ids = new Set([modelId, newest])
  let asked = [newest]
  for (let round = 0; round < MAX_RENAMES && asked.length > 0; round += 1) {
    const rows = await renames(work).where('model_aliases.model_id', 'in', asked).execute()
    asked = rows.map((row) => row.name).filter((name) => !ids.has(name))
    for (const name of asked) ids.add(name)
  }
  return [...ids]
}

/** Old ids that are offered no more; one that is taken again is a model of its own. */
function renames({ database }: StoreWork) {
  return database
    .selectFrom('model_aliases')
    .select(['model_aliases.name', 'model_aliases.model_id'])
    .where('reason', 'in', ['renamed', 'moved'])
    .where((build) =>
      build.not(
        build.exists(
          build
            .selectFrom('llm_model_catalog')
            .select('llm_model_catalog.id')
            .whereRef('llm_model_catalog.id', '=', 'model_aliases.name')
            .where('llm_model_catalog.is_available', '=', 1),
        ),
      ),
    )
}

function lastOf(renamed: ReadonlyMap<string, string>, name: string): string {
  let last = name
  for (let round = 0; round < MAX_RENAMES; round += 1) last = renamed.get(last) ?? last
  return last
}
