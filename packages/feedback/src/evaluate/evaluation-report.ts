import type { OpeIneligibility } from '@imrs/core'

import type { Estimate } from './estimate.ts'
import type { Estimates } from './estimators.ts'

/** Why an eligible decision says nothing of one strategy. */
export type UnusableReason =
  /** More models were candidates than were stored, or the played one is not among them. */
  | 'candidates-not-stored'
  /** The stored propensity is not above 0 and at most 1. */
  | 'no-propensity'
  /** The strategy put no candidate first. */
  | 'chose-none'

/** Why a strategy is not judged. */
export type EvaluationRefusal =
  /** No rated decision can be used. */
  | 'no-decisions'
  /** It would play models that the log had no chance of playing. */
  | 'no-support'
  /** Too few decisions bear on it. */
  | 'small-sample'
  /** The weights do not average 1: propensities are not what the log says, or heavy decisions are missing. */
  | 'wrong-propensities'

/** What became of the rated decisions of the period. */
export interface EvaluationCounts {
  /** Decisions whose answer was rated. */
  readonly rated: number
  /** Those that can serve evaluation at all. */
  readonly eligible: number
  /** The others, by reason. */
  readonly notEligible: Readonly<Partial<Record<OpeIneligibility, number>>>
  /** Eligible ones that say nothing of this strategy, by reason. */
  readonly unusable: Readonly<Partial<Record<UnusableReason, number>>>
  /** What the estimates rest on. */
  readonly used: number
}

/** How far the log can be trusted to say something of a strategy. */
export interface EvaluationDiagnostics {
  /** How many equally heavy decisions would say as much: (Σw)² / Σw². */
  readonly effectiveSampleSize: number
  /** 1 but for chance, where propensities are right. */
  readonly meanWeight: number
  /** No weight is cut. */
  readonly largestWeight: number
  /** The part of all weight that the heaviest decision has, 0 to 1. */
  readonly largestShare: number
  /** The share of what the strategy would play that the log had no chance of playing, 0 to 1. */
  readonly unsupported: number
}

/** What a strategy would have earned on logged requests, with the knowledge that the log had at each of them. */
export interface EvaluationReport {
  readonly strategy: { readonly name: string; readonly version: string }
  readonly counts: EvaluationCounts
  readonly diagnostics: EvaluationDiagnostics
  /** The mean rating of the used decisions as they were; absent when there are none. */
  readonly actual?: Estimate | undefined
  /** The doubly robust estimate; absent when refused. */
  readonly value?: Estimate | undefined
  /** All three; absent when refused. */
  readonly estimates?: Estimates | undefined
  readonly refused?: { readonly kind: EvaluationRefusal; readonly reason: string } | undefined
  /** What to be careful about, a sentence each. */
  readonly warnings: readonly string[]
  /** `Strategy weighted would have earned 0.71 (0.68–0.74) against 0.66 actually.` */
  readonly sentence: string
}
