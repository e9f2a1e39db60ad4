import { CATALOG_TOPIC, changedProvider } from '@imrs/core'
import type {
  AuditedOptions,
  Provider,
  ProviderChange,
  ProviderModelCount,
  ProviderRepository,
} from '@imrs/core'
import { sql } from 'kysely'

import { present, toBoolean } from '../rows/columns.ts'
import { fromProviderRow, toProviderRow } from '../rows/provider-row.ts'
import { columnsBut, excluded } from '../session/excluded.ts'
import { raiseVersions } from '../session/raise-versions.ts'
import type { StoreSession, StoreWork } from '../session/store-session.ts'
import { writeAudit } from '../session/write-audit.ts'
import { healthMethods } from './provider-health.ts'

export function providerRepository(session: StoreSession): ProviderRepository {
  return {
    put: (provider, options) =>
      session.write(async (work) => {
        const { database } = work
        const row = toProviderRow(provider)
        const replaced = columnsBut(row, ['id', 'created_at', 'last_synced'])
        await database
          .insertInto('llm_providers')
          .values(row)
          .onConflict((conflict) => conflict.column('id').doUpdateSet(excluded(replaced)))
          .execute()
        await auditPut(work, provider, options?.audit)
        await raiseVersions(database, [CATALOG_TOPIC])
      }, options),
    update: (providerId, change, options) =>
      session.write((work) => update(work, providerId, change), options),
    modelCounts: (options) => session.read(modelCounts, options),
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
    ...healthMethods(session),
  }
}

async function auditPut(
  work: StoreWork,
  { id, origin }: Provider,
  audit: AuditedOptions['audit'],
): Promise<void> {
  if (audit === undefined) return
  const { by: actor, atMs } = audit
  await writeAudit(work, [
    { action: 'provider-put', subject: id, actor, details: { origin }, atMs },
  ])
}

async function update(
  work: StoreWork,
  providerId: string,
  change: ProviderChange,
): Promise<Provider | undefined> {
  const { database, traits } = work
  const stored = database.selectFrom('llm_providers').selectAll().where('id', '=', providerId)
  const found = await (traits.supportsRowLocks ? stored.forUpdate() : stored).executeTakeFirst()
  if (found === undefined) return undefined
  const provider = fromProviderRow(found)
  const changed = changedProvider(provider, change)
  if (changed === provider) return provider
  const { id, ...columns } = toProviderRow(changed)
  await database.updateTable('llm_providers').set(columns).where('id', '=', id).execute()
  const { set, clear, keyWritten, by: actor, atMs } = change
  await writeAudit(work, [
    { action: 'provider-changed', subject: id, actor, details: { set, clear, keyWritten }, atMs },
  ])
  await raiseVersions(database, [CATALOG_TOPIC])
  return present(changed)
}

async function modelCounts({ database }: StoreWork): Promise<readonly ProviderModelCount[]> {
  return database
    .selectFrom('llm_model_catalog')
    .select((expression) => [
      'provider_id as providerId',
      expression.fn.countAll<number>().as('models'),
      expression.fn
        .count<number>(
          expression.case().when('is_available', '=', toBoolean(true)).then(sql.lit(1)).end(),
        )
        .as('available'),
    ])
    .groupBy('provider_id')
    .orderBy('provider_id')
    .execute()
}
