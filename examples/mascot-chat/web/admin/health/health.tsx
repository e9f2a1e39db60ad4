import { ProviderHealthDashboard } from '@imrs/react/components'
import type { ReactElement } from 'react'

import { useAction, useApi, useLoad } from '../api/use-api.ts'
import type { HealthWire, ProviderWire } from '../api/wire.ts'
import type { Route } from '../app/route.ts'
import { DataTable } from '../ui/data-table.tsx'
import type { Column } from '../ui/data-table.tsx'
import { timeText } from '../ui/format.ts'
import { Empty, Loaded } from '../ui/loaded.tsx'
import { useToast } from '../ui/toasts.tsx'
import { FailureHistory } from './failure-history.tsx'
import { HealthBadge } from './health-badge.tsx'
import { HealthHistory } from './health-history.tsx'
import { LiveChanges } from './live-changes.tsx'
import { useReloads } from './use-reloads.ts'

interface HealthRow {
  readonly provider: ProviderWire
  readonly health: HealthWire | undefined
}

/** How providers are, how they were, and a check now. */
export function Health({ route }: { readonly route: Route }): ReactElement {
  const state = useLoad('health', async (api, sending) => {
    const [providers, health] = await Promise.all([
      api.providers(sending),
      api.providerHealth(sending),
    ])
    return providers.items.map((provider): HealthRow => ({
      provider,
      health: health.items.find(({ provider_id: id }) => id === provider.id),
    }))
  })
  useReloads(state.reload)
  return (
    <>
      <h1>Provider health</h1>
      <section className="card" aria-label="Live">
        <h2>Now</h2>
        <ProviderHealthDashboard />
        <LiveChanges />
      </section>
      <HealthHistory route={route} />
      <section className="card" aria-label="Checks">
        <h2>Last checks</h2>
        <Loaded of={state} what="the health of the providers">
          {(rows) =>
            rows.length === 0 ? (
              <Empty>No provider yet.</Empty>
            ) : (
              <DataTable
                caption="Last checks"
                isCaptionHidden
                columns={columnsOf(state.reload)}
                rows={rows}
                rowId={({ provider }) => provider.id}
              />
            )
          }
        </Loaded>
      </section>
      <FailureHistory />
    </>
  )
}

function columnsOf(onChecked: () => void): readonly Column<HealthRow>[] {
  return [
    {
      id: 'name',
      header: 'Provider',
      cell: ({ row: { original } }) => original.provider.display_name,
    },
    {
      id: 'status',
      header: 'Status',
      cell: ({ row: { original } }) => <HealthBadge status={original.health?.status} />,
    },
    {
      id: 'checked',
      header: 'Looked at',
      cell: ({ row: { original } }) => timeText(original.health?.checked_at),
    },
    {
      id: 'error',
      header: 'What was wrong',
      cell: ({ row: { original } }) => original.health?.error ?? 'nothing',
    },
    {
      id: 'actions',
      header: 'Actions',
      cell: ({ row: { original } }) => (
        <CheckButton provider={original.provider} onChecked={onChecked} />
      ),
    },
  ]
}

interface CheckButtonProps {
  readonly provider: ProviderWire
  readonly onChecked: () => void
}

function CheckButton({ provider, onChecked }: CheckButtonProps): ReactElement {
  const api = useApi()
  const toast = useToast()
  const check = useAction(async () => {
    try {
      const { status } = await api.checkProvider(provider.id)
      toast({ text: `${provider.display_name} is ${status}.`, isBad: status === 'down' })
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      toast({ text: `${provider.display_name} was not checked. ${why}`, isBad: true })
    }
    onChecked()
  })
  return (
    <button
      type="button"
      disabled={check.isRunning || !provider.is_active}
      aria-label={`Check ${provider.display_name}`}
      onClick={() => void check.run()}
    >
      {check.isRunning ? 'Checking …' : 'Check'}
    </button>
  )
}
