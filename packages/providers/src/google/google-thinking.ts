import type { JsonObject, ModelCall, ReasoningEffort } from '@imrs/core'

/** The models up to 2.5 take a budget of tokens, the later ones a level; never both. */
const TAKES_BUDGET = /^gemini-[12]\./

/** Google's own numbers for the same words. */
const BUDGETS: Readonly<Record<ReasoningEffort, number>> = Object.freeze({
  none: 0,
  minimal: 1024,
  low: 1024,
  medium: 8192,
  high: 24_576,
})
/** 2.5 Pro cannot stop thinking; this is the least. */
const PRO_SMALLEST_BUDGET = 128

/** What the later models take, by name, the first that fits; the lowest comes closest to none. */
const LEVELS: readonly (readonly [RegExp, readonly ReasoningEffort[]])[] = [
  [/^gemini-3-pro/, ['low', 'high']],
  [/-pro(?:-|$)/, ['low', 'medium', 'high']],
  [/^/, ['minimal', 'low', 'medium', 'high']],
]

/** How hard to think, in Gemini's words; `undefined` when the call does not say. What is thought is shown. */
export function thinkingConfig({
  reasoningEffort: effort,
  externalId,
}: ModelCall): JsonObject | undefined {
  if (effort === undefined) return undefined
  const includeThoughts = effort === 'none' ? {} : { includeThoughts: true }
  if (!TAKES_BUDGET.test(externalId)) {
    return { ...includeThoughts, thinkingLevel: levelOf(externalId, effort).toUpperCase() }
  }
  const smallest = externalId.includes('-pro') ? PRO_SMALLEST_BUDGET : 0
  return { ...includeThoughts, thinkingBudget: Math.max(smallest, BUDGETS[effort]) }
}

/** The level that is asked for, else the next higher one that the model takes. */
function levelOf(externalId: string, effort: ReasoningEffort): ReasoningEffort {
  const order = Object.keys(BUDGETS)
  const levels = LEVELS.find(([name]) => name.test(externalId))?.[1] ?? []
  return levels.find((level) => order.indexOf(level) >= order.indexOf(effort)) ?? 'high'
}
