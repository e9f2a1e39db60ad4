import type { PresetOrder } from '@imrs/core'

import type { ClientContext } from '../../client/imrs-client.ts'
import { createResource } from '../../client/resource.ts'
import type { Resource } from '../../client/resource.ts'

/** A preset as `GET /api/v2/presets` gives it; what of it the picker shows. */
export interface PresetInfo {
  readonly id: string
  readonly display_name: string
  readonly description: string | null
  readonly order: PresetOrder
  readonly cost_quality: number | null
}

/** The presets of the user's tenant. */
export function presets({ http }: ClientContext): Resource<readonly PresetInfo[]> {
  return createResource(async () => {
    const { items } = await http.json<{ readonly items: readonly PresetInfo[] }>(
      '/api/v2/presets',
      {
        tries: 3,
      },
    )
    return items
  })
}

/** A position of the dial between quality and price. */
export interface DialStop {
  readonly model: string
  readonly name: string
  readonly description: string | undefined
  /** 0: quality only; 1: price only. */
  readonly costQuality: number
}

/** The presets that lie between the best and the cheapest, in that order; one for each position. */
export function dialStopsOf(list: readonly PresetInfo[]): readonly DialStop[] {
  const stops = new Map<number, DialStop>()
  for (const { id, display_name: name, description, order, cost_quality: value } of list) {
    if (order !== 'best' && order !== 'cheapest') continue
    const costQuality = order === 'cheapest' ? 1 : (value ?? 0)
    if (stops.has(costQuality)) continue
    const model = `preset:${id}`
    stops.set(costQuality, { model, name, description: description ?? undefined, costQuality })
  }
  return [...stops.values()].toSorted((left, right) => left.costQuality - right.costQuality)
}
