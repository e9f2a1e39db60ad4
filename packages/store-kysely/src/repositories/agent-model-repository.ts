import { agentTopic } from '@imrs/core'
import type { AgentModel, AgentModelRepository } from '@imrs/core'

import { fromAgentModelRow, toAgentModelRow } from '../rows/agent-model-row.ts'
import type { NewAuditEntry } from '../rows/audit-row.ts'
import { chunksOf } from '../session/chunks.ts'
import { excluded } from '../session/excluded.ts'
import { raiseVersions } from '../session/raise-versions.ts'
import type { StoreSession, StoreWork } from '../session/store-session.ts'
import { writeAudit } from '../session/write-audit.ts'
import { listSummaries } from './agent-summaries.ts'
import { ruleMethods } from './enable-rules.ts'

const KEY = ['tenant_id', 'agent_id', 'model_id'] as const
const REPLACED = ['priority_override', 'is_enabled', 'enabled_by', 'enabled_at'] as const

export function agentModelRepository(session: StoreSession): AgentModelRepository {
  return {
    put: (rows, options) => session.write((work) => putRows(work, rows), options),
    ...ruleMethods(session),
    listSummaries: (query, options) => session.read((work) => listSummaries(work, query), options),
    list: ({ tenantId, agentId }, options) =>
      session.read(async ({ database }) => {
        const rows = await database
          .selectFrom('agent_model_config')
          .selectAll()
          .where('tenant_id', '=', tenantId)
          .where('agent_id', '=', agentId)
          .orderBy('model_id')
          .execute()
        return rows.map(fromAgentModelRow)
      }, options),
  }
}

async function putRows(work: StoreWork, rows: readonly AgentModel[]): Promise<void> {
  const { database, traits, check } = work
  for (const chunk of chunksOf(lastOfEach(rows).map(toAgentModelRow), traits)) {
    check()
    await database
      .insertInto('agent_model_config')
      .values(chunk)
      .onConflict((conflict) => conflict.columns(KEY).doUpdateSet(excluded(REPLACED)))
      .execute()
  }
  await writeAudit(work, rows.map(toAudit))
  await raiseVersions(database, rows.map(agentTopic))
}

/**
 * One row for each key, the last given: a statement may not touch a row twice. Sorted, so that two
 * writers lock rows in the same order.
 */
function lastOfEach(rows: readonly AgentModel[]): AgentModel[] {
  const byKey = new Map(
    rows.map((row) => [JSON.stringify([row.tenantId, row.agentId, row.modelId]), row]),
  )
  return [...byKey].toSorted(([left], [right]) => (left < right ? -1 : 1)).map(([, row]) => row)
}

function toAudit(row: AgentModel): NewAuditEntry {
  const { tenantId, agentId, modelId, priorityOverride } = row
  return {
    tenantId,
    action: row.isEnabled ? 'agent-model-enabled' : 'agent-model-disabled',
    subject: `${agentId}/${modelId}`,
    actor: row.enabledBy,
    details: { agentId, modelId, priorityOverride },
    atMs: row.enabledAtMs,
  }
}
