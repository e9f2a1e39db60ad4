import { sql } from 'kysely'
import type { Kysely } from 'kysely'

import type { Database } from '../schema/database.ts'

/** Raises the versions of the topics by one. Taken in one order, so that two writers never wait for each other. */
export async function raiseVersions(
  database: Kysely<Database>,
  topics: Iterable<string>,
): Promise<void> {
  for (const topic of [...new Set(topics)].toSorted()) {
    await database
      .insertInto('change_versions')
      .values({ topic, version: 1 })
      .onConflict((conflict) =>
        conflict
          .column('topic')
          .doUpdateSet({ version: sql<number>`${sql.ref('change_versions.version')} + 1` }),
      )
      .execute()
  }
}
