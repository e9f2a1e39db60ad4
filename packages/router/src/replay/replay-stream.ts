import type { TaskType } from '@imrs/core'
import { seededRandom } from '@imrs/core'

import { shuffledIndexes } from '../shuffled-indexes.ts'
import type { OutcomeSet } from './outcome-set.ts'
import { scoreOf } from './outcome-set.ts'

/** A model and when something happens to it, as a share of the stream. */
export interface ModelChange {
  /** The index of the model. */
  readonly model: number
  /** From 0 to 1. */
  readonly at: number
}

/** What happens to models during a stream. */
export interface ReplayScenario {
  /** Half of the models, drawn anew for each seed, join one by one. Default: all are there from the start. */
  readonly isCold?: boolean | undefined
  /** From then on the model's scores are half of what they were, and nobody says so. Default: none. */
  readonly degrade?: ModelChange | undefined
  /** The model is not there before. Default: none. */
  readonly join?: ModelChange | undefined
}

/** What label of its task the router is given with a request. */
export const REPLAY_LABELS = ['task', 'none', 'noisy', 'some'] as const
export type ReplayLabel = (typeof REPLAY_LABELS)[number]

export interface ReplayStreamOptions {
  readonly seed: number
  /** The share of requests that are rated. */
  readonly feedback: number
  readonly label: ReplayLabel
  /** The share of labels that are those of another task, for `noisy`, or that are missing, for `some`. */
  readonly noise: number
  /** What stands for the label where there is none. */
  readonly labelOfText: (prompt: string | undefined) => TaskType
  /** Told of each label there is, for `some`. Default: nobody is. */
  readonly onLabel?: ((prompt: string | undefined, label: TaskType) => void) | undefined
  /** The most requests; absent is all. */
  readonly limit?: number | undefined
  readonly scenario: ReplayScenario
}

/** One random order of a data set's requests, with all that chance decides but the policy's own. Not to be changed. */
export interface ReplayStream {
  readonly seed: number
  /** By position: the row of the set. */
  readonly rows: Readonly<Uint32Array>
  /** By position: the label that the router is given. */
  readonly labels: readonly TaskType[]
  /** By position: whether the answer is rated. */
  readonly isRated: Readonly<Uint8Array>
  /** By model: the position from which it is there. */
  readonly joinsAt: Readonly<Float64Array>
  /** The model that gets worse, and from which position. */
  readonly halved: { readonly model: number; readonly from: number } | undefined
}

/** Where the models of a cold start join, as shares of the stream. */
export const COLD_JOINS: { readonly from: number; readonly to: number } = { from: 0.2, to: 0.7 }

/**
 * Makes a stream. The same options give the same one; its order, ratings and labels are drawn apart
 * from each other, so that a change of one leaves the others as they are. Requests that no model of
 * their time has a score for are left out.
 */
export function makeStream(set: OutcomeSet, options: ReplayStreamOptions): ReplayStream {
  const { seed, feedback, limit = set.size, scenario } = options
  const order = shuffledIndexes(set.size, seededRandom(seedOf(seed, 'order'))).subarray(0, limit)
  const joinsAt = joinPositions(set, { seed, scenario, length: order.length })
  const rows = order.filter((row, position) => hasScore({ set, joinsAt, row, position }))
  const rated = seededRandom(seedOf(seed, 'rated'))
  return {
    seed,
    rows,
    labels: drawLabels(set, rows, options),
    isRated: Uint8Array.from(rows, () => (rated() < feedback ? 1 : 0)),
    joinsAt,
    halved:
      scenario.degrade === undefined
        ? undefined
        : {
            model: scenario.degrade.model,
            from: Math.floor(scenario.degrade.at * rows.length),
          },
  }
}

/** What a model earns at a position; `NaN` where it is not there yet or was not asked. */
export function earned({
  set,
  stream,
  position,
  model,
}: {
  readonly set: OutcomeSet
  readonly stream: ReplayStream
  readonly position: number
  readonly model: number
}): number {
  if ((stream.joinsAt[model] ?? 0) > position) return Number.NaN
  const score = scoreOf(set, stream.rows[position] ?? 0, model)
  const { halved } = stream
  const isHalved = halved !== undefined && halved.model === model && position >= halved.from
  return isHalved ? score / 2 : score
}

/** A seed for one purpose: FNV-1a over its name, from the run's seed on. */
export function seedOf(seed: number, purpose: string): number {
  let hash = (0x81_1c_9d_c5 ^ Math.imul(seed + 1, 0x9e_37_79_b1)) >>> 0
  for (let index = 0; index < purpose.length; index += 1) {
    hash = Math.imul(hash ^ purpose.charCodeAt(index), 0x01_00_01_93) >>> 0
  }
  return hash
}

function joinPositions(
  { models }: OutcomeSet,
  {
    seed,
    scenario: { isCold = false, join },
    length,
  }: { readonly seed: number; readonly scenario: ReplayScenario; readonly length: number },
): Float64Array {
  const joinsAt = new Float64Array(models.length)
  if (isCold) {
    const later = shuffledIndexes(models.length, seededRandom(seedOf(seed, 'cold')))
    const count = Math.floor(models.length / 2)
    const { from, to } = COLD_JOINS
    for (const [place, model] of later.subarray(0, count).entries()) {
      joinsAt[model] = Math.floor((from + ((to - from) * place) / Math.max(1, count - 1)) * length)
    }
  }
  if (join !== undefined) joinsAt[join.model] = Math.floor(join.at * length)
  return joinsAt
}

function hasScore({
  set,
  joinsAt,
  row,
  position,
}: {
  readonly set: OutcomeSet
  readonly joinsAt: Float64Array
  readonly row: number
  readonly position: number
}): boolean {
  return joinsAt.some((from, model) => from <= position && !Number.isNaN(scoreOf(set, row, model)))
}

function drawLabels(
  set: OutcomeSet,
  rows: Uint32Array,
  { seed, label, noise, labelOfText, onLabel }: ReplayStreamOptions,
): readonly TaskType[] {
  const random = seededRandom(seedOf(seed, 'label'))
  return Array.from(rows, (row) => {
    if (label === 'none') return labelOfText(set.prompts[row])
    const task = set.taskOf[row] ?? 0
    if (label === 'some') {
      if (random() < noise) return labelOfText(set.prompts[row])
      onLabel?.(set.prompts[row], set.tasks[task] ?? '')
    }
    const isWrong = label === 'noisy' && set.tasks.length > 1 && random() < noise
    // Any of the others, with equal chance.
    const shift = isWrong ? 1 + Math.floor(random() * (set.tasks.length - 1)) : 0
    return set.tasks[(task + shift) % set.tasks.length] ?? ''
  })
}
