import { CATALOG_TOPIC } from '@imrs/core'
import type { ModelRepository } from '@imrs/core'

import { fromModelRow, toModelRow } from '../rows/model-row.ts'
import { columnsBut, excluded } from '../session/excluded.ts'
import { raiseVersions } from '../session/raise-versions.ts'
import type { StoreSession } from '../session/store-session.ts'
import { aliasMethods } from './model-aliases.ts'
import { countModels, listModels, listRoutable } from './model-queries.ts'
import { fingerprinted, syncModels } from './model-sync.ts'

const EXTERNAL_ID_LIMIT = 10

export function modelRepository(session: StoreSession): ModelRepository {
  return {
    sync: async (sync, options) => {
      options?.signal?.throwIfAborted()
      // Before the transaction: nobody waits for a lock while texts are hashed.
      const listed = fingerprinted(sync)
      return session.write((work) => syncModels(work, sync, listed), options)
    },
    put: (model, options) =>
      session.write(async ({ database }) => {
        const row = toModelRow(model)
        await database
          .insertInto('llm_model_catalog')
          .values(row)
          .onConflict((conflict) =>
            conflict.column('id').doUpdateSet(excluded(columnsBut(row, ['id', 'created_at']))),
          )
          .execute()
        await raiseVersions(database, [CATALOG_TOPIC])
      }, options),
    get: (modelId, options) =>
      session.read(async ({ database }) => {
        const row = await database
          .selectFrom('llm_model_catalog')
          .selectAll()
          .where('id', '=', modelId)
          .executeTakeFirst()
        return row === undefined ? undefined : fromModelRow(row)
      }, options),
    list: (query, options) => session.read((work) => listModels(work, query ?? {}), options),
    count: (filter, options) => session.read((work) => countModels(work, filter ?? {}), options),
    listRoutable: (filter, options) =>
      session.read((work) => listRoutable(work, filter?.modelIds), options),
    findByExternalId: (externalId, options) =>
      session.read(async ({ database }) => {
        const rows = await database
          .selectFrom('llm_model_catalog')
          .selectAll()
          .where('external_id', '=', externalId)
          .orderBy('id')
          .limit(EXTERNAL_ID_LIMIT)
          .execute()
        return rows.map(fromModelRow)
      }, options),
    ...aliasMethods(session),
  }
}
