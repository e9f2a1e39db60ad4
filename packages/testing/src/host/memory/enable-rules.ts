import {
  agentTopic,
  effectiveAgentModel,
  fitsModelFilter,
  resolveModelRange,
  toModelCursor,
} from '@imrs/core'
import type {
  AgentKey,
  AgentModelRepository,
  EnableRule,
  EnabledModel,
  EnabledModelPage,
  EnabledModelQuery,
} from '@imrs/core'

import { frozenCopy } from './frozen-copy.ts'
import { totalOf } from './list-models.ts'
import { audit, begin, keyOf, raiseVersion, toDetails } from './memory-data.ts'
import type { MemoryData } from './memory-data.ts'
import { effectiveModels } from './models.ts'
import { compareText } from './text-order.ts'

type RuleMethods = Pick<
  AgentModelRepository,
  'putRule' | 'deleteRule' | 'listRules' | 'listEnabled'
>

export function memoryEnableRules(data: MemoryData): RuleMethods {
  return {
    putRule: async (rule, options) => {
      begin(data, options)
      data.enableRules.set(keyOf(rule.tenantId, rule.agentId, rule.id), frozenCopy(rule))
      const { tenantId, agentId, id: ruleId, filter, isEnabled, priorityOverride } = rule
      audit(data, {
        tenantId,
        action: 'enable-rule-put',
        subject: `${agentId}/${ruleId}`,
        actor: rule.enabledBy,
        details: toDetails({ agentId, ruleId, filter, isEnabled, priorityOverride }),
        atMs: rule.enabledAtMs,
      })
      raiseVersion(data, agentTopic(rule))
    },
    deleteRule: async ({ tenantId, agentId, ruleId, by: actor, atMs }, options) => {
      begin(data, options)
      if (!data.enableRules.delete(keyOf(tenantId, agentId, ruleId))) return false
      const details = { agentId, ruleId }
      const subject = `${agentId}/${ruleId}`
      audit(data, { tenantId, action: 'enable-rule-deleted', subject, actor, details, atMs })
      raiseVersion(data, agentTopic({ tenantId, agentId }))
      return true
    },
    listRules: async (agent, options) => {
      begin(data, options)
      return rulesOf(data, agent)
    },
    listEnabled: async (agent, query, options) => {
      begin(data, options)
      return enabledPage(enabledModels(data, agent), query ?? {})
    },
  }
}

function rulesOf(data: MemoryData, agent: AgentKey): readonly EnableRule[] {
  return [...data.enableRules.values()]
    .filter((rule) => isOf(rule, agent))
    .sort((left, right) => left.enabledAtMs - right.enabledAtMs || compareText(left.id, right.id))
}

function enabledModels(data: MemoryData, agent: AgentKey): readonly EnabledModel[] {
  const own = [...data.agentModels.values()].filter((row) => isOf(row, agent))
  const rows = new Map(own.map((row) => [row.modelId, row]))
  const rules = rulesOf(data, agent)
  return effectiveModels(data).flatMap((model) => {
    const { isEnabled, ...decision } = effectiveAgentModel(model, rows, rules)
    return isEnabled ? [Object.freeze({ model, ...decision })] : []
  })
}

function enabledPage(enabled: readonly EnabledModel[], query: EnabledModelQuery): EnabledModelPage {
  const { limit, cursor } = query
  const { sort, direction, count, after } = resolveModelRange({ limit, cursor })
  const fitting = enabled.filter(({ model }) => fitsModelFilter(model, query))
  const rest = fitting.filter(
    ({ model }) => after === undefined || compareText(model.id, after.id) > 0,
  )
  const items = rest.slice(0, count)
  const id = items.at(-1)?.model.id
  return {
    items,
    ...(rest.length > count && id !== undefined
      ? { nextCursor: toModelCursor({ sort, direction, value: id, id }) }
      : {}),
    ...totalOf(fitting.length),
  }
}

function isOf(row: AgentKey, { tenantId, agentId }: AgentKey): boolean {
  return row.tenantId === tenantId && row.agentId === agentId
}
