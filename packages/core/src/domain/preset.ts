import { z } from 'zod'

import { ImrsError } from '../errors/imrs-error.ts'
import { MODEL_ID_MAX_LENGTH, hostIdSchema } from '../ids.ts'
import { CAPABILITIES } from './capability.ts'
import type { Capability } from './capability.ts'
import { enableRuleFilterSchema } from './enable-rule.ts'
import type { EnableRuleFilter } from './enable-rule.ts'

/** Which models a preset names: a list, or whatever fits a filter, now and later. */
export type PresetModels =
  /** Model ids. */
  { readonly modelIds: readonly string[] } | { readonly filter: EnableRuleFilter }

/**
 * How a model of a preset is chosen. `agent`: as the agent's own strategy does. `best`: by priority
 * and ratings, less what a price is worth. `cheapest`: the lowest price, the better one among equal
 * prices. `fastest`: what begins to answer soonest.
 */
export type PresetChoice =
  | { readonly order: 'agent' }
  | {
      readonly order: 'best'
      /** What a lower price is worth, from 0 (quality only) to 1 (price only). Default: `0`. */
      readonly costQuality?: number | undefined
    }
  | { readonly order: 'cheapest' }
  | { readonly order: 'fastest' }

export const PRESET_ORDERS = ['agent', 'best', 'cheapest', 'fastest'] as const
export type PresetOrder = (typeof PRESET_ORDERS)[number]

/** A named group of models and how one of them is chosen, whoever it belongs to. */
export interface PresetDefinition {
  /** Lower-case letters, digits, `_` and `-`, 50 at most: `preset:<id>` asks for it. */
  readonly id: string
  readonly displayName: string
  readonly description?: string | undefined
  readonly models: PresetModels
  /** Models without all of these are not in it. Default: none is asked for. */
  readonly requiredCapabilities?: readonly Capability[] | undefined
  readonly choice: PresetChoice
}

/** A preset of one tenant: a row of `presets`. */
export interface Preset extends PresetDefinition {
  readonly tenantId: string
  readonly updatedBy?: string | undefined
  readonly updatedAtMs: number
}

/** Presets that are always there. A stored one of the same id takes the place of one. */
export const BUILT_IN_PRESETS: readonly PresetDefinition[] = Object.freeze([
  builtIn({
    id: 'cheap',
    displayName: 'Cheap',
    description: 'The lowest price first; the better one among equal prices.',
    models: { filter: {} },
    choice: { order: 'cheapest' },
  }),
  builtIn({
    id: 'fast',
    displayName: 'Fast',
    description: 'What begins to answer soonest, by what was measured.',
    models: { filter: {} },
    choice: { order: 'fastest' },
  }),
  builtIn({
    id: 'best',
    displayName: 'Best',
    description: 'The highest priority and ratings, whatever it costs.',
    models: { filter: {} },
    choice: { order: 'best' },
  }),
])

function builtIn(preset: PresetDefinition): PresetDefinition {
  return Object.freeze(preset)
}

/** How many presets a tenant may store: all of them are held with each agent's snapshot. */
export const MAX_PRESETS = 100
/** How many models a preset may list. */
export const MAX_PRESET_MODELS = 1000

const PRESET_ID = /^[a-z0-9][a-z0-9_-]{0,49}$/

/** Lower-case letters, digits, `_` and `-`, 50 at most. */
export function isPresetId(value: string): boolean {
  return PRESET_ID.test(value)
}

const presetIdSchema: z.ZodType<string> = z
  .string()
  .refine(isPresetId, 'must be 1 to 50 lower-case letters, digits, "_" or "-", no sign first')

const presetModelsSchema: z.ZodType<PresetModels> = z.union([
  z.strictObject({
    modelIds: z.array(z.string().min(1).max(MODEL_ID_MAX_LENGTH)).min(1).max(MAX_PRESET_MODELS),
  }),
  z.strictObject({ filter: enableRuleFilterSchema }),
])

const presetChoiceSchema: z.ZodType<PresetChoice> = z.discriminatedUnion('order', [
  z.strictObject({ order: z.literal('agent') }),
  z.strictObject({ order: z.literal('best'), costQuality: z.number().min(0).max(1).optional() }),
  z.strictObject({ order: z.literal('cheapest') }),
  z.strictObject({ order: z.literal('fastest') }),
])

export const presetSchema: z.ZodType<Preset> = z.object({
  tenantId: hostIdSchema,
  id: presetIdSchema,
  displayName: z.string().trim().min(1).max(100),
  description: z.string().max(500).optional(),
  models: presetModelsSchema,
  requiredCapabilities: z.array(z.enum(CAPABILITIES)).max(CAPABILITIES.length).optional(),
  choice: presetChoiceSchema,
  updatedBy: hostIdSchema.optional(),
  updatedAtMs: z.int(),
})

/** Prefixes that no name of a model can win: what follows them is the id of a preset. */
const PRESET_PREFIXES = ['preset:', 'auto:'] as const

/** The model name that asks for a preset: `preset:cheap`. */
export function presetName(presetId: string): string {
  return `preset:${presetId}`
}

/**
 * The id of the preset that a model name asks for, `undefined` when it asks for none. `preset:<id>`
 * and `auto:<id>` are the same; whether there is such a preset is not looked at.
 */
export function presetIdOf(modelName: string): string | undefined {
  const prefix = PRESET_PREFIXES.find((each) => modelName.startsWith(each))
  return prefix === undefined ? undefined : modelName.slice(prefix.length)
}

/** The error of a store that would hold more than {@link MAX_PRESETS} of one tenant. */
export function tooManyPresets(): ImrsError {
  return new ImrsError(
    'conflict',
    `A tenant can store ${MAX_PRESETS} presets, and this one does. Remove one first.`,
  )
}
