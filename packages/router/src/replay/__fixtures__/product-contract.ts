import { replayPolicy } from '../named-policies.ts'
import type { OutcomeSet } from '../outcome-set.ts'
import { playStream } from '../play-stream.ts'
import { replayOutcomes } from '../replay-outcomes.ts'
import { makeStream } from '../replay-stream.ts'
import type { ReplayStream } from '../replay-stream.ts'
import { playInProduct } from './play-product.ts'

export interface BothOptions {
  /** How many streams the product plays. */
  readonly runs: number
  /** Requests of a stream. Default: all. */
  readonly limit?: number | undefined
}

export interface BothPlayed {
  readonly product: {
    readonly mean: number
    readonly lastQuarter: number
    /** Those that the router counted, in all streams. */
    readonly ratings: number
    /** Requests that earned something else than in the replay of the same stream with the same chance. */
    readonly differences: number
  }
  readonly replay: { readonly mean: number; readonly lastQuarter: number; readonly sd: number }
  /** Where the mean of so many streams lies in 99 of 100 cases if the product does what the replay does. */
  readonly limits: { readonly low: number; readonly high: number }
  /** What picking any model earns. */
  readonly random: number
}

/** Streams that are replayed: enough for a standard deviation. */
const SEEDS = 20

/** Student's t for 19 degrees of freedom, two-sided, 99 %. */
const WIDE = 2.861

/** Plays streams with `adaptive` in the product, and replays those and others. */
export async function playBoth(
  set: OutcomeSet,
  { runs, limit }: BothOptions,
): Promise<BothPlayed> {
  const policies = [replayPolicy('adaptive')]
  const [replay] = await replayOutcomes({ outcomes: set, policies, seeds: SEEDS, limit })
  if (replay === undefined) throw new Error('Nothing was replayed')
  const means: number[] = []
  const quarters: number[] = []
  let ratings = 0
  let differences = 0
  for (let seed = 0; seed < runs; seed += 1) {
    const stream = makeStream(set, {
      seed,
      feedback: 1,
      label: 'task',
      noise: 0,
      labelOfText: () => '',
      limit,
      scenario: {},
    })
    const played = await playInProduct(set, stream)
    means.push(meanOf(played.rewards))
    quarters.push(meanOf(played.rewards.subarray(Math.floor(played.rewards.length * 0.75))))
    ratings += played.ratings
    differences += differencesBetween(played.rewards, replayed(set, stream))
  }
  const margin = WIDE * replay.meanSd * Math.sqrt(1 / runs + 1 / SEEDS)
  return {
    product: { mean: meanOf(means), lastQuarter: meanOf(quarters), ratings, differences },
    replay: { mean: replay.mean, lastQuarter: replay.lastQuarter, sd: replay.meanSd },
    limits: { low: replay.mean - margin, high: replay.mean + margin },
    random: replay.random,
  }
}

function replayed(set: OutcomeSet, stream: ReplayStream): Float64Array {
  const [policy, priorities] = [replayPolicy('adaptive'), new Map<string, number>()]
  return playStream({ set, stream, policy, priorities, delay: 0, days: 28 }).rewards
}

function differencesBetween(left: Float64Array, right: Float64Array): number {
  return left.filter((value, position) => value !== right[position]).length
}

function meanOf(values: ArrayLike<number>): number {
  let sum = 0
  for (let index = 0; index < values.length; index += 1) sum += values[index] ?? 0
  return sum / Math.max(1, values.length)
}
