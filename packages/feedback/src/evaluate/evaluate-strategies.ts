import type { RatedDecision, Strategy } from '@imrs/core'
import { ConfigError, fromRatingMilli } from '@imrs/core'

import type { EvaluationReport } from './evaluation-report.ts'
import { toLoggedRequest } from './logged-request.ts'
import type { CandidateFactsOf } from './logged-request.ts'
import { RewardModel } from './reward-model.ts'
import { LogTally, TargetTally } from './tally.ts'
import { toReport } from './to-report.ts'

export interface EvaluateOptions {
  /** One report each, in this order. */
  readonly strategies: readonly Strategy[]
  /** In the order of time. Read once, one at a time. */
  readonly decisions: AsyncIterable<RatedDecision> | Iterable<RatedDecision>
  /**
   * What the catalogue says of a model. Decisions keep priorities and ratings of their candidates and
   * no prices: without this, a strategy that goes by price sees none. Default: nothing is known.
   */
  readonly factsOf?: CandidateFactsOf | undefined
  /**
   * Only decisions put down to the strategy of exactly this name, such as
   * `experiment:new/b:adaptive`: one arm of an experiment by itself. Default: all.
   */
  readonly loggedBy?: string | undefined
  /** How often a strategy that uses chance is asked about each decision. Default: `64`. */
  readonly draws?: number | undefined
  /** Stops between two decisions. */
  readonly signal?: AbortSignal | undefined
}

const DEFAULT_DRAWS = 64

/**
 * Says of each strategy what it would have earned on the logged requests, with the knowledge that the
 * log had at each of them: off-policy evaluation. One pass, in memory that grows with tasks times
 * models and not with the log. Pure: no clock, no chance but the decisions' seeds.
 *
 * @throws ConfigError when `draws` is not a positive integer; what a strategy throws.
 */
export async function evaluateStrategies(
  options: EvaluateOptions,
): Promise<readonly EvaluationReport[]> {
  const { strategies, decisions, loggedBy, signal, factsOf = () => undefined } = options
  const draws = positiveInteger('draws', options.draws ?? DEFAULT_DRAWS)
  const rewardModel = new RewardModel()
  const log = new LogTally()
  const isOneArm = loggedBy !== undefined
  const targets = strategies.map(
    (strategy) => new TargetTally({ strategy, rewardModel, draws, isOneArm }),
  )
  signal?.throwIfAborted()
  for await (const { decision, ratingMilli } of decisions) {
    signal?.throwIfAborted()
    if (loggedBy !== undefined && decision.strategy.name !== loggedBy) continue
    if (!log.add(decision)) continue
    const reward = fromRatingMilli(ratingMilli)
    const rated = { decision, reward, request: toLoggedRequest(decision, factsOf) }
    for (const target of targets) target.add(rated)
    // Only now: no rating predicts itself.
    rewardModel.observe(decision.task.type, decision.modelId, reward)
  }
  return targets.map((target) => toReport(log, target))
}

function positiveInteger(name: string, value: number): number {
  if (Number.isInteger(value) && value > 0) return value
  throw new ConfigError(`\`${name}\` must be a positive integer, got ${String(value)}`)
}
