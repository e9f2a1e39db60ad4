import type { CandidateTable, ExperienceCell, Strategy } from '@imrs/core'

import type { ReplayLearner, ReplayRating } from './replay-policy.ts'

type Cell = { -readonly [Key in keyof ExperienceCell]: ExperienceCell[Key] }

/** Learns as snapshots do: by `strategy.learn`, of all ratings there are. Finds no drift. */
export function createCellLearner(strategy: Strategy, table: CandidateTable): ReplayLearner {
  const cells = new Map<string, Cell>()
  let current = table
  let atMs = 0
  let previous: unknown
  let isStale = true
  return {
    observe: (rating) => {
      count(cells, rating, current.modelIds[rating.row] ?? '')
      atMs = rating.atMs
      isStale = true
      return undefined
    },
    learned: () => {
      if (isStale) {
        previous = strategy.learn?.({ table: current, cells: [...cells.values()], atMs }, previous)
      }
      isStale = false
      return previous
    },
    changeTable: (next) => {
      current = next
      isStale = true
    },
  }
}

function count(
  cells: Map<string, Cell>,
  { task, ratingMilli, atMs }: ReplayRating,
  modelId: string,
): void {
  const month = new Date(atMs).toISOString().slice(0, 7)
  const key = JSON.stringify([task, modelId, month])
  let cell = cells.get(key)
  if (cell === undefined) {
    const owner = { scope: 'agent', tenantId: 'replay', agentId: 'replay' } as const
    const sums = { count: 0, sum: 0, sumOfSquares: 0 }
    cell = { ...owner, taskType: task, modelId, month, epoch: 0, ...sums }
    cells.set(key, cell)
  }
  cell.count += 1
  cell.sum += ratingMilli
  cell.sumOfSquares += ratingMilli ** 2
}
