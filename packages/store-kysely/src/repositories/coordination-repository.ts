import { HEALTH_HINTS_TOPIC, ImrsError, LOCK_NAME, MAX_HEALTH_HINTS, takePace } from '@imrs/core'
import type { CoordinationRepository, HealthHint, PaceOutcome, PaceRequest } from '@imrs/core'
import { sql } from 'kysely'
import type { SqlBool } from 'kysely'

import { fromTime, toTime } from '../rows/columns.ts'
import type { HealthHintRow } from '../schema/database.ts'
import { chunksOf } from '../session/chunks.ts'
import { excluded } from '../session/excluded.ts'
import type { ProcessSupport } from '../session/process-support.ts'
import { raiseVersions } from '../session/raise-versions.ts'
import type { StoreSession, StoreWork } from '../session/store-session.ts'

export function coordinationRepository(
  session: StoreSession,
  { tryLock }: Pick<ProcessSupport, 'tryLock'>,
): CoordinationRepository {
  return {
    tryLock: (name, options) =>
      session.read(async () => {
        if (!LOCK_NAME.test(name)) throw badName(name)
        return tryLock(name, options)
      }, options),
    putHints: ({ hints, atMs }, options) =>
      session.write((work) => putHints(work, hints, atMs), options),
    listHints: ({ atMs }, options) =>
      session.read(async ({ database }) => {
        const rows = await database
          .selectFrom('health_hints')
          .selectAll()
          .where('open_until', '>', toTime(atMs))
          .orderBy('open_until', 'desc')
          .orderBy('provider_id')
          .orderBy('credential_id')
          .orderBy('model_id')
          .limit(MAX_HEALTH_HINTS)
          .execute()
        return rows.map(fromHintRow)
      }, options),
    takePace: (request, options) => session.write((work) => takePlaces(work, request), options),
  }
}

function badName(name: string): ImrsError {
  return new ImrsError(
    'invalid-request',
    `\`name\` must fit ${LOCK_NAME.source}, got ${JSON.stringify(name)}`,
    { field: 'name' },
  )
}

async function putHints(
  work: StoreWork,
  hints: readonly HealthHint[],
  atMs: number,
): Promise<void> {
  const { database, traits } = work
  await database.deleteFrom('health_hints').where('open_until', '<=', toTime(atMs)).execute()
  const lasting = hints.filter(({ openUntilMs }) => openUntilMs > atMs)
  if (lasting.length === 0) return
  // In one order, so that two processes that tell the same never wait for each other.
  const rows = latestOfEach(lasting).map(toHintRow)
  for (const chunk of chunksOf(rows, traits)) {
    work.check()
    await database
      .insertInto('health_hints')
      .values(chunk)
      .onConflict((conflict) =>
        conflict
          .columns(['provider_id', 'credential_id', 'model_id'])
          .doUpdateSet(excluded(['failure_kind', 'openings', 'open_until']))
          .where(
            sql<SqlBool>`${sql.ref('health_hints.open_until')} < ${sql.ref('excluded.open_until')}`,
          ),
      )
      .execute()
  }
  await raiseVersions(database, [HEALTH_HINTS_TOPIC])
}

/** In one order by their keys: a statement may not change a row twice. */
function latestOfEach(hints: readonly HealthHint[]): readonly HealthHint[] {
  const byKey = new Map<string, HealthHint>()
  for (const hint of hints) {
    const known = byKey.get(keyOf(hint))
    if (known === undefined || known.openUntilMs < hint.openUntilMs) byKey.set(keyOf(hint), hint)
  }
  return [...byKey].toSorted(([left], [right]) => (left < right ? -1 : 1)).map(([, hint]) => hint)
}

/** The row is locked between reading and writing it: what is given depends on what is left. */
async function takePlaces(work: StoreWork, request: PaceRequest): Promise<PaceOutcome> {
  const { database, traits } = work
  const { providerId } = request
  await database
    .insertInto('provider_pace')
    .values({ provider_id: providerId, full_at_ms: 0 })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const stored = database
    .selectFrom('provider_pace')
    .select('full_at_ms')
    .where('provider_id', '=', providerId)
  const row = await (traits.supportsRowLocks ? stored.forUpdate() : stored).executeTakeFirst()
  const { fullAtMs, ...outcome } = takePace(row?.full_at_ms, request)
  if (outcome.granted > 0) {
    await database
      .updateTable('provider_pace')
      .set({ full_at_ms: fullAtMs })
      .where('provider_id', '=', providerId)
      .execute()
  }
  return outcome
}

function keyOf({ providerId, credentialId, modelId }: HealthHint): string {
  return JSON.stringify([providerId, credentialId, modelId])
}

function toHintRow(hint: HealthHint): HealthHintRow {
  return {
    provider_id: hint.providerId,
    credential_id: hint.credentialId,
    model_id: hint.modelId,
    failure_kind: hint.failureKind,
    openings: hint.openings,
    open_until: toTime(hint.openUntilMs),
  }
}

function fromHintRow(row: HealthHintRow): HealthHint {
  return {
    providerId: row.provider_id,
    credentialId: row.credential_id,
    modelId: row.model_id,
    failureKind: row.failure_kind,
    openings: row.openings,
    openUntilMs: fromTime(row.open_until),
  }
}
