import type { OutcomeSet } from './outcome-set.ts'
import { playStream } from './play-stream.ts'
import type { PlayedStream } from './play-stream.ts'
import type { Reaction } from './reaction.ts'
import { whenFound, whenLeft } from './reaction.ts'
import type { ReferenceLines } from './reference-lines.ts'
import { indexOfLargest, meanLines, modelMeans, referenceLines } from './reference-lines.ts'
import { meanAndDeviation, toCurve } from './replay-curve.ts'
import type { ReplayCurve } from './replay-curve.ts'
import { resolveReplayOptions } from './replay-options.ts'
import type { ReplayChange, ReplayOptions, ResolvedReplayOptions } from './replay-options.ts'
import type { ReplayPolicy } from './replay-policy.ts'
import { makeStream } from './replay-stream.ts'
import type { ModelChange, ReplayStream } from './replay-stream.ts'

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
  /** What happened, and the lines before and after it, for plots. */
  readonly sections: readonly ReplaySection[]
}

/** A part of the stream in which nothing happens to models. */
export interface ReplaySection {
  /** The first request, counted from 0. */
  readonly from: number
  readonly to: number
  /** What happens at its start. */
  readonly event?: string | undefined
  readonly lines: ReferenceLines
}

/**
 * Replays recorded outcomes: requests in random order, one at a time; the policy picks a model, and
 * only that model's score comes back, as a rating. The strategies are those of the router.
 *
 * The same options give the same results. Every policy is shown the same streams.
 *
 * @throws ConfigError for options that make no sense; rejects with the signal's reason when aborted.
 */
export async function replayOutcomes(options: ReplayOptions): Promise<readonly ReplayResult[]> {
  const resolved = resolveReplayOptions(options)
  const changes = changesOf(resolved)
  const streams = Array.from({ length: resolved.seeds }, (_, seed) =>
    streamOf(resolved, changes, seed),
  )
  const scene: Scene = {
    options: resolved,
    changes,
    streams,
    lines: meanLines(streams.map((stream) => referenceLines(resolved.outcomes, stream))),
    sections: sectionsOf(resolved.outcomes, streams, changes),
  }
  const results: ReplayResult[] = []
  for (const policy of resolved.policies) {
    const played: PlayedStream[] = []
    for (const stream of streams) {
      await resolved.runtime.sleep(0, resolved.signal)
      const { outcomes: set, priorities, delay, days } = resolved
      played.push(playStream({ set, stream, policy, priorities, delay, days }))
      const done = results.length * streams.length + played.length
      resolved.onProgress?.(done, resolved.policies.length * streams.length)
    }
    results.push(toResult(scene, policy, played))
  }
  return results
}

interface Changes {
  readonly degrade: ModelChange | undefined
  readonly join: ModelChange | undefined
}

interface Scene {
  readonly options: ResolvedReplayOptions
  readonly changes: Changes
  readonly streams: readonly ReplayStream[]
  readonly lines: ReferenceLines
  readonly sections: readonly ReplaySection[]
}

function changesOf({ outcomes, degrade, improve }: ResolvedReplayOptions): Changes {
  const resolve = (change: Required<ReplayChange> | undefined): ModelChange | undefined => {
    if (change === undefined) return undefined
    const { model, at } = change
    const best = model === 'best' ? indexOfLargest(modelMeans(outcomes)) : -1
    return { model: best < 0 ? outcomes.models.indexOf(model ?? '') : best, at: at ?? 0 }
  }
  return { degrade: resolve(degrade), join: resolve(improve) }
}

function streamOf(
  { outcomes, feedback, label, noise, labelOfText, limit, isCold }: ResolvedReplayOptions,
  { degrade, join }: Changes,
  seed: number,
): ReplayStream {
  const scenario = { isCold, degrade, join }
  return makeStream(outcomes, { seed, feedback, label, noise, labelOfText, limit, scenario })
}

/** Parts between a degradation and a join; those of a cold start are too many and too short. */
function sectionsOf(
  set: OutcomeSet,
  streams: readonly ReplayStream[],
  { degrade, join }: Changes,
): readonly ReplaySection[] {
  const length = Math.min(...streams.map(({ rows }) => rows.length))
  const nameOf = ({ model }: ModelChange): string => set.models[model] ?? ''
  const events = [
    ...(degrade === undefined ? [] : [{ at: degrade.at, event: `${nameOf(degrade)} halves` }]),
    ...(join === undefined ? [] : [{ at: join.at, event: `${nameOf(join)} joins` }]),
  ].toSorted((left, right) => left.at - right.at)
  const starts = [
    { from: 0, event: undefined },
    ...events.map(({ at, event }) => ({ from: Math.floor(at * length), event })),
  ]
  return starts.map(({ from, event }, place) => {
    const to = starts[place + 1]?.from ?? length
    const lines = streams.map((stream) => referenceLines(set, stream, { from, to }))
    return { from, to, event, lines: meanLines(lines) }
  })
}

function toResult(
  scene: Scene,
  { name }: ReplayPolicy,
  played: readonly PlayedStream[],
): ReplayResult {
  const { options, lines, streams, sections } = scene
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
  }
}

function reactionsOf(
  { options, changes: { degrade, join }, streams }: Scene,
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
  { streams, options: { outcomes: set } }: Scene,
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
