import { agentTopic } from '@imrs/core'
import type { AgentKey, AgentModelRepository, EnableRule, EnableRuleDeletion } from '@imrs/core'

import { fromEnableRuleRow, toEnableRuleRow } from '../rows/enable-rule-row.ts'
import { columnsBut, excluded } from '../session/excluded.ts'
import { raiseVersions } from '../session/raise-versions.ts'
import type { StoreSession, StoreWork } from '../session/store-session.ts'
import { writeAudit } from '../session/write-audit.ts'
import { listEnabled } from './enabled-models.ts'

const KEY = ['tenant_id', 'agent_id', 'id'] as const

export type RuleMethods = Pick<
  AgentModelRepository,
  'putRule' | 'deleteRule' | 'listRules' | 'listEnabled'
>

/** The part of the repository that is about rules and what they come to. */
export function ruleMethods(session: StoreSession): RuleMethods {
  return {
    putRule: (rule, options) => session.write((work) => putRule(work, rule), options),
    deleteRule: (deletion, options) => session.write((work) => deleteRule(work, deletion), options),
    listRules: (agent, options) => session.read((work) => listRules(work, agent), options),
    listEnabled: (agent, query, options) =>
      session.read(async (work) => {
        const rules = await listRules(work, agent)
        return listEnabled(work, { agent, rules }, query ?? {})
      }, options),
  }
}

async function putRule(work: StoreWork, rule: EnableRule): Promise<void> {
  const { database } = work
  const row = toEnableRuleRow(rule)
  await database
    .insertInto('model_enable_rules')
    .values(row)
    .onConflict((conflict) => conflict.columns(KEY).doUpdateSet(excluded(columnsBut(row, KEY))))
    .execute()
  const { tenantId, agentId, id: ruleId, filter, isEnabled, priorityOverride } = rule
  await writeAudit(work, [
    {
      tenantId,
      action: 'enable-rule-put',
      subject: `${agentId}/${ruleId}`,
      actor: rule.enabledBy,
      details: { agentId, ruleId, filter, isEnabled, priorityOverride },
      atMs: rule.enabledAtMs,
    },
  ])
  await raiseVersions(database, [agentTopic(rule)])
}

async function deleteRule(work: StoreWork, deletion: EnableRuleDeletion): Promise<boolean> {
  const { database } = work
  const { tenantId, agentId, ruleId, by: actor, atMs } = deletion
  const deleted = await database
    .deleteFrom('model_enable_rules')
    .where('tenant_id', '=', tenantId)
    .where('agent_id', '=', agentId)
    .where('id', '=', ruleId)
    .returning('id')
    .execute()
  if (deleted.length === 0) return false
  const subject = `${agentId}/${ruleId}`
  const details = { agentId, ruleId }
  await writeAudit(work, [
    { tenantId, action: 'enable-rule-deleted', subject, actor, details, atMs },
  ])
  await raiseVersions(database, [agentTopic({ tenantId, agentId })])
  return true
}

async function listRules(
  { database }: StoreWork,
  { tenantId, agentId }: AgentKey,
): Promise<readonly EnableRule[]> {
  const rows = await database
    .selectFrom('model_enable_rules')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('agent_id', '=', agentId)
    .orderBy('enabled_at')
    .orderBy('id')
    .execute()
  return rows.map(fromEnableRuleRow)
}
