import type { ReactElement } from 'react'

import { useAction, useApi, useLoad } from '../api/use-api.ts'
import type { ProviderWire, SyncWire } from '../api/wire.ts'
import { linkTo } from '../app/route.ts'
import { Badge } from '../ui/badge.tsx'
import { DataTable } from '../ui/data-table.tsx'
import type { Column } from '../ui/data-table.tsx'
import { countText, timeText } from '../ui/format.ts'
import { Empty, Loaded } from '../ui/loaded.tsx'
import { useToast } from '../ui/toasts.tsx'

/** All providers, with what is done with them most. */
export function ProviderList(): ReactElement {
  const providers = useLoad('providers', (api, sending) => api.providers(sending))
  return (
    <>
      <header className="screen-head">
        <h1>Providers</h1>
        <a className="button primary" href={linkTo(['providers', 'new'])}>
          Add a provider
        </a>
      </header>
      <Loaded of={providers} what="the providers">
        {({ items }) =>
          items.length === 0 ? (
            <Empty>
              No provider yet. <a href={linkTo(['providers', 'new'])}>Add the first one</a>
            </Empty>
          ) : (
            <DataTable
              caption="Providers"
              isCaptionHidden
              columns={columnsOf(providers.reload)}
              rows={items}
              rowId={({ id }) => id}
            />
          )
        }
      </Loaded>
    </>
  )
}

function columnsOf(onChanged: () => void): readonly Column<ProviderWire>[] {
  return [
    {
      id: 'display_name',
      accessorKey: 'display_name',
      header: 'Name',
      enableSorting: true,
      cell: ({ row: { original } }) => (
        <a href={linkTo(['providers', original.id])}>{original.display_name}</a>
      ),
    },
    { id: 'provider_type', accessorKey: 'provider_type', header: 'Type', enableSorting: true },
    {
      id: 'status',
      header: 'Status',
      cell: ({ row: { original } }) => <ActiveBadge isActive={original.is_active} />,
    },
    {
      id: 'model_count',
      accessorKey: 'model_count',
      header: 'Models',
      enableSorting: true,
      cell: ({ row: { original } }) => countText(original.model_count),
    },
    {
      id: 'last_synced',
      accessorKey: 'last_synced',
      header: 'Last synced',
      enableSorting: true,
      cell: ({ row: { original } }) => timeText(original.last_synced),
    },
    {
      id: 'actions',
      header: 'Actions',
      cell: ({ row: { original } }) => <RowActions provider={original} onChanged={onChanged} />,
    },
  ]
}

/** Whether a provider is in use. */
export function ActiveBadge({ isActive }: { readonly isActive: boolean }): ReactElement {
  return isActive ? <Badge tone="good">active</Badge> : <Badge tone="quiet">disabled</Badge>
}

interface RowActionsProps {
  readonly provider: ProviderWire
  readonly onChanged: () => void
}

function RowActions({ provider, onChanged }: RowActionsProps): ReactElement {
  const api = useApi()
  const toast = useToast()
  const sync = useAction(async () => {
    try {
      toast({ text: syncText(provider.display_name, await api.syncProvider(provider.id)) })
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      toast({ text: `${provider.display_name} could not be synced. ${why}`, isBad: true })
    }
    onChanged()
  })
  return (
    <span className="row-actions">
      <button
        type="button"
        disabled={!provider.is_active || sync.isRunning}
        aria-label={`Sync ${provider.display_name}`}
        onClick={() => void sync.run()}
      >
        {sync.isRunning ? 'Syncing …' : 'Sync'}
      </button>
      <a className="button" href={linkTo(['models'], { provider: provider.id })}>
        <span aria-hidden="true">Models</span>
        <span className="only-read">Models of {provider.display_name}</span>
      </a>
    </span>
  )
}

/** What a sync did, in one sentence. */
export function syncText(name: string, report: SyncWire): string {
  const { models_added: added, models_updated: updated, models_removed: removed } = report
  const changes = `${countText(added)} added, ${countText(updated)} updated, ${countText(removed)} removed`
  return `${name} lists ${countText(report.models_discovered)} models: ${changes}.`
}
