import type {
  CandidateTable,
  DriftState,
  ExperienceCell,
  ModelShift,
  RatingMilli,
  TaskType,
} from '@imrs/core'
import { NO_DRIFT, fromRatingMilli } from '@imrs/core'

import { resolveAdaptiveOptions } from './adaptive-options.ts'
import type { AdaptiveOptions, ResolvedAdaptiveOptions } from './adaptive-options.ts'
import { advanceDrift, driftObservation } from './drift.ts'
import { dueAfter, learn } from './learned.ts'
import type { AdaptiveLearned } from './learned.ts'
import { TaskStatistics } from './task-statistics.ts'

/** One rating of one model. */
export interface RatedAnswer {
  readonly task: TaskType
  readonly row: number
  readonly ratingMilli: RatingMilli
  readonly atMs: number
}

/** Learns rating by rating, as the product does through its store. For replays and tests; holds everything in memory. */
export interface AdaptiveLearner {
  /** Takes a rating; gives the shift when it raised an alarm. */
  observe(answer: RatedAnswer): ModelShift | undefined
  /** What `RankRequest.learned` wants. Good until the next rating. */
  learned(): AdaptiveLearned
  /** Goes on with other models; what is known of those that stay is kept. */
  changeTable(table: CandidateTable): void
}

type Cell = { -readonly [Key in keyof ExperienceCell]: ExperienceCell[Key] }

export function createAdaptiveLearner(
  table: CandidateTable,
  options: AdaptiveOptions = {},
): AdaptiveLearner {
  return new Learner(table, resolveAdaptiveOptions(options))
}

class Learner implements AdaptiveLearner {
  readonly #options: ResolvedAdaptiveOptions
  readonly #cells = new Map<string, Cell>()
  readonly #shifts: ModelShift[] = []
  readonly #drift = new Map<string, DriftState>()
  readonly #epochs = new Map<string, number>()
  #table: CandidateTable
  #learned: AdaptiveLearned
  #atMs: number | undefined
  #sinceFit = 0

  constructor(table: CandidateTable, options: ResolvedAdaptiveOptions) {
    this.#options = options
    this.#table = table
    this.#learned = learn({ table, cells: [], atMs: 0 }, undefined, options)
  }

  learned(): AdaptiveLearned {
    return this.#learned
  }

  changeTable(table: CandidateTable): void {
    this.#table = table
    this.#learnAll(this.#learned)
  }

  observe(answer: RatedAnswer): ModelShift | undefined {
    const shift = this.#advance(answer)
    const isSameMonth = monthOf(answer.atMs) === monthOf(this.#atMs ?? answer.atMs)
    this.#atMs = answer.atMs
    this.#count(answer)
    if (shift !== undefined) this.#open(shift)
    this.#sinceFit += 1
    const isDue =
      this.#sinceFit >= dueAfter(this.#learned.basis.ratings, this.#options.refreshEvery)
    if (shift !== undefined || isDue || !isSameMonth) this.#learnAll(this.#learned)
    else this.#addToLearned(answer)
    return shift
  }

  /** Before the rating is counted: it is measured against what came before it. */
  #advance({ task, row, ratingMilli }: RatedAnswer): ModelShift | undefined {
    const rated = { taskType: task, row, rating: fromRatingMilli(ratingMilli) }
    const seen = driftObservation(this.#learned, rated, this.#options.drift)
    if (seen === undefined) return undefined
    const modelId = this.#table.modelIds[row] ?? ''
    const last = this.#drift.get(modelId) ?? NO_DRIFT
    const { state, shift } = advanceDrift(last, seen, this.#options.drift)
    this.#drift.set(modelId, state)
    if (shift === undefined) return undefined
    return { modelId, epoch: this.#epochOf(modelId) + 1, shiftMilli: Math.round(shift * 1000) }
  }

  #open(shift: ModelShift): void {
    this.#shifts.push(shift)
    this.#epochs.set(shift.modelId, shift.epoch)
  }

  #epochOf(modelId: string): number {
    return this.#epochs.get(modelId) ?? 0
  }

  #count({ task, row, ratingMilli, atMs }: RatedAnswer): void {
    const modelId = this.#table.modelIds[row] ?? ''
    const [month, epoch] = [monthOf(atMs), this.#epochOf(modelId)]
    const name = JSON.stringify([task, modelId, month, epoch])
    let cell = this.#cells.get(name)
    if (cell === undefined) {
      cell = { ...NO_RATINGS, taskType: task, modelId, month, epoch }
      this.#cells.set(name, cell)
    }
    cell.count += 1
    cell.sum += ratingMilli
    cell.sumOfSquares += ratingMilli ** 2
  }

  #learnAll(previous: AdaptiveLearned | undefined): void {
    const source = {
      table: this.#table,
      cells: [...this.#cells.values()],
      shifts: this.#shifts,
      atMs: this.#atMs ?? 0,
    }
    this.#learned = learn(source, previous, this.#options)
    if (this.#learned.fit !== previous?.fit) this.#sinceFit = 0
  }

  /** What `learn` would find, for the price of one cell. */
  #addToLearned({ task, row, ratingMilli }: RatedAnswer): void {
    const { statistics } = this.#learned
    // Made for this learner by `learn`, and seen by nobody after the next rating.
    const tasks = statistics.tasks as Map<TaskType, TaskStatistics>
    const found = tasks.get(task) ?? new TaskStatistics(this.#table.size)
    tasks.set(task, found)
    const rating = fromRatingMilli(ratingMilli)
    found.add(row, { count: 1, sum: rating, squares: rating * rating })
    this.#learned = { ...this.#learned, statistics: { tasks, total: statistics.total + 1 } }
  }
}

const NO_RATINGS: ExperienceCell = {
  scope: 'agent',
  tenantId: '',
  agentId: '',
  taskType: '',
  modelId: '',
  month: '',
  epoch: 0,
  count: 0,
  sum: 0,
  sumOfSquares: 0,
}

function monthOf(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 7)
}
