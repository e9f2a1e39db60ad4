import { CATALOG_TOPIC } from '@imrs/core'
import type { ModelRepository } from '@imrs/core'

import { fromAliasRow, toAliasRow } from '../rows/model-row.ts'
import { columnsBut, excluded } from '../session/excluded.ts'
import { raiseVersions } from '../session/raise-versions.ts'
import type { StoreSession } from '../session/store-session.ts'

/** The part of the model repository that is about other names. */
export type AliasMethods = Pick<ModelRepository, 'putAlias' | 'getAlias' | 'listAliases'>

export function aliasMethods(session: StoreSession): AliasMethods {
  return {
    putAlias: (alias, options) =>
      session.write(async ({ database }) => {
        const row = toAliasRow(alias)
        await database
          .insertInto('model_aliases')
          .values(row)
          .onConflict((conflict) =>
            conflict.column('name').doUpdateSet(excluded(columnsBut(row, ['name']))),
          )
          .execute()
        await raiseVersions(database, [CATALOG_TOPIC])
      }, options),
    getAlias: (name, options) =>
      session.read(async ({ database }) => {
        const row = await database
          .selectFrom('model_aliases')
          .selectAll()
          .where('name', '=', name)
          .executeTakeFirst()
        return row === undefined ? undefined : fromAliasRow(row)
      }, options),
    listAliases: (options) =>
      session.read(async ({ database }) => {
        const rows = await database
          .selectFrom('model_aliases')
          .selectAll()
          .orderBy('name')
          .execute()
        return rows.map(fromAliasRow)
      }, options),
  }
}
