import { agentTopic } from '@imrs/core'
import type { AgentModelRepository } from '@imrs/core'

import { listSummaries } from './agent-summaries.ts'
import { memoryEnableRules } from './enable-rules.ts'
import { frozenCopy } from './frozen-copy.ts'
import { audit, begin, keyOf, raiseVersion, toDetails } from './memory-data.ts'
import type { MemoryData } from './memory-data.ts'
import { sortedBy } from './text-order.ts'

export function memoryAgentModels(data: MemoryData): AgentModelRepository {
  return {
    put: async (rows, options) => {
      begin(data, options)
      for (const row of rows) {
        data.agentModels.set(keyOf(row.tenantId, row.agentId, row.modelId), frozenCopy(row))
        const { tenantId, agentId, modelId, priorityOverride } = row
        audit(data, {
          tenantId,
          action: row.isEnabled ? 'agent-model-enabled' : 'agent-model-disabled',
          subject: `${agentId}/${modelId}`,
          actor: row.enabledBy,
          details: toDetails({ agentId, modelId, priorityOverride }),
          atMs: row.enabledAtMs,
        })
      }
      for (const topic of new Set(rows.map(agentTopic))) raiseVersion(data, topic)
    },
    ...memoryEnableRules(data),
    listSummaries: async (query, options) => {
      begin(data, options)
      return listSummaries(data, query)
    },
    list: async (agent, options) => {
      begin(data, options)
      const own = [...data.agentModels.values()].filter(
        (row) => row.tenantId === agent.tenantId && row.agentId === agent.agentId,
      )
      return sortedBy(own, (row) => row.modelId)
    },
  }
}
