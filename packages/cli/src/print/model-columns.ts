import type { Model } from '@imrs/core'

import type { Column } from './table.ts'

/** How models are listed. Prices are dollars for 1,000,000 tokens. */
export const MODEL_COLUMNS: readonly Column<Model>[] = [
  { heading: 'id', cell: ({ id }) => id },
  { heading: 'type', cell: ({ modelType }) => modelType },
  { heading: 'context', cell: ({ contextLength }) => contextLength },
  { heading: '$ in', cell: ({ pricing }) => toNumber(pricing.input) },
  { heading: '$ out', cell: ({ pricing }) => toNumber(pricing.output) },
  { heading: 'tier', cell: ({ costTier }) => costTier },
  { heading: 'priority', cell: ({ priority }) => priority },
  { heading: 'available', cell: ({ isAvailable }) => isAvailable },
]

function toNumber(price: string | undefined): number | undefined {
  return price === undefined ? undefined : Number(price)
}
