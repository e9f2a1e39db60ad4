import type { ReactElement } from 'react'

import { useAction, useApi } from '../api/use-api.ts'
import type { AgentModelPageWire, AgentModelWire } from '../api/wire.ts'
import { linkTo } from '../app/route.ts'
import { Badge } from '../ui/badge.tsx'
import type { Column } from '../ui/data-table.tsx'
import { countText, providerOf } from '../ui/format.ts'
import { Failure } from '../ui/loaded.tsx'
import { Switch } from '../ui/switch.tsx'
import { useToast } from '../ui/toasts.tsx'

/** A row of the table: enabled, or disabled by name. Of the latter only the id is known. */
export interface AgentRow extends Pick<AgentModelWire, 'model_id' | 'display_name'> {
  readonly isEnabled: boolean
  readonly known: AgentModelWire | undefined
}

/** The enabled models, then those that were disabled by name, so that they can be switched on again. */
export function agentRows(page: AgentModelPageWire, search: string): readonly AgentRow[] {
  const words = search.toLowerCase().split(/\s+/)
  const disabled = page.disabled_model_ids.filter((id) =>
    words.every((word) => id.toLowerCase().includes(word)),
  )
  return [
    ...page.models.map((known) => ({ ...known, isEnabled: true, known })),
    ...disabled.map((id) => ({
      model_id: id,
      display_name: id,
      isEnabled: false,
      known: undefined,
    })),
  ]
}

const DECIDED = { row: 'by name', rule: 'by a rule', nothing: 'by default' } as const

export function agentColumns(agentId: string, onChanged: () => void): readonly Column<AgentRow>[] {
  return [
    {
      id: 'enabled',
      header: 'Enabled',
      cell: ({ row: { original } }) => <Toggle {...{ agentId, onChanged }} row={original} />,
    },
    {
      id: 'display_name',
      accessorKey: 'display_name',
      header: 'Name',
      enableSorting: true,
      cell: ({ row: { original } }) => (
        <a href={linkTo(['models', original.model_id])}>{original.display_name}</a>
      ),
    },
    {
      id: 'provider',
      accessorFn: ({ model_id: id }) => providerOf(id),
      header: 'Provider',
      enableSorting: true,
    },
    {
      id: 'priority',
      accessorFn: ({ known }) => known?.priority,
      header: 'Priority',
      enableSorting: true,
      cell: ({ row: { original } }) => priorityText(original.known),
    },
    {
      id: 'decided',
      header: 'Decided',
      cell: ({ row: { original } }) =>
        original.known === undefined ? 'by name' : DECIDED[original.known.decided_by],
    },
    {
      id: 'available',
      header: 'Available',
      cell: ({ row: { original } }) => <Available known={original.known} />,
    },
  ]
}

function priorityText(known: AgentModelWire | undefined): string {
  const own = known?.priority_override === null ? '' : ' (of this agent)'
  return known === undefined ? countText(undefined) : `${known.priority}${own}`
}

function Available({ known }: { readonly known: AgentModelWire | undefined }): ReactElement {
  if (known === undefined) return <Badge tone="quiet">not asked</Badge>
  return known.is_available ? (
    <Badge tone="good">available</Badge>
  ) : (
    <Badge tone="bad">unavailable</Badge>
  )
}

interface ToggleProps {
  readonly agentId: string
  readonly row: AgentRow
  readonly onChanged: () => void
}

function Toggle({ agentId, row, onChanged }: ToggleProps): ReactElement {
  const api = useApi()
  const toast = useToast()
  const set = async (isOn: boolean): Promise<void> => {
    const choice = { model_ids: [row.model_id] }
    await (isOn ? api.enableModels(agentId, choice) : api.disableModels(agentId, choice))
    onChanged()
  }
  const change = useAction(async (isOn: boolean) => {
    await set(isOn)
    const text = `${row.display_name} is ${isOn ? 'enabled' : 'disabled'} for ${agentId}.`
    toast({ text, undo: () => set(!isOn) })
  })
  return (
    <>
      <Switch
        label={`${row.display_name} is enabled`}
        isOn={row.isEnabled}
        onChange={(isOn) => void change.run(isOn)}
      />
      <Failure error={change.error} />
    </>
  )
}
