import { ConfigError } from '@imrs/core'

/** What the engine believes before any rating, and how firmly: a weight is a number of ratings or of cells. */
export interface AdaptivePriors {
  /** The mean rating. Default: `0.5`. */
  readonly mean?: number | undefined
  /** Default: `5`. */
  readonly meanWeight?: number | undefined
  /** The variance of ratings of one model at one task. Default: `0.2`. */
  readonly noise?: number | undefined
  /** For all tasks together, and for each task around that. Default: `20`. */
  readonly noiseWeight?: number | undefined
  /** Neither variance of ratings is taken to be smaller. Default: `0.005`. */
  readonly minNoise?: number | undefined
  /** How firmly tasks are taken to be equally hard. Default: `25`. */
  readonly taskWeight?: number | undefined
  /** What one standard deviation of priority is worth. Default: `0.05`. */
  readonly priorityEffect?: number | undefined
  /** Default: `400`. */
  readonly priorityWeight?: number | undefined
  /**
   * What one standard deviation of published scores is worth, among models that have one; 0 leaves them
   * out of it. Default: `0.07`.
   */
  readonly publishedEffect?: number | undefined
  /** How firmly that is believed before ratings say whether it holds. Default: `30`. */
  readonly publishedWeight?: number | undefined
  /** The variance of models around what their priority and published score say. Default: `0.03`. */
  readonly modelSpread?: number | undefined
  /** Default: `3`. */
  readonly modelSpreadWeight?: number | undefined
  /** The variance of one model between tasks. Default: `0.03`. */
  readonly cellSpread?: number | undefined
  /** Default: `5`. */
  readonly cellSpreadWeight?: number | undefined
}

/** When a model counts as changed for the worse. */
export interface DriftOptions {
  /** Standard deviations that ratings must fall behind in sum; a lower one gives false alarms. Default: `20`. */
  readonly threshold?: number | undefined
  /** What each rating may fall behind for nothing, in standard deviations. Default: `0.35`. */
  readonly slack?: number | undefined
  /** Ratings a model must have in all. Default: `60`. */
  readonly minRatings?: number | undefined
  /** Ratings it must have for the task. Default: `15`. */
  readonly minCellRatings?: number | undefined
  /** As how many ratings all that a model had count at most, after an alarm. Default: `40`. */
  readonly keptRatings?: number | undefined
}

/** Options of `adaptive`. */
export interface AdaptiveOptions {
  /**
   * What a lower price is worth: 0 is quality only, 1 price only. At `d`, a model that costs as much
   * more as the median model costs in all must be better by `0.1 · d / (1 − d)`. A request may bring its
   * own, `ChatRequest.costQuality`, which counts for it. Default: `0`.
   */
  readonly costQuality?: number | undefined
  /** How much of what is not known is tried: standard deviations of a belief are taken times this. Default: `0.7`. */
  readonly exploration?: number | undefined
  /**
   * After so many ratings of a task for each candidate exploration is down to 0.71 of that, and on as
   * one over the square root: what is worth trying once the task is known is worth less. Default: `12`.
   */
  readonly coolingRatings?: number | undefined
  /** The share of requests whose model is drawn uniformly, without which no other strategy can be evaluated. Default: `0.02`. */
  readonly epsilon?: number | undefined
  /** How often the winner is drawn; one of them is played. Default: `32`. */
  readonly draws?: number | undefined
  /** A rating counts half after so many months. Default: `6`. */
  readonly halfLifeMonths?: number | undefined
  /** As how many ratings of its own a cell of a wider scope counts at most. Default: `20`. */
  readonly scopeWeight?: number | undefined
  /** The shared figures are found anew after so many ratings, the first ones sooner; the ratings themselves count at once. Default: `20`. */
  readonly refreshEvery?: number | undefined
  /** A model that joins later is taken to be as good as the best until it has so many ratings. Default: `20`. */
  readonly newcomerRatings?: number | undefined
  readonly drift?: DriftOptions | undefined
  readonly priors?: AdaptivePriors | undefined
}

type AllOf<Options> = { readonly [Key in keyof Options]-?: Exclude<Options[Key], undefined> }

/** Options of the engine with everything filled in. */
export interface ResolvedAdaptiveOptions extends AllOf<
  Omit<AdaptiveOptions, 'costQuality' | 'drift' | 'priors'>
> {
  /** Score that one median price is worth: λ. */
  readonly costWeight: number
  readonly drift: AllOf<DriftOptions>
  readonly priors: AllOf<AdaptivePriors>
}

const DEFAULT_PRIORS: AllOf<AdaptivePriors> = {
  mean: 0.5,
  meanWeight: 5,
  noise: 0.2,
  noiseWeight: 20,
  minNoise: 0.005,
  taskWeight: 25,
  priorityEffect: 0.05,
  priorityWeight: 400,
  publishedEffect: 0.07,
  publishedWeight: 30,
  modelSpread: 0.03,
  modelSpreadWeight: 3,
  cellSpread: 0.03,
  cellSpreadWeight: 5,
}

const DEFAULT_DRIFT: AllOf<DriftOptions> = {
  threshold: 20,
  slack: 0.35,
  minRatings: 60,
  minCellRatings: 15,
  keptRatings: 40,
}

/** λ at a dial of one half. */
const MIDDLE_COST_WEIGHT = 0.1

/** λ where price alone counts: beyond any difference in quality. */
const LARGEST_COST_WEIGHT = 1e6

/** What one median price is worth at a dial from 0 to 1, in score: λ. */
export function costWeightOf(dial: number): number {
  return Math.min(LARGEST_COST_WEIGHT, (MIDDLE_COST_WEIGHT * dial) / (1 - dial))
}

/** The same options with the dial of a request in the place of their own. */
export function withDial(
  options: ResolvedAdaptiveOptions,
  dial: number | undefined,
): ResolvedAdaptiveOptions {
  return dial === undefined ? options : { ...options, costWeight: costWeightOf(dial) }
}

/** @throws ConfigError that names the field, the rule and the value. */
export function resolveAdaptiveOptions(options: AdaptiveOptions = {}): ResolvedAdaptiveOptions {
  const dial = numberOf('costQuality', options.costQuality ?? 0, SHARE)
  return Object.freeze({
    costWeight: costWeightOf(dial),
    exploration: numberOf('exploration', options.exploration ?? 0.7, NOT_NEGATIVE),
    coolingRatings: numberOf('coolingRatings', options.coolingRatings ?? 12, POSITIVE),
    epsilon: numberOf('epsilon', options.epsilon ?? 0.02, SHARE),
    draws: wholeOf('draws', options.draws ?? 32),
    halfLifeMonths: numberOf('halfLifeMonths', options.halfLifeMonths ?? 6, POSITIVE),
    scopeWeight: numberOf('scopeWeight', options.scopeWeight ?? 20, NOT_NEGATIVE),
    refreshEvery: wholeOf('refreshEvery', options.refreshEvery ?? 20),
    newcomerRatings: numberOf('newcomerRatings', options.newcomerRatings ?? 20, NOT_NEGATIVE),
    drift: groupOf('drift', DEFAULT_DRIFT, options.drift),
    priors: groupOf('priors', DEFAULT_PRIORS, options.priors),
  })
}

function groupOf<Group extends object>(
  group: string,
  defaults: Group,
  given: { readonly [Key in keyof Group]?: number | undefined } | undefined,
): Group {
  const values = Object.entries<number>(defaults as Record<string, number>).map(
    ([name, byDefault]) => {
      const value = (given as Record<string, number | undefined> | undefined)?.[name] ?? byDefault
      const range = name === 'publishedEffect' ? NOT_NEGATIVE : POSITIVE
      return [name, numberOf(`${group}.${name}`, value, range)]
    },
  )
  // Made of the entries of `defaults`, name by name.
  return Object.freeze(Object.fromEntries(values)) as Group
}

interface Range {
  readonly holds: (value: number) => boolean
  readonly text: string
}

const SHARE: Range = { holds: (value) => value >= 0 && value <= 1, text: 'from 0 to 1' }
const NOT_NEGATIVE: Range = { holds: (value) => value >= 0, text: 'of 0 or more' }
const POSITIVE: Range = { holds: (value) => value > 0, text: 'above 0' }

function numberOf(name: string, value: number, { holds, text }: Range): number {
  if (Number.isFinite(value) && holds(value)) return value
  throw new ConfigError(`\`${name}\` must be a number ${text}, got ${String(value)}`)
}

function wholeOf(name: string, value: number): number {
  if (Number.isInteger(value) && value > 0) return value
  throw new ConfigError(`\`${name}\` must be a whole number of 1 or more, got ${String(value)}`)
}
