import { CAPABILITIES, PRESET_ORDERS } from '@imrs/core'
import type { Capability, PresetChoice, PresetOrder } from '@imrs/core'
import type { PresetInfo, SetPreset } from '@imrs/router'
import { z } from 'zod'

import { isoOrNull, isoSchema, modelIdParam } from '../../wire/values.ts'
import { fromModelFilter, modelFilterSchema, toModelFilter } from '../models/model-query.ts'
import type { ModelFilterWire } from '../models/model-query.ts'

/** The body that makes a preset. */
export interface PresetBody {
  readonly display_name?: string | undefined
  readonly description?: string | undefined
  readonly model_ids?: readonly string[] | undefined
  readonly filter?: ModelFilterWire | undefined
  readonly required_capabilities?: readonly Capability[] | undefined
  readonly order?: PresetOrder | undefined
  /** What a lower price is worth, where the order is `best`. */
  readonly cost_quality?: number | undefined
}

export const presetBodySchema: z.ZodType<PresetBody> = z
  .strictObject({
    display_name: z.string().min(1).max(100).optional(),
    description: z.string().max(1000).optional(),
    model_ids: z.array(modelIdParam).max(1000).optional(),
    filter: modelFilterSchema.optional(),
    required_capabilities: z.array(z.enum(CAPABILITIES)).max(CAPABILITIES.length).optional(),
    order: z.enum(PRESET_ORDERS).optional(),
    cost_quality: z.number().min(0).max(1).optional(),
  })
  .refine(({ model_ids: ids, filter }) => (ids === undefined) !== (filter === undefined), {
    message: 'give model_ids or filter, and not both',
    path: ['model_ids'],
  })
  .refine(({ order, cost_quality: value }) => value === undefined || order === 'best', {
    message: 'goes with the order best alone',
    path: ['cost_quality'],
  })

/** A preset as it travels: models by name or by filter, and `null` for the other. */
export interface PresetWire {
  readonly id: string
  readonly display_name: string
  readonly description: string | null
  readonly model_ids: readonly string[] | null
  readonly filter: ModelFilterWire | null
  readonly required_capabilities: readonly Capability[]
  readonly order: PresetOrder
  readonly cost_quality: number | null
  readonly is_built_in: boolean
  readonly updated_by: string | null
  readonly updated_at: string | null
}

export const presetWireSchema: z.ZodType<PresetWire> = z.object({
  id: z.string(),
  display_name: z.string(),
  description: z.string().nullable(),
  model_ids: z.array(z.string()).nullable(),
  filter: modelFilterSchema.nullable(),
  required_capabilities: z.array(z.enum(CAPABILITIES)),
  order: z.enum(PRESET_ORDERS),
  cost_quality: z.number().nullable(),
  is_built_in: z.boolean(),
  updated_by: z.string().nullable(),
  updated_at: isoSchema.nullable(),
})

export function toSetPreset(body: PresetBody): Omit<SetPreset, 'id'> {
  return {
    displayName: body.display_name,
    description: body.description,
    models:
      body.model_ids === undefined
        ? { filter: toModelFilter(body.filter ?? {}) }
        : { modelIds: body.model_ids },
    requiredCapabilities: body.required_capabilities,
    choice: toChoice(body),
  }
}

function toChoice({ order, cost_quality: costQuality }: PresetBody): PresetChoice | undefined {
  if (order === undefined) return undefined
  return order === 'best' ? { order, costQuality } : { order }
}

export function toPresetWire(preset: PresetInfo): PresetWire {
  const { models, choice } = preset
  return {
    id: preset.id,
    display_name: preset.displayName,
    description: preset.description ?? null,
    model_ids: 'modelIds' in models ? models.modelIds : null,
    filter: 'filter' in models ? fromModelFilter(models.filter) : null,
    required_capabilities: preset.requiredCapabilities ?? [],
    order: choice.order,
    cost_quality: choice.order === 'best' ? (choice.costQuality ?? null) : null,
    is_built_in: preset.isBuiltIn,
    updated_by: preset.updatedBy ?? null,
    updated_at: isoOrNull(preset.updatedAtMs),
  }
}
