import type { AgentSummary, AgentSummaryPage, AgentSummaryQuery } from '@imrs/core'

import { assertCount } from './assert-count.ts'
import type { MemoryData } from './memory-data.ts'
import { compareText, sortedBy } from './text-order.ts'

export function listSummaries(
  data: MemoryData,
  { tenantId, agentIds, fromDay, toDay, limit = 100, cursor = '' }: AgentSummaryQuery,
): AgentSummaryPage {
  assertCount('limit', limit, 200)
  const isOwn = (row: { readonly tenantId: string; readonly agentId: string }): boolean =>
    row.tenantId === tenantId && (agentIds?.includes(row.agentId) ?? true)
  const rows = [...data.agentModels.values()].filter(isOwn)
  const rules = [...data.enableRules.values()].filter(isOwn)
  const days = [...data.figures.values()].filter(
    (cell) => isOwn(cell) && cell.period.length === 'YYYY-MM-DD'.length,
  )
  const ids = new Set([...rows, ...rules, ...days].map(({ agentId }) => agentId))
  const found = sortedBy(ids, (id) => id).filter((id) => compareText(id, cursor) > 0)
  const items = found.slice(0, limit).map((agentId): AgentSummary => {
    const isHere = (row: { readonly agentId: string }): boolean => row.agentId === agentId
    const named = rows.filter(isHere)
    const used = days.filter(isHere)
    const lastUsedOn = used
      .map(({ period }) => period)
      .toSorted()
      .at(-1)
    return {
      agentId,
      enabledByName: named.filter(({ isEnabled }) => isEnabled).length,
      disabledByName: named.filter(({ isEnabled }) => !isEnabled).length,
      rules: rules.filter(isHere).length,
      answers: used
        .filter(({ period }) => period >= fromDay && period <= toDay)
        .reduce((sum, { attempts, failures, aborted }) => sum + attempts - failures - aborted, 0),
      ...(lastUsedOn === undefined ? {} : { lastUsedOn }),
    }
  })
  const last = items.at(-1)
  return found.length > limit && last !== undefined
    ? { items, nextCursor: last.agentId }
    : { items }
}
