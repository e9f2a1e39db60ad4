import { fromNanoUsd } from '@imrs/core'
import type { PerformanceRow } from '@imrs/router'
import { z } from 'zod'

/** How the models of one agent did, as people who chat look at it. */
export interface FiguresWire {
  readonly agentId: string
  /** How many days back, today included. */
  readonly days: number
  /** The most used first. */
  readonly models: readonly ModelFiguresWire[]
}

/** How one model did. What nobody knows is `null`, and is not zero. */
export interface ModelFiguresWire {
  readonly model: string
  readonly requests: number
  readonly failures: number
  readonly rating: {
    readonly mean: number
    /** The 95 % interval of the mean. */
    readonly low: number
    readonly high: number
    readonly count: number
    /** Whether there are ratings enough to call it knowledge. */
    readonly isKnown: boolean
  } | null
  /** To the first visible part, milliseconds. */
  readonly firstPartMs: TimesWire | null
  /** Of completed calls, milliseconds. */
  readonly totalMs: TimesWire | null
  readonly costPerRequestUsd: number | null
}

/** Durations, milliseconds. */
export interface TimesWire {
  readonly p50: number
  readonly p95: number
  readonly count: number
}

const timesSchema = z.object({ p50: z.number(), p95: z.number(), count: z.int() }).nullable()

export const figuresWireSchema: z.ZodType<FiguresWire> = z.object({
  agentId: z.string(),
  days: z.int(),
  models: z.array(
    z.object({
      model: z.string(),
      requests: z.int(),
      failures: z.int(),
      rating: z
        .object({
          mean: z.number(),
          low: z.number(),
          high: z.number(),
          count: z.int(),
          isKnown: z.boolean(),
        })
        .nullable(),
      firstPartMs: timesSchema,
      totalMs: timesSchema,
      costPerRequestUsd: z.number().nullable(),
    }),
  ),
})

export function toModelFigures(row: PerformanceRow): ModelFiguresWire {
  const { modelId = '', requests, failures, costPerRequestNanoUsd: cost } = row
  return {
    model: modelId,
    requests,
    failures,
    rating: ratingOf(row),
    firstPartMs: timesOf(row.firstPartMs),
    totalMs: timesOf(row.totalMs),
    costPerRequestUsd: cost === undefined ? null : fromNanoUsd(Math.round(cost)),
  }
}

function ratingOf({ rating }: PerformanceRow): ModelFiguresWire['rating'] {
  if (rating === undefined) return null
  const { mean, low, high, count, isKnown } = rating
  return { mean, low, high, count, isKnown }
}

function timesOf(figure: PerformanceRow['totalMs']): TimesWire | null {
  if (figure === undefined) return null
  const { p50, p95, count } = figure
  return { p50, p95, count }
}
