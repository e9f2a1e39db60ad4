import { API_KEYS_TOPIC, ImrsError } from '@imrs/core'
import type { ApiKey, ApiKeyRepository, ApiKeyRevocation, AuditedOptions } from '@imrs/core'

import { fromApiKeyRow, toApiKeyRow } from '../rows/api-key-row.ts'
import { toTime } from '../rows/columns.ts'
import { assertCount } from '../session/assert-count.ts'
import { raiseVersions } from '../session/raise-versions.ts'
import type { StoreSession, StoreWork } from '../session/store-session.ts'
import { writeAudit } from '../session/write-audit.ts'

type Audit = AuditedOptions['audit']

export function apiKeyRepository(session: StoreSession): ApiKeyRepository {
  return {
    create: (key, options) => session.write((work) => create(work, key, options?.audit), options),
    get: (id, options) =>
      session.read(async ({ database }) => {
        const row = await database
          .selectFrom('api_keys')
          .selectAll()
          .where('id', '=', id)
          .executeTakeFirst()
        return row && fromApiKeyRow(row)
      }, options),
    list: ({ tenantId, beforeId, limit = 50 }, options) =>
      session.read(async ({ database }) => {
        assertCount('limit', limit, 200)
        let query = database
          .selectFrom('api_keys')
          .selectAll()
          .where('tenant_id', '=', tenantId)
          .orderBy('id', 'desc')
          .limit(limit)
        if (beforeId !== undefined) query = query.where('id', '<', beforeId)
        return (await query.execute()).map(fromApiKeyRow)
      }, options),
    revoke: (revocation, options) =>
      session.write((work) => revoke(work, revocation, options?.audit), options),
    touch: ({ id, atMs }, options) =>
      session.write(async ({ database }) => {
        const time = toTime(atMs)
        await database
          .updateTable('api_keys')
          .set({ last_used_at: time })
          .where('id', '=', id)
          .where((given) =>
            given.or([given('last_used_at', 'is', null), given('last_used_at', '<', time)]),
          )
          .execute()
      }, options),
  }
}

async function create(work: StoreWork, key: ApiKey, audit: Audit): Promise<void> {
  const made = await work.database
    .insertInto('api_keys')
    .values(toApiKeyRow(key))
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returning('id')
    .execute()
  if (made.length === 0) throw new ImrsError('conflict', 'There is a key of this id already.')
  const { label, roles, agentIds, expiresAtMs } = key
  await auditOf(work, {
    key,
    action: 'api-key-created',
    details: { label, roles, agentIds, expiresAtMs },
    audit,
  })
}

async function revoke(
  work: StoreWork,
  { id, tenantId, atMs }: ApiKeyRevocation,
  audit: Audit,
): Promise<ApiKey | undefined> {
  let update = work.database
    .updateTable('api_keys')
    .set({ revoked_at: toTime(atMs) })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .returningAll()
  if (tenantId !== undefined) update = update.where('tenant_id', '=', tenantId)
  const changed = await update.executeTakeFirst()
  if (changed !== undefined) {
    const key = fromApiKeyRow(changed)
    await auditOf(work, { key, action: 'api-key-revoked', details: { label: key.label }, audit })
    await raiseVersions(work.database, [API_KEYS_TOPIC])
    return key
  }
  const row = await work.database
    .selectFrom('api_keys')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  if (row === undefined || (tenantId !== undefined && row.tenant_id !== tenantId)) return undefined
  return fromApiKeyRow(row)
}

interface AuditedChange {
  readonly key: ApiKey
  readonly action: string
  readonly details: object
  readonly audit: Audit
}

async function auditOf(
  work: StoreWork,
  { key: { tenantId, id }, action, details, audit }: AuditedChange,
): Promise<void> {
  if (audit === undefined) return
  const { by, atMs } = audit
  await writeAudit(work, [{ tenantId, action, subject: id, actor: by, details, atMs }])
}
