import type { CatalogNews } from '@imrs/react'
import type { ReactElement } from 'react'

import { useLoad } from '../api/use-api.ts'
import { useCatalogHistory } from '../api/use-catalog-history.ts'
import type { AuditWire } from '../api/wire.ts'
import { linkTo } from '../app/route.ts'
import { DataTable } from '../ui/data-table.tsx'
import type { Column } from '../ui/data-table.tsx'
import { timeText, wordsOf } from '../ui/format.ts'
import { Empty, Loaded } from '../ui/loaded.tsx'
import { newsText } from './news-text.ts'

const MOST_SHOWN = 200

/** What syncs changed in the catalogue, and who changed what. */
export function Changes(): ReactElement {
  const history = useCatalogHistory()
  const audit = useLoad('audit', (api, sending) => api.audit({ per_page: 100 }, sending))
  return (
    <>
      <h1>Changes</h1>
      <section className="card" aria-label="In the catalogue">
        <h2>In the catalogue</h2>
        <Loaded of={history} what="what changed">
          {({ events }) => <News events={events.toReversed().slice(0, MOST_SHOWN)} />}
        </Loaded>
      </section>
      <section className="card" aria-label="By people">
        <h2>By people and programs</h2>
        <Loaded of={audit} what="the audit">
          {({ items }) =>
            items.length === 0 ? (
              <Empty>Nothing yet.</Empty>
            ) : (
              <DataTable
                caption="The last 100 changes"
                columns={AUDIT_COLUMNS}
                rows={items}
                rowId={({ seq }) => String(seq)}
              />
            )
          }
        </Loaded>
      </section>
    </>
  )
}

function News({ events }: { readonly events: readonly CatalogNews[] }): ReactElement {
  if (events.length === 0) return <Empty>No sync has changed anything yet.</Empty>
  return (
    <DataTable
      caption={`The last ${events.length} changes of syncs`}
      columns={NEWS_COLUMNS}
      rows={events.map((event, index) => ({ event, index }))}
      rowId={({ index }) => String(index)}
    />
  )
}

function When({ at }: { readonly at: string }): ReactElement {
  return (
    <time className="when" dateTime={at}>
      {timeText(at)}
    </time>
  )
}

interface NewsRow {
  readonly event: CatalogNews
  readonly index: number
}

const NEWS_COLUMNS: readonly Column<NewsRow>[] = [
  { id: 'at', header: 'When', cell: ({ row: { original } }) => <When at={original.event.at} /> },
  { id: 'what', header: 'What', cell: ({ row: { original } }) => newsText(original.event) },
  {
    id: 'model',
    header: 'Model',
    cell: ({ row: { original } }) =>
      'modelId' in original.event ? (
        <a href={linkTo(['models', original.event.modelId])}>{original.event.modelId}</a>
      ) : (
        original.event.providerId
      ),
  },
]

const AUDIT_COLUMNS: readonly Column<AuditWire>[] = [
  { id: 'at', header: 'When', cell: ({ row: { original } }) => <When at={original.at} /> },
  { id: 'actor', header: 'Who', cell: ({ row: { original } }) => original.actor ?? 'the host' },
  { id: 'action', header: 'What', cell: ({ row: { original } }) => wordsOf(original.action) },
  { id: 'subject', accessorKey: 'subject', header: 'Of what' },
  {
    id: 'tenant',
    header: 'Tenant',
    cell: ({ row: { original } }) => original.tenant_id ?? 'all',
  },
]
