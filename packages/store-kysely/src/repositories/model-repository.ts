import type { ModelRepository } from '@imrs/core'

import { fromModelRow } from '../rows/model-row.ts'
import type { StoreSession } from '../session/store-session.ts'
import { listEvents } from './catalog-events.ts'
import { aliasMethods } from './model-aliases.ts'
import { countModels, listFirstReadings, listModels, listRoutable } from './model-queries.ts'
import { fingerprinted, syncModels } from './model-sync.ts'
import { modelWrites } from './model-writes.ts'

const EXTERNAL_ID_LIMIT = 10

export function modelRepository(session: StoreSession): ModelRepository {
  return {
    sync: async (sync, options) => {
      options?.signal?.throwIfAborted()
      // Before the transaction: nobody waits for a lock while texts are hashed.
      const listed = fingerprinted(sync)
      return session.write((work) => syncModels(work, sync, listed), options)
    },
    ...modelWrites(session),
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
    listFirstReadings: (options) => session.read(listFirstReadings, options),
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
    listEvents: (query, options) => session.read((work) => listEvents(work, query ?? {}), options),
    ...aliasMethods(session),
  }
}
