import { typeOfText } from '../prepare/experience-type-of.ts'
import { RequestTexts } from '../text/request-texts.ts'
import type { OutcomeSet } from './outcome-set.ts'
import { playStream } from './play-stream.ts'
import type { PlayedStream } from './play-stream.ts'
import type { Reaction } from './reaction.ts'
import { whenFound, whenLeft } from './reaction.ts'
import type { ReferenceLines } from './reference-lines.ts'
import { meanLines, referenceLines } from './reference-lines.ts'
import { meanAndDeviation, toCurve } from './replay-curve.ts'
import type { ReplayCurve } from './replay-curve.ts'
import { resolveReplayOptions } from './replay-options.ts'
import type {
  ReplayOptions,
  ResolvedReplayChange,
  ResolvedReplayOptions,
} from './replay-options.ts'
import type { ReplayPolicy } from './replay-policy.ts'
import { COLD_JOINS, makeStream } from './replay-stream.ts'
import type { ModelChange, ReplayStream, ReplayStreamOptions } from './replay-stream.ts'

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

/** Something that happens to models, at a request or from one to another, counted from 0. */
export interface ReplayEvent {
  readonly from: number
  readonly to: number
  readonly text: string
}

/** A part of the stream in which nothing happens to models. */
export interface ReplaySection {
  /** The first request, counted from 0. */
  readonly from: number
  readonly to: number
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
  const streams: ReplayStream[] = []
  for (let seed = 0; seed < resolved.seeds; seed += 1) {
    await resolved.runtime.sleep(0, resolved.signal)
    streams.push(streamOf(resolved, changes, seed))
  }
  const events = eventsOf(resolved, changes, shortest(streams))
  const scene: Scene = {
    options: resolved,
    changes,
    streams,
    lines: meanLines(streams.map((stream) => referenceLines(resolved.outcomes, stream))),
    events,
    sections: sectionsOf(resolved.outcomes, streams, events),
  }
  const results: ReplayResult[] = []
  for (const policy of resolved.policies) {
    const played: PlayedStream[] = []
    for (const stream of streams) {
      await resolved.runtime.sleep(0, resolved.signal)
      const { outcomes: set, priorities, published, delay, days } = resolved
      played.push(playStream({ set, stream, policy, priorities, published, delay, days }))
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
  readonly events: readonly ReplayEvent[]
  readonly sections: readonly ReplaySection[]
}

function changesOf({ outcomes, degrade, improve }: ResolvedReplayOptions): Changes {
  const indexed = (change: ResolvedReplayChange | undefined): ModelChange | undefined =>
    change && { model: outcomes.models.indexOf(change.model), at: change.at }
  return { degrade: indexed(degrade), join: indexed(improve) }
}

function streamOf(
  { outcomes, feedback, label, noise, limit, isCold, ...options }: ResolvedReplayOptions,
  { degrade, join }: Changes,
  seed: number,
): ReplayStream {
  const scenario = { isCold, degrade, join }
  // What there is to know of texts is learned anew in each stream.
  const texts = textLabels()
  return makeStream(outcomes, {
    seed,
    feedback,
    label,
    noise,
    labelOfText: options.labelOfText ?? texts.labelOfText,
    onLabel: texts.onLabel,
    limit,
    scenario,
  })
}

/** The label that the router itself gives a request without one. */
function textLabels(): Required<Pick<ReplayStreamOptions, 'labelOfText' | 'onLabel'>> {
  const texts = new RequestTexts()
  return {
    labelOfText: (prompt = '') =>
      texts.labelOf(prompt)?.label ?? typeOfText(prompt, texts.groupOf(prompt)),
    onLabel: (prompt = '', label) => texts.learn(prompt, label),
  }
}

function eventsOf(
  { outcomes: { models }, isCold }: ResolvedReplayOptions,
  { degrade, join }: Changes,
  length: number,
): readonly ReplayEvent[] {
  const point = (change: ModelChange | undefined, what: string): readonly ReplayEvent[] => {
    if (change === undefined) return []
    const from = Math.floor(change.at * length)
    return [{ from, to: from, text: `${models[change.model] ?? ''} ${what}` }]
  }
  const from = Math.floor(COLD_JOINS.from * length)
  const to = Math.floor(COLD_JOINS.to * length)
  return [
    ...(isCold ? [{ from, to, text: 'half of the models join, one by one' }] : []),
    ...point(degrade, 'gets half as good'),
    ...point(join, 'joins'),
  ].toSorted((left, right) => left.from - right.from)
}

/** The parts between what happens at one request; those of a cold start are too many and too short. */
function sectionsOf(
  set: OutcomeSet,
  streams: readonly ReplayStream[],
  events: readonly ReplayEvent[],
): readonly ReplaySection[] {
  const length = shortest(streams)
  const changes = events.filter(({ from, to }) => from === to).map(({ from }) => from)
  const starts = [...new Set([0, ...changes])].filter((from) => from < length)
  return starts.map((from, place) => {
    const to = starts[place + 1] ?? length
    const lines = streams.map((stream) => referenceLines(set, stream, { from, to }))
    return { from, to, lines: meanLines(lines) }
  })
}

function shortest(streams: readonly ReplayStream[]): number {
  return Math.min(...streams.map(({ rows }) => rows.length))
}

function toResult(
  scene: Scene,
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
