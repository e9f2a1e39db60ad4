import {
  FIGURE_PERIODS,
  GENERAL_TASK,
  GOOD_RATING_MILLI,
  addFigures,
  effectiveFeedback,
  emptyFigures,
  tallyAttempts,
  uuidBoundOf,
} from '@imrs/core'
import type {
  Attempt,
  FigureGroup,
  FigureKey,
  FigureSum,
  FigureSumQuery,
  MutableFigures,
  PerformanceFilter,
  PerformanceRepository,
  RatingSum,
  RatingSumQuery,
  ReasonQuery,
  ReasonSum,
  StoredFeedbackEvent,
} from '@imrs/core'

import { frozenCopy } from './frozen-copy.ts'
import { begin, keyOf } from './memory-data.ts'
import type { MemoryData } from './memory-data.ts'

export function memoryPerformance(data: MemoryData): PerformanceRepository {
  return {
    listFigures: async (query, options) => {
      begin(data, options)
      return cellsOf(data, query.period).filter(
        (cell) => fits(cell, query) && isBetween(cell.period, query),
      )
    },
    sumFigures: async (query, options) => {
      begin(data, options)
      return sumFigures(data, query)
    },
    listRatings: async (query, options) => {
      begin(data, options)
      return [...data.experience.values()].filter(
        (cell) => cell.scope === 'agent' && fits(cell, query) && isBetween(cell.month, query),
      )
    },
    sumRatings: async (query, options) => {
      begin(data, options)
      return sumRatings(data, query)
    },
    sumReasons: async (query, options) => {
      begin(data, options)
      return sumReasons(data, query)
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

function cellsOf(data: MemoryData, period: 'day' | 'month') {
  const length = period === 'day' ? 'YYYY-MM-DD'.length : 'YYYY-MM'.length
  return [...data.figures.values()].filter((cell) => cell.period.length === length)
}

function sumFigures(
  data: MemoryData,
  { modelId, fromDay: from, toDay: to, groupBy, ...filter }: FigureSumQuery,
): readonly FigureSum[] {
  const sums = new Map<string, FigureKey & MutableFigures>()
  for (const stored of cellsOf(data, 'day')) {
    const cell = { ...stored, modelId: newestId(data, stored.modelId) }
    if (modelId !== undefined && cell.modelId !== newestId(data, modelId)) continue
    if (!fits(cell, filter) || !isBetween(cell.period, { from, to })) continue
    const key = figureKey(cell, groupBy)
    const name = JSON.stringify(key)
    const sum = sums.get(name) ?? { ...key, ...emptyFigures() }
    sums.set(name, sum)
    addFigures(sum, cell)
  }
  return [...sums.values()]
}

function sumRatings(
  data: MemoryData,
  { modelId, groupBy: given, ...query }: RatingSumQuery,
): readonly RatingSum[] {
  const groupBy = given.filter((group) => group !== 'day')
  const sums = new Map<string, RatingSum>()
  for (const stored of data.experience.values()) {
    const cell = {
      ...stored,
      modelId: newestId(data, stored.modelId),
      period: stored.month,
    }
    if (cell.scope !== 'agent' || cell.count === 0) continue
    if (modelId !== undefined && cell.modelId !== newestId(data, modelId)) continue
    if (!fits(cell, query) || !isBetween(cell.month, query)) continue
    const key = figureKey(cell, groupBy)
    const name = JSON.stringify(key)
    const sum = sums.get(name) ?? { ...key, count: 0, sum: 0, sumOfSquares: 0 }
    sums.set(name, {
      ...key,
      count: sum.count + cell.count,
      sum: sum.sum + cell.sum,
      sumOfSquares: sum.sumOfSquares + cell.sumOfSquares,
    })
  }
  return [...sums.values()]
}

function sumReasons(data: MemoryData, query: ReasonQuery): readonly ReasonSum[] {
  const sums = new Map<string, ReasonSum>()
  for (const { modelId, rating } of ratedAnswers(data, query)) {
    const side = rating.ratingMilli >= GOOD_RATING_MILLI ? 'good' : 'bad'
    for (const reason of rating.reasons ?? []) {
      const key = keyOf(modelId, reason)
      const sum = sums.get(key) ?? { modelId, reason, good: 0, bad: 0 }
      sums.set(key, { ...sum, [side]: sum[side] + 1 })
    }
  }
  return [...sums.values()]
}

/** The ratings that count on the answers that are asked for. */
function* ratedAnswers(
  data: MemoryData,
  { modelId: asked, fromMs, toMs, ...filter }: ReasonQuery,
): Generator<{ readonly modelId: string; readonly rating: StoredFeedbackEvent }> {
  const [from, to] = [uuidBoundOf(fromMs), uuidBoundOf(toMs)]
  for (const {
    id,
    tenantId,
    agentId,
    creditedTaskType: taskType,
    model,
  } of data.messages.values()) {
    const modelId = newestId(data, model)
    if (id < from || id >= to || !fits({ tenantId, agentId, taskType, modelId }, filter)) continue
    if (asked !== undefined && modelId !== newestId(data, asked)) continue
    const rating = effectiveFeedback(data.feedback.get(keyOf(tenantId, id)) ?? [])
    if (rating !== undefined) yield { modelId, rating }
  }
}

/** Names that follow each other at most. */
const MAX_RENAMES = 8

/** The id that a model has now, if it was renamed or moved and its old one is offered no more. */
function newestId(data: MemoryData, modelId: string): string {
  let id = modelId
  for (let round = 0; round < MAX_RENAMES; round += 1) {
    const alias = data.aliases.get(id)
    const isRename = alias?.reason === 'renamed' || alias?.reason === 'moved'
    if (!isRename || data.models.get(id)?.isAvailable === true) return id
    id = alias.modelId
  }
  return id
}

function figureKey(
  cell: Readonly<Record<'modelId' | 'taskType' | 'agentId' | 'period', string>>,
  groupBy: readonly FigureGroup[],
): FigureKey {
  const length = groupBy.includes('day') ? 'YYYY-MM-DD'.length : 'YYYY-MM'.length
  const isOfTime = groupBy.includes('day') || groupBy.includes('month')
  return {
    ...(groupBy.includes('model') ? { modelId: cell.modelId } : {}),
    ...(groupBy.includes('task-type') ? { taskType: cell.taskType } : {}),
    ...(groupBy.includes('agent') ? { agentId: cell.agentId } : {}),
    ...(isOfTime ? { period: cell.period.slice(0, length) } : {}),
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
