import { ConfigError, seededRandom } from '@imrs/core'

import { shuffledIndexes } from '../shuffled-indexes.ts'
import type { TextModelOptions } from '../text/text-model-options.ts'
import { trainTextModel } from '../text/text-model.ts'
import type { OutcomeSet } from './outcome-set.ts'
import { scoreOf } from './outcome-set.ts'
import { indexOfLargest, modelMeans } from './reference-lines.ts'
import { meanAndDeviation } from './replay-curve.ts'
import { seedOf } from './replay-stream.ts'

export interface RouteLlmOptions {
  /** Of two models; rows without a prompt or one of the scores are left out. */
  readonly outcomes: OutcomeSet
  /** How many rows the text model learns from; half of them where there are fewer than twice as many. Default: `1500`. */
  readonly labels?: number | undefined
  /** How often rows to learn from are drawn. Default: `20`. */
  readonly seeds?: number | undefined
  readonly model?: TextModelOptions | undefined
}

export interface RouteLlmResult {
  readonly dataset: string
  /** The model that is better on average. */
  readonly strong: string
  readonly weak: string
  /** Rows that could be used. */
  readonly requests: number
  /** How many of them the text model learned from, each time. */
  readonly labels: number
  readonly seeds: number
  /** The text model on the rows it did not learn from: the mean over the draws, and their standard deviation. */
  readonly textModel: { readonly apgr: number; readonly deviation: number }
  /** Prompt length on all rows. */
  readonly promptLength: number
}

/** What the text model learns with: labels are few and say little each, so that it must not trust one. */
const FEW_LABELS: TextModelOptions = Object.freeze({ learningRate: 0.005, epochs: 5 })

/**
 * RouteLLM's protocol: a router scores how much a request needs the strong one of two models; the
 * share of requests that go to it is raised in ten steps, and what is gained by that is averaged
 * ({@link averageGain}). The labels are in-domain: of the same kind as the requests it is tested on.
 *
 * @throws ConfigError unless there are two models, one of them better, and rows with prompts.
 */
export function routeLlm(options: RouteLlmOptions): RouteLlmResult {
  const { outcomes: set, seeds = 20 } = options
  const rows = pairedRows(set)
  const labels = Math.min(options.labels ?? 1500, Math.floor(rows.length / 2))
  const apgrs = Array.from({ length: seeds }, (_, seed) => {
    const order = shuffledIndexes(rows.length, seededRandom(seedOf(seed, 'labels')))
    const pick = (index: number): PairedRow => rows[index]!
    const train = Array.from(order.subarray(0, labels), pick)
    const test = Array.from(order.subarray(labels), pick)
    return averageGain(test, gainScorer(train, { ...FEW_LABELS, seed, ...options.model }))
  })
  const { mean, deviation } = meanAndDeviation(apgrs)
  const means = modelMeans(set)
  const strong = indexOfLargest(means)
  return {
    dataset: set.name,
    strong: set.models[strong] ?? '',
    weak: set.models[1 - strong] ?? '',
    requests: rows.length,
    labels,
    seeds,
    textModel: { apgr: mean, deviation },
    promptLength: averageGain(rows, ({ prompt }) => prompt.length),
  }
}

/** What the two models made of a request. */
export interface PairedRow {
  readonly prompt: string
  readonly strong: number
  readonly weak: number
}

const STEPS = 10

/**
 * APGR: the mean, by the trapezoid rule over eleven thresholds, of how much of the way from the weak
 * model's mean score to the strong one's is gone when the requests with the highest `score` go to the
 * strong one. 0.5 for chance. Of equal scores, the row that comes first is the higher one.
 */
export function averageGain(rows: readonly PairedRow[], score: (row: PairedRow) => number): number {
  const scores = rows.map(score)
  const order = [...rows.keys()].sort((left, right) => (scores[right] ?? 0) - (scores[left] ?? 0))
  const gains = order.map((index) => (rows[index]?.strong ?? 0) - (rows[index]?.weak ?? 0))
  const total = gains.reduce((sum, gain) => sum + gain, 0)
  const recovered = Array.from({ length: STEPS + 1 }, (_, step) => {
    const count = Math.round((rows.length * step) / STEPS)
    return gains.slice(0, count).reduce((sum, gain) => sum + gain, 0) / total
  })
  let area = 0
  for (let step = 0; step < STEPS; step += 1) {
    area += ((recovered[step] ?? 0) + (recovered[step + 1] ?? 0)) / 2 / STEPS
  }
  return area
}

/** How likely a text model holds the strong model to be the better one. */
function gainScorer(
  rows: readonly PairedRow[],
  options: TextModelOptions,
): (row: PairedRow) => number {
  const samples = rows.map(({ prompt, strong, weak }) => {
    // As good as each other: half and half.
    const share = (1 + strong - weak) / 2
    return { text: prompt, label: { strong: share, weak: 1 - share } }
  })
  const model = trainTextModel(samples, options)
  const place = model.labels.indexOf('strong')
  return ({ prompt }) => model.predict(prompt).probabilities[place] ?? 0
}

function pairedRows(set: OutcomeSet): readonly PairedRow[] {
  const { models, name, prompts } = set
  if (models.length !== 2) {
    throw new ConfigError(`RouteLLM’s protocol is for two models, ${name} has ${models.length}`)
  }
  const means = modelMeans(set)
  if (means[0] === means[1]) {
    throw new ConfigError(`RouteLLM’s protocol needs a stronger model, in ${name} both are as good`)
  }
  const strong = indexOfLargest(means)
  const rows = prompts.flatMap((prompt, row) => {
    const pair = { strong: scoreOf(set, row, strong), weak: scoreOf(set, row, 1 - strong) }
    const isWhole = !Number.isNaN(pair.strong) && !Number.isNaN(pair.weak)
    return prompt !== undefined && isWhole ? [{ prompt, ...pair }] : []
  })
  if (rows.length >= 2) return rows
  throw new ConfigError(
    `RouteLLM’s protocol needs prompts and both scores; ${name} has ${rows.length} such rows`,
  )
}
