import { CATALOG_TOPIC } from '@imrs/core'
import type { ProviderRepository } from '@imrs/core'

import { fromHealthRow, fromProviderRow, toHealthRow, toProviderRow } from '../rows/provider-row.ts'
import { columnsBut, excluded, isOlder } from '../session/excluded.ts'
import { raiseVersions } from '../session/raise-versions.ts'
import type { StoreSession } from '../session/store-session.ts'

export function providerRepository(session: StoreSession): ProviderRepository {
  return {
    put: (provider, options) =>
      session.write(async ({ database }) => {
        const row = toProviderRow(provider)
        const replaced = columnsBut(row, ['id', 'created_at', 'last_synced'])
        await database
          .insertInto('llm_providers')
          .values(row)
          .onConflict((conflict) => conflict.column('id').doUpdateSet(excluded(replaced)))
          .execute()
        await raiseVersions(database, [CATALOG_TOPIC])
      }, options),
    get: (providerId, options) =>
      session.read(async ({ database }) => {
        const row = await database
          .selectFrom('llm_providers')
          .selectAll()
          .where('id', '=', providerId)
          .executeTakeFirst()
        return row === undefined ? undefined : fromProviderRow(row)
      }, options),
    list: (options) =>
      session.read(async ({ database }) => {
        const rows = await database.selectFrom('llm_providers').selectAll().orderBy('id').execute()
        return rows.map(fromProviderRow)
      }, options),
    putHealth: (health, options) =>
      session.write(async ({ database }) => {
        const row = toHealthRow(health)
        await database
          .insertInto('provider_health')
          .values(row)
          .onConflict((conflict) =>
            conflict
              .column('provider_id')
              .doUpdateSet(excluded(columnsBut(row, ['provider_id'])))
              .where(isOlder('provider_health', 'checked_at')),
          )
          .execute()
      }, options),
    listHealth: (options) =>
      session.read(async ({ database }) => {
        const rows = await database
          .selectFrom('provider_health')
          .selectAll()
          .orderBy('provider_id')
          .execute()
        return rows.map(fromHealthRow)
      }, options),
  }
}
