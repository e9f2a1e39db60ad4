import { FIGURE_PERIODS, GENERAL_TASK, addFigures, emptyFigures, tallyAttempts } from '@imrs/core'
import type { Attempt, PerformanceFilter, PerformanceRepository } from '@imrs/core'

import { frozenCopy } from './frozen-copy.ts'
import { begin, keyOf } from './memory-data.ts'
import type { MemoryData } from './memory-data.ts'

export function memoryPerformance(data: MemoryData): PerformanceRepository {
  return {
    listFigures: async (query, options) => {
      begin(data, options)
      const length = query.period === 'day' ? 'YYYY-MM-DD'.length : 'YYYY-MM'.length
      return [...data.figures.values()].filter(
        (cell) =>
          cell.period.length === length && fits(cell, query) && isBetween(cell.period, query),
      )
    },
    listRatings: async (query, options) => {
      begin(data, options)
      return [...data.experience.values()].filter(
        (cell) => cell.scope === 'agent' && fits(cell, query) && isBetween(cell.month, query),
      )
    },
  }
}

/** Adds calls to the cells of their day and their month. */
export function countFigures(data: MemoryData, attempts: readonly Attempt[]): void {
  const calls = attempts.map((attempt) => {
    const decision = data.decisions.get(keyOf(attempt.tenantId, attempt.decisionId))
    return { attempt, taskType: decision?.task.type ?? GENERAL_TASK }
  })
  for (const period of FIGURE_PERIODS) {
    for (const cell of tallyAttempts(calls, period)) {
      const { tenantId, agentId, taskType, modelId } = cell
      const key = keyOf(tenantId, cell.period, agentId, taskType, modelId)
      const sums = emptyFigures()
      const stored = data.figures.get(key)
      if (stored !== undefined) addFigures(sums, stored)
      addFigures(sums, cell)
      data.figures.set(key, frozenCopy({ ...cell, ...sums }))
    }
  }
}

function fits(
  cell: Required<PerformanceFilter>,
  { tenantId, agentId, taskType, modelId }: PerformanceFilter,
): boolean {
  return (
    cell.tenantId === tenantId &&
    (agentId === undefined || cell.agentId === agentId) &&
    (taskType === undefined || cell.taskType === taskType) &&
    (modelId === undefined || cell.modelId === modelId)
  )
}

/** Days and months sort as texts. */
function isBetween(
  period: string,
  { from, to }: { readonly from?: string | undefined; readonly to?: string | undefined },
): boolean {
  return (from === undefined || period >= from) && (to === undefined || period <= to)
}
