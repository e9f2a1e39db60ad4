import { modelPricingSchema } from '@imrs/core'
import type { CatalogEvent } from '@imrs/core'
import { z } from 'zod'

import { isoOf, isoSchema } from '../../wire/values.ts'

type WireOf<Event> = Event extends CatalogEvent
  ? Omit<Event, 'atMs'> & { readonly at: string }
  : never

/** One thing a sync did to a model, as it travels: alike in the stream of events and in their list. */
export type CatalogueEventWire = WireOf<CatalogEvent>

const common = { seq: z.int(), at: isoSchema, providerId: z.string(), modelId: z.string() }

export const catalogueEventWireSchema: z.ZodType<CatalogueEventWire> = z.discriminatedUnion(
  'type',
  [
    z.object({ ...common, type: z.literal('model-added') }),
    z.object({ ...common, type: z.literal('model-updated'), fields: z.array(z.string()) }),
    z.object({ ...common, type: z.literal('model-removed') }),
    z.object({
      ...common,
      type: z.literal('model-deprecated'),
      expiresAtMs: z.int().optional(),
      successorId: z.string().optional(),
    }),
    z.object({
      ...common,
      type: z.literal('price-changed'),
      from: modelPricingSchema,
      to: modelPricingSchema,
    }),
  ],
)

export function toCatalogueEventWire({ atMs, ...event }: CatalogEvent): CatalogueEventWire {
  return { ...event, at: isoOf(atMs) }
}
