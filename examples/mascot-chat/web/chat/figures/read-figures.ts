import { pageFetch } from '../app/greeted-fetch.ts'

/** The mean of what thumbs said, from 0 to 1. */
export interface Rating {
  readonly mean: number
  readonly count: number
  /** Whether there are enough of them to be relied on. */
  readonly isKnown: boolean
}

interface Times {
  readonly p50: number
}

/** How one model did; `null` is unknown. */
export interface ModelFigures {
  readonly model: string
  readonly requests: number
  readonly failures: number
  readonly rating: Rating | null
  readonly firstPartMs: Times | null
  readonly totalMs: Times | null
  readonly costPerRequestUsd: number | null
}

export interface Figures {
  readonly days: number
  readonly models: readonly ModelFigures[]
}

/** `GET /api/performance`: how the models of the mascot did. */
export async function readFigures(): Promise<Figures> {
  const response = await pageFetch('/api/performance').catch(() => undefined)
  if (response?.ok !== true) throw new Error('The figures cannot be read now. Try again later.')
  return (await response.json()) as Figures
}
