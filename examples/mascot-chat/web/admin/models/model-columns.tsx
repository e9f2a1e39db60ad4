import type { ModelWire } from '../api/wire.ts'
import { linkTo } from '../app/route.ts'
import type { Column } from '../ui/data-table.tsx'
import { countText, priceText, wordsOf } from '../ui/format.ts'
import { AvailableBadge } from './available-badge.tsx'
import { AvailableEdit, PriorityEdit, TierEdit } from './inline-edits.tsx'

/** The columns of the catalogue; those who may change it do so in place. */
export function modelColumns(
  mayEdit: boolean,
  onChanged: (model: ModelWire) => void,
): readonly Column<ModelWire>[] {
  return [...FIXED, ...(mayEdit ? editColumns(onChanged) : READ_ONLY), ACTIONS]
}

const FIXED: readonly Column<ModelWire>[] = [
  {
    id: 'display_name',
    accessorKey: 'display_name',
    header: 'Name',
    enableSorting: true,
    cell: ({ row: { original } }) => (
      <span className="model-name">
        <a href={linkTo(['models', original.id])}>{original.display_name}</a>
        <code className="quiet">{original.external_id}</code>
      </span>
    ),
  },
  {
    id: 'id',
    accessorKey: 'id',
    header: 'Provider',
    enableSorting: true,
    cell: ({ row: { original } }) => original.provider_id,
  },
  {
    id: 'capabilities',
    header: 'Capabilities',
    cell: ({ row: { original } }) => <span className="tags">{capabilitiesText(original)}</span>,
  },
  {
    id: 'ctx_length',
    accessorKey: 'ctx_length',
    header: 'Context',
    enableSorting: true,
    cell: ({ row: { original } }) => countText(original.ctx_length),
  },
  {
    id: 'pricing_input',
    accessorKey: 'pricing_input',
    header: 'Price in / out',
    enableSorting: true,
    cell: ({ row: { original } }) =>
      `${priceText(original.pricing_input)} / ${priceText(original.pricing_output)}`,
  },
]

const SHOWN_CAPABILITIES = 4

/** The first few; the details have all. */
function capabilitiesText({ capabilities }: ModelWire): string {
  const more = capabilities.length - SHOWN_CAPABILITIES
  const shown = capabilities.slice(0, SHOWN_CAPABILITIES).map(wordsOf).join(', ')
  return more > 0 ? `${shown} and ${more} more` : shown
}

function editColumns(onChanged: (model: ModelWire) => void): readonly Column<ModelWire>[] {
  return [
    {
      id: 'priority',
      accessorKey: 'priority',
      header: 'Priority',
      enableSorting: true,
      cell: ({ row: { original } }) => <PriorityEdit model={original} onChanged={onChanged} />,
    },
    {
      id: 'cost_tier',
      header: 'Cost tier',
      cell: ({ row: { original } }) => <TierEdit model={original} onChanged={onChanged} />,
    },
    {
      id: 'is_available',
      header: 'Available',
      cell: ({ row: { original } }) => <AvailableEdit model={original} onChanged={onChanged} />,
    },
  ]
}

const READ_ONLY: readonly Column<ModelWire>[] = [
  { id: 'priority', accessorKey: 'priority', header: 'Priority', enableSorting: true },
  {
    id: 'cost_tier',
    header: 'Cost tier',
    cell: ({ row: { original } }) => original.cost_tier ?? 'unknown',
  },
  {
    id: 'is_available',
    header: 'Available',
    cell: ({ row: { original } }) => <AvailableBadge model={original} />,
  },
]

const ACTIONS: Column<ModelWire> = {
  id: 'actions',
  header: 'Actions',
  cell: ({ row: { original } }) => (
    <a className="button" href={linkTo(['models', original.id])}>
      <span aria-hidden="true">Details</span>
      <span className="only-read">Details of {original.display_name}</span>
    </a>
  ),
}
