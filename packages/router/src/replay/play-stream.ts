import type { CandidateTable, TaskType } from '@imrs/core'
import { drawSeed, seededRandom, toRatingMilli } from '@imrs/core'

import { createCellLearner } from './cell-learner.ts'
import type { OutcomeSet } from './outcome-set.ts'
import type { ReplayLearner, ReplayPolicy, ReplayRating } from './replay-policy.ts'
import type { ReplayStream } from './replay-stream.ts'
import { earned, seedOf } from './replay-stream.ts'
import { createReplayTable } from './replay-table.ts'
import type { ReplayTable } from './replay-table.ts'
import { createTaskSums } from './task-sums.ts'
import type { TaskSums } from './task-sums.ts'

export interface PlayOptions {
  readonly set: OutcomeSet
  readonly stream: ReplayStream
  readonly policy: ReplayPolicy
  /** Priorities from 0 to 100, by model. */
  readonly priorities: ReadonlyMap<string, number>
  /** Published scores from 0 to 1, by model. Default: none. */
  readonly published?: ReadonlyMap<string, number> | undefined
  /** Ratings come so many requests after the answer. */
  readonly delay: number
  /** How many days the stream lasts. */
  readonly days: number
}

/** What became of a stream, by position. */
export interface PlayedStream {
  readonly rewards: Float64Array
  /** The model that answered. */
  readonly models: Uint16Array
  /** Positions at which the policy found that a model had changed. */
  readonly alarms: readonly { readonly position: number; readonly model: number }[]
}

/** Plays a stream with one policy. Each request is ranked as in the product, with a seed of its own. */
export function playStream(options: PlayOptions): PlayedStream {
  const player = new Player(options)
  const { rows } = options.stream
  for (let position = 0; position < rows.length; position += 1) player.play(position)
  return player.played
}

interface Due {
  readonly position: number
  readonly model: number
  readonly task: TaskType
  readonly ratingMilli: number
}

/** The stream begins at the start of a month. */
const START_MS = Date.UTC(2026, 0, 1)
const DAY_MS = 86_400_000

class Player {
  readonly played: PlayedStream
  readonly #options: PlayOptions
  readonly #alarms: { position: number; model: number }[] = []
  readonly #due: Due[] = []
  readonly #random: () => number
  readonly #stepMs: number
  readonly #sums: TaskSums
  readonly #learner: ReplayLearner | undefined
  #table: ReplayTable
  #nextDue = 0

  constructor(options: PlayOptions) {
    const { stream, policy, set } = options
    this.#options = options
    const { length } = stream.rows
    this.played = {
      rewards: new Float64Array(length),
      models: new Uint16Array(length),
      alarms: this.#alarms,
    }
    this.#random = seededRandom(seedOf(stream.seed, policy.name))
    this.#stepMs = (options.days * DAY_MS) / Math.max(1, length)
    this.#table = this.#tableAt(0)
    this.#sums = createTaskSums(set.models.length)
    this.#learner = makeLearner(policy, this.#table.table)
  }

  play(position: number): void {
    this.#takeRatings(position)
    if (position >= this.#table.changesAt) this.#changeTable(position)
    const { set, stream, policy } = this.#options
    const task = stream.labels[position] ?? ''
    const ranking = policy.strategy.rank({
      input: { taskType: task, requiredCapabilities: 0, atMs: this.#atMs(position) },
      table: this.#table.table,
      rows: this.#table.rowsFor(stream.rows[position] ?? 0),
      experience: this.#sums.experience(task, this.#table),
      learned: this.#learner?.learned(),
      limit: 1,
      random: seededRandom(drawSeed(this.#random)),
    })
    const model = this.#table.modelOf[ranking.rows[0] ?? 0] ?? 0
    const reward = earned({ set, stream, position, model })
    this.played.rewards[position] = reward
    this.played.models[position] = model
    if (stream.isRated[position] === 1) {
      this.#due.push({ position, model, task, ratingMilli: toRatingMilli(reward) })
    }
  }

  /** Those that have come by the time of a request. */
  #takeRatings(position: number): void {
    const { delay } = this.#options
    for (
      let due = this.#due[this.#nextDue];
      due !== undefined && due.position + delay < position;
      due = this.#due[this.#nextDue]
    ) {
      this.#nextDue += 1
      this.#take(due, position)
    }
  }

  #take({ model, task, ratingMilli }: Due, position: number): void {
    this.#sums.add({ task, model, rating: ratingMilli / 1000 })
    const rating: ReplayRating = {
      task,
      row: this.#table.rowOf[model] ?? 0,
      ratingMilli,
      atMs: this.#atMs(position),
    }
    const shift = this.#learner?.observe(rating)
    if (shift !== undefined) this.#alarms.push({ position, model })
  }

  #changeTable(position: number): void {
    this.#table = this.#tableAt(position)
    this.#learner?.changeTable(this.#table.table)
  }

  #tableAt(position: number): ReplayTable {
    const { set, stream, priorities, published = new Map() } = this.#options
    return createReplayTable({
      set,
      stream,
      priorities,
      published,
      position,
      atMs: (joined) => this.#atMs(joined),
    })
  }

  #atMs(position: number): number {
    return START_MS + Math.floor(position * this.#stepMs)
  }
}

function makeLearner(
  { strategy, makeLearner: make }: ReplayPolicy,
  table: CandidateTable,
): ReplayLearner | undefined {
  if (make !== undefined) return make(table)
  return strategy.learn === undefined ? undefined : createCellLearner(strategy, table)
}
