import { ImrsError, fromNanoUsd } from '@imrs/core'
import type { PerformanceRow, RatingFigure, Router } from '@imrs/router'
import type { Request, RequestHandler } from 'express'

import { MASCOT_AGENT } from './mascot-agent.ts'

const DAY_MS = 86_400_000
const DEFAULT_DAYS = 30
const MOST_DAYS = 366

/** How the models of the mascot did, the most used first. */
export interface PerformanceFigures {
  /** How many days back, today included. */
  readonly days: number
  readonly models: readonly ModelFigures[]
}

/** How one model did. What nobody knows is absent, and is not zero. */
export type ModelFigures = Pick<
  PerformanceRow,
  'requests' | 'failures' | 'firstPartMs' | 'totalMs'
> & {
  readonly model: string
  readonly rating?: Pick<RatingFigure, 'mean' | 'low' | 'high' | 'count' | 'isKnown'> | undefined
  readonly costPerRequestUsd?: number | undefined
}

/** `GET /api/performance`: the models of this chat's agent alone, in the last `?days=`, 30 unless told. */
export function performanceRoute(router: Pick<Router, 'performance'>): RequestHandler {
  return async (request, response) => {
    const days = daysOf(request)
    const fromMs = Date.now() - (days - 1) * DAY_MS
    const { rows } = await router.performance.report({ agentId: MASCOT_AGENT, fromMs })
    const figures: PerformanceFigures = { days, models: rows.map(toFigures) }
    response.json(figures)
  }
}

function daysOf(request: Request): number {
  const text = request.query['days']
  if (text === undefined) return DEFAULT_DAYS
  const days = typeof text === 'string' && /^\d{1,3}$/.test(text) ? Number(text) : 0
  if (days >= 1 && days <= MOST_DAYS) return days
  throw new ImrsError(
    'invalid-request',
    `\`days\` must be a whole number from 1 to ${MOST_DAYS}, got ${JSON.stringify(text)}`,
    { field: 'days' },
  )
}

function toFigures(row: PerformanceRow): ModelFigures {
  const { modelId = '', requests, failures, rating, firstPartMs, totalMs } = row
  const cost = row.costPerRequestNanoUsd
  return {
    model: modelId,
    requests,
    failures,
    firstPartMs,
    totalMs,
    rating: rating === undefined ? undefined : toRating(rating),
    costPerRequestUsd: cost === undefined ? undefined : fromNanoUsd(Math.round(cost)),
  }
}

function toRating({ mean, low, high, count, isKnown }: RatingFigure): ModelFigures['rating'] {
  return { mean, low, high, count, isKnown }
}
