import { ImrsError } from '@imrs/core'
import type { Store } from '@imrs/core'

/**
 * Migrates the store, or refuses one that has to be migrated.
 *
 * @throws ImrsError `schema-outdated` that names what is missing, `schema-too-new`, `store-unavailable`.
 */
export async function bringUpToDate(store: Store, mode: 'at-start' | 'refuse'): Promise<void> {
  if (mode === 'at-start') return store.migrate()
  const { pending, unknown } = await store.migrationStatus()
  if (unknown.length > 0) {
    throw new ImrsError(
      'schema-too-new',
      `The ${store.name} database was made by a newer version: it has ${unknown.join(', ')}. ` +
        'Update the @imrs packages of this process',
    )
  }
  if (pending.length === 0) return
  throw new ImrsError(
    'schema-outdated',
    `The ${store.name} database lacks ${pending.join(', ')}, and \`migrate\` is 'refuse'. ` +
      "Run the migrations first, or start with `migrate: 'at-start'`",
  )
}
