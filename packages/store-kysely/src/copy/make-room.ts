import type { CallOptions } from '@imrs/core'
import { sql } from 'kysely'

import { TABLES } from '../migrations/migrate.ts'
import type { MigrationContext } from '../migrations/migrate.ts'
import { untilUnlocked } from '../migrations/until-unlocked.ts'
import { qualified } from '../schema/qualified.ts'

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7/

/** Has the target make room for answers as old as the oldest of the source, where it has to. */
export async function makeRoom(
  source: MigrationContext,
  target: MigrationContext,
  options: CallOptions,
): Promise<void> {
  const { session, traits } = target
  const { makeRoomSince } = traits
  if (makeRoomSince === undefined) return
  const oldestMs = await oldestAnswerMs(source, options)
  if (oldestMs === undefined) return
  await untilUnlocked(target, options, () =>
    session.write(
      ({ database }) =>
        makeRoomSince({ database, tables: TABLES, schema: traits.schema }, oldestMs),
      options,
    ),
  )
}

/** By the time in its id; `undefined` without answers, or when the host gave ids of its own. */
async function oldestAnswerMs(
  { session, traits }: MigrationContext,
  options: CallOptions,
): Promise<number | undefined> {
  const oldest = await session.read(async ({ database }) => {
    const { rows } = await sql<{ id: string | null }>`select min(id) as id
      from ${qualified(traits.schema, 'messages')}`.execute(database)
    return rows[0]?.id ?? ''
  }, options)
  return UUID_V7.test(oldest)
    ? Number.parseInt(oldest.slice(0, 13).replace('-', ''), 16)
    : undefined
}
