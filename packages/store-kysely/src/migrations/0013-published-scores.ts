import { sql } from 'kysely'

import type { MigrationStep, NumberedMigration } from './migration-list.ts'

/** How good others have found a model. */
export const publishedScores: NumberedMigration = {
  name: '0013-published-scores',
  tables: {},
  columns: { llm_model_catalog: { published: 'json?' } },
  up: async ({ database, traits }: MigrationStep) => {
    await database.schema
      .alterTable('llm_model_catalog')
      .addColumn('published', sql.raw(traits.columnTypes.json))
      .execute()
  },
}
