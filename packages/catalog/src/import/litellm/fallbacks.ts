import { DEFAULT_PRIORITY } from '@imrs/core'

import { arrayOf, isFields, nameOf } from '../read/fields.ts'
import type { SourceBuilder } from '../read/source-builder.ts'

/** How much lower each further step of a fallback chain ranks. */
const PRIORITY_STEP = 10

/** One list of fallbacks. */
export interface FallbackRows {
  /** Where they are: `router_settings.fallbacks`. */
  readonly label: string
  readonly rows: readonly unknown[]
}

/** What all lists of fallbacks share. */
export interface FallbackContext {
  /** The model id a `model_name` or group alias means. */
  readonly modelOf: (group: string) => string | undefined
  /** Steps from model to model, filled as rows are read. */
  readonly steps: Map<string, readonly string[]>
}

/** Reads `[{ 'gpt-4o': ['claude', 'gemini'] }]` into steps from model to model. */
export function readFallbacks(
  builder: SourceBuilder,
  { label, rows }: FallbackRows,
  context: FallbackContext,
): void {
  for (const [index, value] of rows.entries()) {
    const row = `${label}[${index}]`
    const chains = chainsOf(value, context)
    for (const [first, second] of chains) {
      context.steps.set(first, [...(context.steps.get(first) ?? []), second])
    }
    if (chains.length === 0) builder.refuse(row, 'It leads between no two models of `model_list`.')
    else builder.use(row, ['It became priorities: failover goes along the ranking.'])
  }
}

/** `a: [b, c]` is tried in this order, so it is `a → b` and `b → c`. */
function chainsOf(
  value: unknown,
  context: FallbackContext,
): readonly (readonly [string, string])[] {
  if (!isFields(value)) return []
  return Object.keys(value).flatMap((group) => {
    const models = [group, ...arrayOf(value[group])].flatMap((name) => {
      const known = nameOf(name)
      return known === undefined ? [] : (context.modelOf(known) ?? [])
    })
    return models.slice(1).map((model, index) => [models[index] ?? model, model] as const)
  })
}

/** Gives each model of a chain a priority by its place in it; where chains meet, the later place counts. */
export function setPriorities(
  builder: SourceBuilder,
  steps: ReadonlyMap<string, readonly string[]>,
): void {
  const depths = depthsOf(steps)
  for (const [modelId, depth] of depths) {
    builder.amendModel(modelId, { priority: Math.max(0, DEFAULT_PRIORITY - depth * PRIORITY_STEP) })
  }
}

/**
 * The longest way to each model, walked at most as often as there are places below the default
 * priority: chains that run in a circle end there.
 */
function depthsOf(steps: ReadonlyMap<string, readonly string[]>): ReadonlyMap<string, number> {
  const depths = new Map<string, number>([...steps.keys()].map((model) => [model, 0]))
  for (let round = 0; round < DEFAULT_PRIORITY / PRIORITY_STEP; round += 1) {
    const before = new Map(depths)
    for (const [first, seconds] of steps) {
      const depth = (before.get(first) ?? 0) + 1
      for (const second of seconds) depths.set(second, Math.max(depths.get(second) ?? 0, depth))
    }
  }
  return depths
}
