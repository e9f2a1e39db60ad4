import type { ReasonCountWire } from '../api/wire.ts'

/** Why answers of one model were liked or not. */
export interface ModelReasons {
  readonly model: string
  /** How often a reason was given with any of its ratings. */
  readonly total: number
  /** The most frequent first. */
  readonly reasons: readonly ReasonCountWire[]
}

/** What a chart has room for; the table has all. */
export const MOST_MODELS = 6
export const MOST_REASONS = 5

/** Reasons by model, those with the most first. */
export function reasonsByModel(items: readonly ReasonCountWire[]): readonly ModelReasons[] {
  return [...Map.groupBy(items, ({ model }) => model)]
    .map(([model, own]) => ({
      model,
      total: own.reduce((sum, item) => sum + countOfReason(item), 0),
      reasons: own.toSorted((one, other) => countOfReason(other) - countOfReason(one)),
    }))
    .toSorted((one, other) => other.total - one.total)
}

/** How much of it is drawn, in words; empty when all is. */
export function leftOutText(models: readonly ModelReasons[]): string {
  const isMore =
    models.length > MOST_MODELS || models.some(({ reasons }) => reasons.length > MOST_REASONS)
  return isMore
    ? ` Of the ${MOST_MODELS} models with the most, the ${MOST_REASONS} most frequent; the table has all.`
    : ''
}

export function countOfReason({ good, bad }: ReasonCountWire): number {
  return good + bad
}
