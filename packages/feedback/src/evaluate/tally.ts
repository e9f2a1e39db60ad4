import type { Decision, OpeIneligibility, Strategy } from '@imrs/core'

import { Estimators } from './estimators.ts'
import type { UnusableReason } from './evaluation-report.ts'
import type { LoggedRequest } from './logged-request.ts'
import { loggedWeight, nameWithoutArm } from './logged-weight.ts'
import type { RewardModel } from './reward-model.ts'
import { targetShares } from './target-shares.ts'

type Counts<Key extends string> = Partial<Record<Key, number>>

/** One rated decision that can serve evaluation. */
export interface RatedRequest {
  readonly decision: Decision
  readonly reward: number
  /** `undefined` when not all candidates were stored. */
  readonly request: LoggedRequest | undefined
}

/** The decisions of the log, whatever is evaluated. */
export class LogTally {
  readonly notEligible: Counts<OpeIneligibility> = {}
  rated = 0
  eligible = 0

  /** Counts a decision; tells whether it can serve evaluation. */
  add({ opeEligible, opeReason = 'explicit-choice' }: Decision): boolean {
    this.rated += 1
    if (opeEligible) this.eligible += 1
    else this.notEligible[opeReason] = (this.notEligible[opeReason] ?? 0) + 1
    return opeEligible
  }
}

export interface TargetOptions {
  readonly strategy: Strategy
  readonly rewardModel: RewardModel
  /** For strategies that use chance. */
  readonly draws: number
  /** Whether the log is of one arm of an experiment at most. */
  readonly isOneArm: boolean
}

/** One strategy that is evaluated, in memory that does not grow with the log. */
export class TargetTally {
  readonly strategy: Strategy
  readonly estimators: Estimators = new Estimators()
  readonly unusable: Counts<UnusableReason> = {}
  readonly #rewardModel: RewardModel
  readonly #draws: number
  readonly #isOneArm: boolean
  #unsupported = 0
  #approximated = 0

  constructor({ strategy, rewardModel, draws, isOneArm }: TargetOptions) {
    this.strategy = strategy
    this.#rewardModel = rewardModel
    this.#draws = draws
    this.#isOneArm = isOneArm
  }

  /** The share of what it would play that had no chance of being played. */
  get unsupported(): number {
    const { count } = this.estimators
    return count === 0 ? 0 : this.#unsupported / count
  }

  /** How often a strategy that learns saw only what decisions keep of ratings. */
  get approximated(): number {
    return this.#approximated
  }

  add(rated: RatedRequest): void {
    const { decision } = rated
    if (!(decision.propensity > 0 && decision.propensity <= 1)) this.#skip('no-propensity')
    else if (this.#isOwn(decision)) this.#addOwn(rated)
    else this.#addOther(rated)
  }

  #isOwn({ strategy: { name, version } }: Decision): boolean {
    return nameWithoutArm(name) === this.strategy.name && version === this.strategy.version
  }

  /** The target plays what the log did with the same probability, so the decision counts as it is, or for both arms. */
  #addOwn({ decision, reward }: RatedRequest): void {
    const predicted = this.#rewardModel.predict(decision.task.type, decision.modelId)
    const weight = loggedWeight(decision, this.#isOneArm).factor
    this.estimators.add({ reward, weight, predicted, predictedForTarget: predicted })
  }

  #addOther({ decision, reward, request }: RatedRequest): void {
    if (request === undefined) return this.#skip('candidates-not-stored')
    const shares = targetShares(this.strategy, request, this.#draws)
    if (shares === undefined) return this.#skip('chose-none')
    if (this.strategy.learn !== undefined) this.#approximated += 1
    const share = shares[request.loggedRow] ?? 0
    const { within, factor } = loggedWeight(decision, this.#isOneArm)
    if (!this.#mayHavePlayedOthers(decision, within)) this.#unsupported += factor * (1 - share)
    const expects = (modelId: string): number =>
      this.#rewardModel.predict(decision.task.type, modelId)
    this.estimators.add({
      reward,
      weight: (factor * share) / within,
      predicted: expects(decision.modelId),
      predictedForTarget: shares.reduce(
        (sum, each, row) =>
          each === 0 ? sum : sum + each * expects(request.table.modelIds[row] ?? ''),
        0,
      ),
    })
  }

  /** Without a uniform share, winners that were not drawn had no chance. */
  #mayHavePlayedOthers({ propensityLog }: Decision, within: number): boolean {
    // The other arm played for certain as well; what it played shows in the mean of the weights.
    const { armShare, armWeight, epsilon } = propensityLog ?? {}
    if (!this.#isOneArm && armShare !== undefined && armWeight === undefined) return true
    return within < 1 && epsilon !== 0
  }

  #skip(reason: UnusableReason): void {
    this.unusable[reason] = (this.unusable[reason] ?? 0) + 1
  }
}
