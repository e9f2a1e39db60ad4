import type { PlayedStream } from './play-stream.ts'
import type { Reaction } from './reaction.ts'
import { whenFound, whenLeft } from './reaction.ts'
import type { ReferenceLines } from './reference-lines.ts'
import { meanAndDeviation, toCurve } from './replay-curve.ts'
import type { ReplayCurve } from './replay-curve.ts'
import type { ReplayPolicy } from './replay-policy.ts'
import type { ReplayEvent, ReplayScene, ReplaySection } from './replay-scene.ts'

/** What one policy earned on one data set, as means over the seeds. */
export interface ReplayResult extends ReferenceLines {
  readonly dataset: string
  readonly policy: string
  /** The share of answers that were rated. */
  readonly feedback: number
  readonly seeds: number
  /** Requests of a stream. */
  readonly requests: number
  /** The mean score of the models that answered. */
  readonly mean: number
  /** That of the last quarter of the requests. */
  readonly lastQuarter: number
  /** The standard deviation of `mean` over the seeds; 0 with one seed. */
  readonly meanSd: number
  /** What an answer cost on average; absent where no cost is known. */
  readonly costMean?: number | undefined
  /** How long an answer took on average; absent where nothing is known of it. */
  readonly latencyMeanMs?: number | undefined
  /** How often a stream's policy found that a model had changed, on average. */
  readonly alarms: number
  /** How it took what happened to models. */
  readonly reactions: readonly Reaction[]
  readonly curve: ReplayCurve
  /** The lines of each part of the stream: what happens to a model moves them. */
  readonly sections: readonly ReplaySection[]
  /** What happened to models. */
  readonly events: readonly ReplayEvent[]
}

/** What a policy earned on the streams of a scene, played in their order. */
export function toReplayResult(
  scene: ReplayScene,
  { name }: ReplayPolicy,
  played: readonly PlayedStream[],
): ReplayResult {
  const { options, lines, streams, sections, events } = scene
  const { outcomes: set, feedback } = options
  const { mean, deviation } = meanAndDeviation(played.map(({ rewards }) => meanOf(rewards)))
  const quarters = played.map(({ rewards }) => {
    return meanOf(rewards.subarray(Math.floor(rewards.length * 0.75)))
  })
  const costMean = meanAmount(scene, played, set.costs)
  const latencyMeanMs = meanAmount(scene, played, set.latenciesMs)
  return {
    dataset: set.name,
    policy: name,
    feedback,
    seeds: played.length,
    requests: meanOf(streams.map(({ rows }) => rows.length)),
    mean,
    lastQuarter: meanOf(quarters),
    meanSd: deviation,
    ...(costMean === undefined ? {} : { costMean }),
    ...(latencyMeanMs === undefined ? {} : { latencyMeanMs }),
    ...lines,
    alarms: meanOf(played.map(({ alarms }) => alarms.length)),
    reactions: reactionsOf(scene, played),
    curve: toCurve(played.map(({ rewards }) => rewards)),
    sections,
    events,
  }
}

function reactionsOf(
  { options, changes: { degrade, join }, streams }: ReplayScene,
  played: readonly PlayedStream[],
): readonly Reaction[] {
  const { outcomes: set } = options
  const both = streams.flatMap((stream, place) => {
    const one = played[place]
    return one === undefined ? [] : [{ stream, played: one }]
  })
  return [
    ...(degrade === undefined ? [] : [whenLeft({ set, streams: both, change: degrade })]),
    ...(join === undefined ? [] : [whenFound({ set, streams: both, change: join })]),
  ]
}

/** Over the answers of which it is known. */
function meanAmount(
  { streams, options: { outcomes: set } }: ReplayScene,
  played: readonly PlayedStream[],
  amounts: Readonly<Float64Array> | undefined,
): number | undefined {
  if (amounts === undefined) return undefined
  let [sum, count] = [0, 0]
  for (const [place, { models }] of played.entries()) {
    for (const [position, model] of models.entries()) {
      const row = streams[place]?.rows[position] ?? 0
      const amount = amounts[row * set.models.length + model] ?? Number.NaN
      if (Number.isNaN(amount)) continue
      sum += amount
      count += 1
    }
  }
  return count === 0 ? undefined : sum / count
}

function meanOf(values: ArrayLike<number>): number {
  let sum = 0
  for (let index = 0; index < values.length; index += 1) sum += values[index] ?? 0
  return values.length === 0 ? 0 : sum / values.length
}
