import { evaluateStrategies } from '@imrs/feedback'
import type { EvaluationReport } from '@imrs/feedback'

import { adaptive } from '../../strategies/adaptive/adaptive.ts'
import { makeLog } from './logged-outcomes.ts'
import type { KnownOutcomes, MadeLog } from './logged-outcomes.ts'
import { fourTargets } from './targets.ts'

export interface JudgeOptions {
  readonly runs: number
  readonly outcomesOf: (run: number) => KnownOutcomes
  /** Changes what was logged. Default: nothing is changed. */
  readonly change?: ((decisions: MadeLog['decisions']) => MadeLog['decisions']) | undefined
}

/** How one target fared over many logs. */
export interface Judged {
  /** Logs in which it was not refused. */
  readonly judged: number
  readonly refused: Readonly<Partial<Record<string, number>>>
  /** The share of those in which the interval holds the truth. */
  readonly covered: { readonly snips: number; readonly doublyRobust: number }
  /** By how much the estimates miss it, on average. */
  readonly missed: { readonly snips: number; readonly doublyRobust: number }
}

const ESTIMATORS = ['snips', 'doublyRobust'] as const

/** Makes logs with `adaptive` and evaluates four other policies by each; by their names. */
export async function judgeLogs(options: JudgeOptions): Promise<ReadonlyMap<string, Judged>> {
  const { runs, outcomesOf, change = (decisions) => decisions } = options
  const tallies = new Map<string, Tally>()
  for (let run = 1; run <= runs; run += 1) {
    const outcomes = outcomesOf(run)
    const targets = fourTargets(outcomes)
    const log = makeLog({ outcomes, logging: adaptive(), targets, seed: run + 1_000 })
    const reports = await evaluateStrategies({
      strategies: targets,
      decisions: change(log.decisions),
      // Fewer than by default, to save time: shares are right on average however few they are.
      draws: 16,
    })
    for (const [index, report] of reports.entries()) {
      const tally = tallies.get(report.strategy.name) ?? new Tally()
      tallies.set(report.strategy.name, tally)
      tally.add(report, log.truths[index] ?? Number.NaN)
    }
  }
  return new Map([...tallies].map(([name, tally]) => [name, tally.result()]))
}

class Tally {
  #judged = 0
  readonly #refused: Partial<Record<string, number>> = {}
  readonly #covered = { snips: 0, doublyRobust: 0 }
  readonly #missed = { snips: 0, doublyRobust: 0 }

  add({ refused, estimates }: EvaluationReport, truth: number): void {
    if (refused !== undefined) this.#refused[refused.kind] = (this.#refused[refused.kind] ?? 0) + 1
    if (estimates === undefined) return
    this.#judged += 1
    for (const name of ESTIMATORS) {
      const { low, high, value } = estimates[name]
      if (low <= truth && truth <= high) this.#covered[name] += 1
      this.#missed[name] += Math.abs(value - truth)
    }
  }

  result(): Judged {
    const share = (sums: { snips: number; doublyRobust: number }): Judged['covered'] => ({
      snips: sums.snips / this.#judged,
      doublyRobust: sums.doublyRobust / this.#judged,
    })
    return {
      judged: this.#judged,
      refused: this.#refused,
      covered: share(this.#covered),
      missed: share(this.#missed),
    }
  }
}
