import type { Router } from '@imrs/router'
import { z } from 'zod'

type Report = Awaited<ReturnType<Router['evaluate']>>[number]
type Estimate = NonNullable<Report['value']>

/** An average rating and its 95 % interval. */
export interface EstimateWire {
  readonly mean: number
  readonly low: number
  readonly high: number
}

/** What a strategy would have earned, as it travels; `null` where that is refused, with the reason. */
export interface EvaluationWire {
  readonly strategy: string
  readonly version: string
  /** What the requests earned as they were. */
  readonly actual: EstimateWire | null
  readonly value: EstimateWire | null
  readonly rated_decisions: number
  readonly used_decisions: number
  readonly effective_sample_size: number
  readonly refused: { readonly kind: string; readonly reason: string } | null
  readonly warnings: readonly string[]
  readonly sentence: string
}

const estimateSchema = z.object({ mean: z.number(), low: z.number(), high: z.number() })

export const evaluationWireSchema: z.ZodType<EvaluationWire> = z.object({
  strategy: z.string(),
  version: z.string(),
  actual: estimateSchema.nullable(),
  value: estimateSchema.nullable(),
  rated_decisions: z.int(),
  used_decisions: z.int(),
  effective_sample_size: z.number(),
  refused: z.object({ kind: z.string(), reason: z.string() }).nullable(),
  warnings: z.array(z.string()),
  sentence: z.string(),
})

export function toEvaluationWire(report: Report): EvaluationWire {
  return {
    strategy: report.strategy.name,
    version: report.strategy.version,
    actual: toEstimate(report.actual),
    value: toEstimate(report.value),
    rated_decisions: report.counts.rated,
    used_decisions: report.counts.used,
    effective_sample_size: report.diagnostics.effectiveSampleSize,
    refused: report.refused ?? null,
    warnings: report.warnings,
    sentence: report.sentence,
  }
}

function toEstimate(estimate: Estimate | undefined): EstimateWire | null {
  return estimate === undefined
    ? null
    : { mean: estimate.value, low: estimate.low, high: estimate.high }
}
