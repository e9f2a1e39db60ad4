import { freedomOf, toEstimate } from './estimate.ts'
import type { Estimate, Spread } from './estimate.ts'
import { MeanMoments } from './mean-moments.ts'
import { PowerSums } from './power-sums.ts'

/** One logged decision as one target policy sees it. */
export interface Observation {
  /** The rating, 0 to 1. */
  readonly reward: number
  /** What the target gives the logged model, over what the log gave it. */
  readonly weight: number
  /** What the reward model expects of the logged model. It must not have seen this rating. */
  readonly predicted: number
  /** What it expects of the models that the target plays, in its shares. */
  readonly predictedForTarget: number
}

/** What a policy would have earned, by three estimators. */
export interface Estimates {
  /** Inverse propensity scoring: unbiased, and the widest. */
  readonly ips: Estimate
  /** The same over the sum of its weights: a little biased, narrower. */
  readonly snips: Estimate
  /** Doubly robust: what the reward model expects, put right by what was seen. */
  readonly doublyRobust: Estimate
}

/**
 * Adds observations up, one at a time, in constant memory. No weight is cut.
 *
 * Intervals rest on the variance of what each observation moves the estimate by; for SNIPS, a ratio,
 * that is the delta method.
 */
export class Estimators {
  readonly #ips = new MeanMoments()
  readonly #doublyRobust = new MeanMoments()
  readonly #rewards = new MeanMoments()
  readonly #weights = new MeanMoments()
  /** Σ w² rʲ, j from 0. */
  readonly #seconds = new PowerSums(2)
  /** Σ w⁴ rʲ. */
  readonly #fourths = new PowerSums(4)
  #weightSum = 0
  #earned = 0
  #largest = 0

  add({ reward, weight, predicted, predictedForTarget }: Observation): void {
    this.#ips.add(weight * reward)
    this.#doublyRobust.add(predictedForTarget + weight * (reward - predicted))
    this.#rewards.add(reward)
    this.#weights.add(weight)
    this.#weightSum += weight
    this.#earned += weight * reward
    this.#largest = Math.max(this.#largest, weight)
    this.#seconds.add(weight ** 2, reward)
    this.#fourths.add(weight ** 4, reward)
  }

  get count(): number {
    return this.#rewards.count
  }

  /** How many equally heavy decisions say as much: (Σw)² / Σw². */
  get effectiveSampleSize(): number {
    const squares = this.#seconds.total
    return squares === 0 ? 0 : this.#weightSum ** 2 / squares
  }

  /** 1 but for chance, where the propensities are what they say. */
  get meanWeight(): { readonly value: number; readonly standardError: number } {
    return { value: this.#weights.mean, standardError: Math.sqrt(this.#weights.variance()) }
  }

  get largestWeight(): number {
    return this.#largest
  }

  /** The part of all weight that the heaviest decision has. */
  get largestShare(): number {
    return this.#weightSum === 0 ? 0 : this.#largest / this.#weightSum
  }

  /** What these decisions earned as they were. */
  actual(): Estimate {
    return toEstimate(this.#rewards.spread())
  }

  estimates(): Estimates {
    return {
      ips: toEstimate(this.#ips.spread()),
      snips: toEstimate(this.#withMissing(this.#snips())),
      doublyRobust: toEstimate(this.#doublyRobust.spread()),
    }
  }

  /**
   * Weights average 1 where chance is even. What is missing of that, or too much, are mostly heavy
   * decisions so rare that they were not seen, of which the observed variance knows nothing. Their
   * ratings may be anything: the variance of an even spread over that.
   */
  #withMissing(spread: Spread): Spread {
    const missing = 1 - this.#weights.mean
    const worst = missing * Math.max(spread.value, 1 - spread.value)
    return { ...spread, variance: spread.variance + worst ** 2 / 3 }
  }

  #snips(): Spread {
    const value = this.#earned / this.#weightSum
    const squares = this.#seconds.around(value)
    const fourths = this.#fourths.around(value)
    const size = this.effectiveSampleSize
    return {
      value,
      variance: (squares / this.#weightSum ** 2) * (size / (size - 1)),
      freedom: freedomOf({ n: this.count, squares, fourths }),
    }
  }
}
