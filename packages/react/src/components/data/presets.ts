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
