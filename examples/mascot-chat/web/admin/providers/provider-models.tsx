import type { ReactElement } from 'react'

import { useLoad } from '../api/use-api.ts'
import type { ModelWire, ProviderWire } from '../api/wire.ts'
import { linkTo } from '../app/route.ts'
import { AvailableBadge } from '../models/available-badge.tsx'
import { DataTable } from '../ui/data-table.tsx'
import type { Column } from '../ui/data-table.tsx'
import { countText, priceText } from '../ui/format.ts'
import { Empty, Loaded } from '../ui/loaded.tsx'

const SHOWN = 10

/** The first models of a provider, and the way to all of them. */
export function ProviderModels({ provider }: { readonly provider: ProviderWire }): ReactElement {
  const { id, model_count: count } = provider
  const models = useLoad(`models of ${id}`, (api, sending) =>
    api.models({ provider: id, per_page: SHOWN, sort: 'priority', direction: 'desc' }, sending),
  )
  return (
    <section className="card" aria-label="Models of this provider">
      <div className="screen-head">
        <h2>Models</h2>
        <a href={linkTo(['models'], { provider: id })}>All {countText(count)} in the catalogue</a>
      </div>
      <Loaded of={models} what="its models">
        {({ items }) =>
          items.length === 0 ? (
            <Empty>None yet. Sync to read the provider’s list.</Empty>
          ) : (
            <DataTable
              caption={`The ${items.length} of the highest priority`}
              columns={COLUMNS}
              rows={items}
              rowId={(model) => model.id}
            />
          )
        }
      </Loaded>
    </section>
  )
}

const COLUMNS: readonly Column<ModelWire>[] = [
  {
    id: 'display_name',
    header: 'Name',
    cell: ({ row: { original } }) => (
      <a href={linkTo(['models', original.id])}>{original.display_name}</a>
    ),
  },
  { id: 'model_type', accessorKey: 'model_type', header: 'Kind' },
  {
    id: 'pricing_input',
    header: 'Input per million',
    cell: ({ row: { original } }) => priceText(original.pricing_input),
  },
  { id: 'priority', accessorKey: 'priority', header: 'Priority' },
  {
    id: 'is_available',
    header: 'Available',
    cell: ({ row: { original } }) => <AvailableBadge model={original} />,
  },
]
