import type { PreferenceRepository } from '@imrs/core'

import { fromPreferenceRow, toSelectionColumns } from '../rows/preference-row.ts'
import { excluded } from '../session/excluded.ts'
import type { StoreSession } from '../session/store-session.ts'

const SELECTION_COLUMNS = ['provider', 'model', 'updated_at'] as const
const LAST_VALID_COLUMNS = ['last_valid_provider', 'last_valid_model', 'last_valid_at'] as const

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
        await database
          .insertInto('user_ai_preferences')
          .values({ tenant_id: tenantId, user_id: userId, provider, model, updated_at: at })
          .onConflict((conflict) =>
            conflict
              .columns(['tenant_id', 'user_id'])
              .doUpdateSet(excluded(SELECTION_COLUMNS))
              .where((expression) =>
                expression.or([
                  expression('user_ai_preferences.updated_at', 'is', null),
                  expression(
                    'user_ai_preferences.updated_at',
                    '<=',
                    expression.ref('excluded.updated_at'),
                  ),
                ]),
              ),
          )
          .execute()
      }, options),
    putLastValid: ({ tenantId, userId }, selection, options) =>
      session.write(async ({ database }) => {
        const { provider, model, at } = toSelectionColumns(selection)
        await database
          .insertInto('user_ai_preferences')
          .values({
            tenant_id: tenantId,
            user_id: userId,
            last_valid_provider: provider,
            last_valid_model: model,
            last_valid_at: at,
          })
          .onConflict((conflict) =>
            conflict
              .columns(['tenant_id', 'user_id'])
              .doUpdateSet(excluded(LAST_VALID_COLUMNS))
              .where((expression) =>
                expression.or([
                  expression('user_ai_preferences.last_valid_at', 'is', null),
                  expression(
                    'user_ai_preferences.last_valid_at',
                    '<=',
                    expression.ref('excluded.last_valid_at'),
                  ),
                ]),
              ),
          )
          .execute()
      }, options),
  }
}
