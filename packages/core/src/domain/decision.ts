import type { Capability } from './capability.ts'
import type { DetectedTask } from './task.ts'

/** Where the choice came from. */
export const DECISION_SOURCES = [
  /** The request named the model. */
  'explicit',
  /** The user's stored selection named it. */
  'preference',
  /** Nobody chose; the host's default model. */
  'default',
  /** The router chose. */
  'auto',
  /** The router could not choose, so the default model answered. */
  'fallback-default',
] as const
export type DecisionSource = (typeof DECISION_SOURCES)[number]

/** Why a model was not a candidate, in the order the filters run. */
export const EXCLUSION_REASONS = [
  'not-enabled',
  /** The request asked for a preset, and the model is not in it. */
  'not-in-preset',
  'provider-inactive',
  'unavailable',
  'missing-credential',
  /** The secret store could not say; no call is made on a guess. */
  'credential-unknown',
  'missing-capability',
  'context-too-small',
  'not-allowed',
  'role',
  'vetoed',
  'unhealthy',
  /** Its breaker is open after failures. */
  'breaker-open',
  'budget-exhausted',
  /** It does not take a parameter that the request insists on. */
  'unsupported-parameter',
] as const
export type ExclusionReason = (typeof EXCLUSION_REASONS)[number]

/** A candidate as the strategy saw it. */
export interface RankedCandidate {
  readonly modelId: string
  readonly score: number
  /** Priority that counted for this agent, 0 to 1. */
  readonly priority: number
  /** Average rating for this task, 0 to 1; `undefined` when there are no ratings. */
  readonly experience?: number | undefined
  /** Ratings behind {@link experience}. */
  readonly ratings: number
  /** What benchmarks gave it, 0 to 1; absent where nothing is known. */
  readonly published?: number | undefined
}

export interface Exclusions {
  /** How many models each filter removed. */
  readonly counts: Readonly<Partial<Record<ExclusionReason, number>>>
  /** At most 20 of them. */
  readonly examples: readonly { readonly modelId: string; readonly reason: ExclusionReason }[]
}

/** At most this many ranked candidates are stored with a decision. */
export const STORED_CANDIDATES_LIMIT = 64
export const STORED_EXCLUSIONS_LIMIT = 20

/** Why a decision cannot serve off-policy evaluation, though it still teaches experience. */
export type OpeIneligibility =
  | 'explicit-choice'
  | 'default-model'
  | 'not-rank-one'
  | 'half-open-probe'
  | 'sticky'

/** The winners were drawn `draws` times and one of them was played: what makes a propensity exact. */
export interface PropensityLog {
  /** How often the played model won. */
  readonly count: number
  readonly draws: number
  /** The share of requests whose model is drawn uniformly. */
  readonly epsilon: number
  /** How many candidates a uniform draw is among. */
  readonly candidates: number
  /** What that was multiplied by: the chance of an experiment's arm, of one of several equal providers. Default: 1. */
  readonly share?: number | undefined
  /**
   * The chance of the experiment's arm, which is in {@link share}: the propensity over it is the
   * chance within the arm. Absent: there was no arm, or the model was certain in either.
   */
  readonly armShare?: number | undefined
  /**
   * What counts of the decision where both arms are evaluated together and one of them draws: the
   * arm's part among arms that draw, 0 for the one that does not. Absent: all of it.
   */
  readonly armWeight?: number | undefined
}

/** One choice of a model, complete enough to be explained and replayed: a row of `routing_decisions`. */
export interface Decision {
  readonly id: string
  readonly messageId: string
  readonly tenantId: string
  readonly agentId: string
  readonly userId?: string | undefined
  readonly atMs: number
  readonly source: DecisionSource
  readonly modelId: string
  /** The id of the preset that was asked for; absent when none was. */
  readonly preset?: string | undefined
  readonly task: DetectedTask
  readonly requiredCapabilities: readonly Capability[]
  /** Best first; empty when the choice was not the router's. At most {@link STORED_CANDIDATES_LIMIT}. */
  readonly candidates: readonly RankedCandidate[]
  /** Candidates in all, stored or not. */
  readonly candidateCount: number
  readonly exclusions: Exclusions
  /** Probability with which the strategy put this model first, given the logged input. */
  readonly propensity: number
  readonly propensityLog?: PropensityLog | undefined
  readonly opeEligible: boolean
  readonly opeReason?: OpeIneligibility | undefined
  readonly strategy: { readonly name: string; readonly version: string }
  /** The request's own dial between quality, 0, and price, 1, which ruled. Absent: the strategy's own did, if it has one. */
  readonly costQuality?: number | undefined
  /** The request's dial, where it ruled nothing: the strategy has none, or the choice was not the router's. */
  readonly ignoredCostQuality?: number | undefined
  readonly snapshotVersion: string
  /** An unsigned 32-bit integer. */
  readonly seed: number
  /** Whether the stored candidates are all there were, so that the ranking can be computed again. */
  readonly replayable: boolean
}
