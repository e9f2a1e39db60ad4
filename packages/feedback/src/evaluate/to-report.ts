import type { Strategy } from '@imrs/core'

import type { Estimate } from './estimate.ts'
import type {
  EvaluationCounts,
  EvaluationDiagnostics,
  EvaluationRefusal,
  EvaluationReport,
} from './evaluation-report.ts'
import type { LogTally, TargetTally } from './tally.ts'

/** An effective sample size below this is no basis. */
export const LEAST_SAMPLE_SIZE = 100

/** More than this of what a strategy would play must have had a chance. */
const MOST_UNSUPPORTED = 0.01
/** Of all rated decisions: above this share, answers that another model gave are said to be many. */
const MOST_NOT_RANK_ONE = 0.05
const MOST_UNUSABLE = 0.05
/** One decision that carries more than this of all weight is named. */
const MOST_OF_ONE = 0.05
/** How far from 1 weights may average: so many standard errors, or so much, whichever is more. */
const WEIGHT_ERRORS = 5
const WEIGHT_TOLERANCE = 0.1

export function toReport(log: LogTally, target: TargetTally): EvaluationReport {
  const { strategy, estimators, unusable } = target
  const used = estimators.count
  const { rated, eligible, notEligible } = log
  const counts = { rated, eligible, notEligible, unusable, used }
  const diagnostics = diagnosticsOf(target)
  const refused = refusalOf(counts, target, diagnostics)
  const actual = used === 0 ? undefined : estimators.actual()
  const estimates = refused === undefined ? estimators.estimates() : undefined
  const value = estimates?.doublyRobust
  return {
    strategy: { name: strategy.name, version: strategy.version },
    counts,
    diagnostics,
    actual,
    value,
    estimates,
    refused,
    warnings: warningsOf(counts, target, diagnostics),
    sentence:
      value === undefined || actual === undefined
        ? `Strategy ${strategy.name} is not judged: ${refused?.reason ?? ''}`
        : sentenceOf(strategy, value, actual),
  }
}

function diagnosticsOf({ estimators, unsupported }: TargetTally): EvaluationDiagnostics {
  return {
    effectiveSampleSize: estimators.effectiveSampleSize,
    meanWeight: estimators.meanWeight.value,
    largestWeight: estimators.largestWeight,
    largestShare: estimators.largestShare,
    unsupported,
  }
}

function refusalOf(
  { rated, used }: EvaluationCounts,
  { estimators }: TargetTally,
  { effectiveSampleSize, meanWeight, unsupported }: EvaluationDiagnostics,
): EvaluationReport['refused'] {
  if (used === 0) {
    return refuse('no-decisions', `none of ${count(rated, 'rated decision')} can be used.`)
  }
  if (unsupported > MOST_UNSUPPORTED) {
    return refuse(
      'no-support',
      `in ${percent(unsupported)} of the decisions it would play a model that the log had no chance of playing.`,
    )
  }
  if (effectiveSampleSize < LEAST_SAMPLE_SIZE) {
    return refuse(
      'small-sample',
      `${count(used, 'decision')} say as much of it as ${effectiveSampleSize.toFixed(0)} of its own would, and ${LEAST_SAMPLE_SIZE} are needed.`,
    )
  }
  const tolerance = Math.max(WEIGHT_TOLERANCE, WEIGHT_ERRORS * estimators.meanWeight.standardError)
  if (Math.abs(meanWeight - 1) > tolerance) {
    return refuse(
      'wrong-propensities',
      `weights average ${meanWeight.toFixed(2)} where 1 is right: the propensities in the log are wrong, or the decisions that would tell most are missing.`,
    )
  }
  return undefined
}

function refuse(
  kind: EvaluationRefusal,
  reason: string,
): { readonly kind: EvaluationRefusal; readonly reason: string } {
  return { kind, reason }
}

function warningsOf(
  { rated, eligible, notEligible, unusable, used }: EvaluationCounts,
  target: TargetTally,
  { largestShare, unsupported }: EvaluationDiagnostics,
): readonly string[] {
  const notRankOne = notEligible['not-rank-one'] ?? 0
  const skipped = eligible - used
  const warnings: readonly (readonly [boolean, string])[] = [
    [
      notRankOne > MOST_NOT_RANK_ONE * rated,
      `${percent(notRankOne / rated)} of the rated answers came from another model than the first-ranked one; what those requests were like is missing here.`,
    ],
    [
      skipped > MOST_UNUSABLE * eligible,
      `${percent(skipped / eligible)} of the eligible decisions say nothing of this strategy: ${reasonsOf(unusable)}.`,
    ],
    [
      unsupported > 0 && unsupported <= MOST_UNSUPPORTED,
      `In ${percent(unsupported)} of the decisions it would play a model that the log had no chance of playing.`,
    ],
    [largestShare > MOST_OF_ONE, `One decision carries ${percent(largestShare)} of all weight.`],
    [
      target.approximated > 0,
      'It learns, and was shown only what decisions keep: the ratings of their agent for their task. With all it would know, it may do better.',
    ],
  ]
  return warnings.filter(([holds]) => holds).map(([, warning]) => warning)
}

function reasonsOf(counts: Readonly<Partial<Record<string, number>>>): string {
  return Object.entries(counts)
    .map(([reason, number]) => `${number ?? 0} ${reason}`)
    .join(', ')
}

function sentenceOf({ name }: Strategy, value: Estimate, actual: Estimate): string {
  const interval = `${rating(value.low)}–${rating(value.high)}`
  return `Strategy ${name} would have earned ${rating(value.value)} (${interval}) against ${rating(actual.value)} actually.`
}

function rating(value: number): string {
  return value.toFixed(2)
}

function percent(share: number): string {
  return `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}
