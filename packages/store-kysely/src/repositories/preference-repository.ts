import type { PreferenceRepository } from '@imrs/core'

import { fromPreferenceRow, toSelectionColumns } from '../rows/preference-row.ts'
import type { PreferenceRow } from '../schema/database.ts'
import { excluded, isOlder } from '../session/excluded.ts'
import type { StoreSession } from '../session/store-session.ts'

const KEY = ['tenant_id', 'user_id'] as const
const SELECTION_COLUMNS = ['provider', 'model', 'updated_at'] as const
const LAST_VALID_COLUMNS = ['last_valid_provider', 'last_valid_model', 'last_valid_at'] as const

/** A row that sets some of its columns. */
type NewPreferenceRow = Pick<PreferenceRow, (typeof KEY)[number]> & Partial<PreferenceRow>

export function preferenceRepository(session: StoreSession): PreferenceRepository {
  return {
    get: ({ tenantId, userId }, options) =>
      session.read(async ({ database }) => {
        const row = await database
          .selectFrom('user_ai_preferences')
          .selectAll()
          .where('tenant_id', '=', tenantId)
          .where('user_id', '=', userId)
          .executeTakeFirst()
        return row === undefined ? undefined : fromPreferenceRow(row)
      }, options),
    putSelection: ({ tenantId, userId }, selection, options) =>
      session.write(async ({ database }) => {
        const { provider, model, at } = toSelectionColumns(selection)
        const key = { tenant_id: tenantId, user_id: userId }
        const row: NewPreferenceRow = { ...key, provider, model, updated_at: at }
        await database
          .insertInto('user_ai_preferences')
          .values(row)
          .onConflict((conflict) =>
            conflict
              .columns(KEY)
              .doUpdateSet(excluded(SELECTION_COLUMNS))
              .where(isOlder('user_ai_preferences', 'updated_at')),
          )
          .execute()
      }, options),
    putLastValid: ({ tenantId, userId }, selection, options) =>
      session.write(async ({ database }) => {
        const { provider, model, at } = toSelectionColumns(selection)
        const row: NewPreferenceRow = {
          tenant_id: tenantId,
          user_id: userId,
          last_valid_provider: provider,
          last_valid_model: model,
          last_valid_at: at,
        }
        await database
          .insertInto('user_ai_preferences')
          .values(row)
          .onConflict((conflict) =>
            conflict
              .columns(KEY)
              .doUpdateSet(excluded(LAST_VALID_COLUMNS))
              .where(isOlder('user_ai_preferences', 'last_valid_at')),
          )
          .execute()
      }, options),
  }
}
