import type { ModelWire, PerformanceWire } from '../api/wire.ts'

/** What was spent, and what one model would have cost for the same tokens. */
export interface SavingsSum {
  readonly actualUsd: number
  readonly baselineUsd: number
  /** Negative when it would have been cheaper. */
  readonly savedUsd: number
  readonly answers: number
  /** Answers of models with calls of unknown cost: they are on neither side. */
  readonly answersLeftOut: number
  readonly rows: readonly SavingsRow[]
}

/** One model's part. */
export interface SavingsRow {
  readonly model: string
  readonly answers: number
  readonly inputTokens: number
  readonly outputTokens: number
  readonly actualUsd: number
  readonly baselineUsd: number
}

export type Baseline = Pick<ModelWire, 'pricing_input' | 'pricing_output'>

/** Whether a model can be what others are compared with: both its prices are known. */
export function canBeBaseline({ pricing_input: input, pricing_output: output }: Baseline): boolean {
  return input !== null && output !== null
}

/**
 * The tokens of each model at the baseline's prices of today. Other tokenizers would have counted
 * differently, and caches are not thought of: it is an estimate.
 */
export function savingsSum(rows: readonly PerformanceWire[], baseline: Baseline): SavingsSum {
  const isPriced = ({ unpriced_call_count: unpriced }: PerformanceWire): boolean => unpriced === 0
  const priced = rows.filter(isPriced).map((row) => toRow(row, baseline))
  const sumOf = (valueOf: (row: SavingsRow) => number): number =>
    priced.reduce((sum, row) => sum + valueOf(row), 0)
  const actualUsd = sumOf((row) => row.actualUsd)
  const baselineUsd = sumOf((row) => row.baselineUsd)
  return {
    actualUsd,
    baselineUsd,
    savedUsd: baselineUsd - actualUsd,
    answers: sumOf(({ answers }) => answers),
    answersLeftOut: rows
      .filter((row) => !isPriced(row))
      .reduce((sum, { usage_count: count }) => sum + count, 0),
    rows: priced,
  }
}

function toRow(row: PerformanceWire, baseline: Baseline): SavingsRow {
  const { input_tokens: inputTokens, output_tokens: outputTokens } = row
  const inputUsd = inputTokens * Number(baseline.pricing_input)
  const outputUsd = outputTokens * Number(baseline.pricing_output)
  return {
    model: row.model ?? '',
    answers: row.usage_count,
    inputTokens,
    outputTokens,
    actualUsd: row.cost_usd,
    baselineUsd: (inputUsd + outputUsd) / 1_000_000,
  }
}
