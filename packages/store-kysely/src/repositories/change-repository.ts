import type { ChangeRepository } from '@imrs/core'

import type { ProcessSupport } from '../session/process-support.ts'
import type { StoreSession } from '../session/store-session.ts'

export function changeRepository(
  session: StoreSession,
  { watch }: Pick<ProcessSupport, 'watch'>,
): ChangeRepository {
  const versions: ChangeRepository['versions'] = (topics, options) =>
    session.read(async ({ database, traits }) => {
      const rows = await database
        .selectFrom('change_versions')
        .selectAll()
        .where('topic', 'in', traits.textsOf(JSON.stringify(topics)))
        .execute()
      const known = new Map(rows.map((row) => [row.topic, row.version]))
      return topics.map((topic) => known.get(topic) ?? 0)
    }, options)
  if (watch === undefined) return { versions }
  return {
    versions,
    watch: (watcher) => session.read(() => watch({ watcher, versions }), undefined),
  }
}
