import { useState } from 'react'
import type { ReactElement } from 'react'

import { When } from '../changes/when.tsx'
import { DataTable } from '../ui/data-table.tsx'
import type { Column } from '../ui/data-table.tsx'
import { durationText } from '../ui/format.ts'
import { BY_AGE, Pager } from '../ui/pager.tsx'
import { HealthBadge } from './health-badge.tsx'
import type { HealthHistory } from './read-history.ts'
import { lastingChanges } from './timeline.ts'
import type { LastingChange } from './timeline.ts'

const PAGE_SIZE = 20

/** Every change of a period, the newest first. */
export function HealthChanges({ history }: { readonly history: HealthHistory }): ReactElement {
  const [place, setPlace] = useState({ periodId: history.period.id, page: 0 })
  const page = place.periodId === history.period.id ? place.page : 0
  const goTo = (next: number): void => setPlace({ periodId: history.period.id, page: next })
  const changes = lastingChanges(history.changes)
  const shown = changes.slice(page * PAGE_SIZE, (page + 1) * PAGE_SIZE)
  return (
    <section className="card" aria-label="Changes of health">
      <h2>Changes</h2>
      {changes.length === 0 ? (
        <p className="quiet">None in the last {history.period.name}.</p>
      ) : (
        <DataTable
          caption={`Changes of the last ${history.period.name}`}
          isCaptionHidden
          columns={columnsOf(history)}
          rows={shown}
          rowId={({ change }) => String(change.seq)}
        />
      )}
      {changes.length > PAGE_SIZE && (
        <Pager
          number={page + 1}
          previous={page === 0 ? undefined : () => goTo(page - 1)}
          next={(page + 1) * PAGE_SIZE >= changes.length ? undefined : () => goTo(page + 1)}
          of="the changes of health"
          names={BY_AGE}
        />
      )}
    </section>
  )
}

function columnsOf({ providers }: HealthHistory): readonly Column<LastingChange>[] {
  const names = new Map(providers.map(({ id, display_name: name }) => [id, name]))
  return [
    {
      id: 'at',
      header: 'When',
      cell: ({ row: { original } }) => <When at={original.change.at} />,
    },
    {
      id: 'provider',
      header: 'Provider',
      cell: ({ row: { original } }) =>
        names.get(original.change.provider_id) ?? original.change.provider_id,
    },
    {
      id: 'change',
      header: 'Change',
      cell: ({ row: { original } }) => (
        <span className="one-line">
          {original.change.from} to <HealthBadge status={original.change.to} />
        </span>
      ),
    },
    {
      id: 'lasted',
      header: 'For',
      cell: ({ row: { original } }) => (
        <span className="one-line">
          {original.lastedMs === undefined ? 'since then' : durationText(original.lastedMs)}
        </span>
      ),
    },
    {
      id: 'error',
      header: 'What was wrong',
      cell: ({ row: { original } }) => original.change.error ?? 'nothing',
    },
  ]
}
