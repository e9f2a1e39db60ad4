import { CATALOG_TOPIC, agentTopic } from '@imrs/core'
import type {
  AuditedOptions,
  ParameterDefaults,
  ParameterDefaultsKey,
  ParameterRepository,
} from '@imrs/core'

import {
  fromParameterDefaultsRow,
  toAgentColumn,
  toParameterDefaultsKey,
  toParameterDefaultsRow,
} from '../rows/parameter-defaults-row.ts'
import { columnsBut, excluded } from '../session/excluded.ts'
import { raiseVersions } from '../session/raise-versions.ts'
import type { StoreSession, StoreWork } from '../session/store-session.ts'
import { writeAudit } from '../session/write-audit.ts'

const KEY = ['tenant_id', 'agent_id', 'model_id'] as const

export function parameterRepository(session: StoreSession): ParameterRepository {
  return {
    put: (defaults, options) =>
      session.write((work) => putDefaults(work, defaults, options?.audit), options),
    get: (key, options) =>
      session.read(async ({ database }) => {
        const { tenant_id, agent_id, model_id } = toParameterDefaultsKey(key)
        const row = await database
          .selectFrom('parameter_defaults')
          .selectAll()
          .where('tenant_id', '=', tenant_id)
          .where('agent_id', '=', agent_id)
          .where('model_id', '=', model_id)
          .executeTakeFirst()
        return row === undefined ? undefined : fromParameterDefaultsRow(row)
      }, options),
    delete: (key, options) =>
      session.write((work) => deleteDefaults(work, key, options?.audit), options),
    list: ({ tenantId, agentId }, options) =>
      session.read(async ({ database }) => {
        const all = database
          .selectFrom('parameter_defaults')
          .selectAll()
          .where('tenant_id', '=', tenantId)
        const agents = [toAgentColumn(undefined), toAgentColumn(agentId)]
        const asked = agentId === undefined ? all : all.where('agent_id', 'in', agents)
        const rows = await asked.orderBy('agent_id').orderBy('model_id').execute()
        return rows.map(fromParameterDefaultsRow)
      }, options),
  }
}

async function putDefaults(
  work: StoreWork,
  defaults: ParameterDefaults,
  audit: AuditedOptions['audit'],
): Promise<void> {
  const row = toParameterDefaultsRow(defaults)
  await work.database
    .insertInto('parameter_defaults')
    .values(row)
    .onConflict((conflict) => conflict.columns(KEY).doUpdateSet(excluded(columnsBut(row, KEY))))
    .execute()
  const { parameters } = defaults
  await auditOf(work, {
    key: defaults,
    action: 'parameter-defaults-put',
    details: { parameters },
    audit,
  })
  await raiseVersions(work.database, [topicOf(defaults)])
}

async function deleteDefaults(
  work: StoreWork,
  key: ParameterDefaultsKey,
  audit: AuditedOptions['audit'],
): Promise<boolean> {
  const { tenant_id, agent_id, model_id } = toParameterDefaultsKey(key)
  const deleted = await work.database
    .deleteFrom('parameter_defaults')
    .where('tenant_id', '=', tenant_id)
    .where('agent_id', '=', agent_id)
    .where('model_id', '=', model_id)
    .returning('model_id')
    .execute()
  if (deleted.length === 0) return false
  await auditOf(work, { key, action: 'parameter-defaults-deleted', details: {}, audit })
  await raiseVersions(work.database, [topicOf(key)])
  return true
}

interface AuditedChange {
  readonly key: ParameterDefaultsKey
  readonly action: string
  readonly details: object
  readonly audit: AuditedOptions['audit']
}

async function auditOf(
  work: StoreWork,
  { key, action, details, audit }: AuditedChange,
): Promise<void> {
  if (audit === undefined) return
  const { tenantId, agentId, modelId } = key
  await writeAudit(work, [
    {
      tenantId,
      action,
      subject: `${agentId ?? '*'}/${modelId ?? '*'}`,
      actor: audit.by,
      details: { agentId, modelId, ...details },
      atMs: audit.atMs,
    },
  ])
}

/** Whose snapshots read the row. */
function topicOf({ tenantId, agentId }: ParameterDefaultsKey): string {
  return agentId === undefined ? CATALOG_TOPIC : agentTopic({ tenantId, agentId })
}
