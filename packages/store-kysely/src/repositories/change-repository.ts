import type { ChangeRepository } from '@imrs/core'

import type { StoreSession } from '../session/store-session.ts'

export function changeRepository(session: StoreSession): ChangeRepository {
  return {
    versions: (topics, options) =>
      session.read(async ({ database, traits }) => {
        const rows = await database
          .selectFrom('change_versions')
          .selectAll()
          .where('topic', 'in', traits.textsOf(JSON.stringify(topics)))
          .execute()
        const versions = new Map(rows.map((row) => [row.topic, row.version]))
        return topics.map((topic) => versions.get(topic) ?? 0)
      }, options),
  }
}
