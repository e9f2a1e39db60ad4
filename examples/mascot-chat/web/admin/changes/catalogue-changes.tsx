import type { ReactElement } from 'react'

import { CATALOG_EVENT_TYPES } from '../api/names.ts'
import { useLoad } from '../api/use-api.ts'
import { usePages } from '../api/use-pages.ts'
import type { Pages } from '../api/use-pages.ts'
import type { CatalogueEventPageWire, CatalogueEventWire } from '../api/wire.ts'
import { linkTo, replaceQuery } from '../app/route.ts'
import type { Route } from '../app/route.ts'
import { Choice } from '../models/model-filters.tsx'
import { useIsPlatformAdmin } from '../session/session-context.tsx'
import { DataTable } from '../ui/data-table.tsx'
import type { Column } from '../ui/data-table.tsx'
import { Empty, Loaded } from '../ui/loaded.tsx'
import { BY_AGE, Pager } from '../ui/pager.tsx'
import { newsText } from './news-text.ts'
import { When } from './when.tsx'

const PAGE_SIZE = 50

/** What syncs changed, the newest first, a page at a time. */
export function CatalogueChanges({ route }: { readonly route: Route }): ReactElement {
  const { type = '', provider = '' } = route.query
  const pages = usePages(`catalogue ${type} ${provider}`, {
    read: (api, sending, before) =>
      api.catalogueEvents({ type, provider_id: provider, before, limit: PAGE_SIZE }, sending),
    nextOf: ({ next }) => next,
  })
  const isFiltered = type !== '' || provider !== ''
  return (
    <section className="card" aria-label="In the catalogue">
      <h2>In the catalogue</h2>
      <Filters route={route} type={type} provider={provider} />
      <Loaded of={pages.page} what="what changed">
        {({ items, next }) => <Rows {...{ items, pages, isFiltered }} hasMore={next !== null} />}
      </Loaded>
    </section>
  )
}

interface FiltersProps {
  readonly route: Route
  readonly type: string
  readonly provider: string
}

/** They are in the address. Tenant admins are not told which providers there are. */
function Filters({ route, type, provider }: FiltersProps): ReactElement {
  const maySeeProviders = useIsPlatformAdmin()
  const providers = useLoad('provider names', async (api, sending) =>
    maySeeProviders ? (await api.providers(sending)).items.map(({ id }) => id) : [],
  )
  const set = (change: Readonly<Record<string, string>>): void =>
    replaceQuery(route, { ...route.query, ...change })
  return (
    <div className="filters">
      <Choice
        label="Kind of change"
        value={type}
        options={CATALOG_EVENT_TYPES}
        onChange={(chosen) => set({ type: chosen })}
      />
      {maySeeProviders && (
        <Choice
          label="Provider"
          value={provider}
          options={providers.data ?? []}
          names={Object.fromEntries((providers.data ?? []).map((id) => [id, id]))}
          onChange={(chosen) => set({ provider: chosen })}
        />
      )}
    </div>
  )
}

interface RowsProps {
  readonly items: readonly CatalogueEventWire[]
  readonly pages: Pages<CatalogueEventPageWire>
  readonly isFiltered: boolean
  readonly hasMore: boolean
}

function Rows({ items, pages, isFiltered, hasMore }: RowsProps): ReactElement {
  if (items.length === 0 && pages.number === 1) {
    return (
      <Empty>{isFiltered ? 'Nothing of that kind.' : 'No sync has changed anything yet.'}</Empty>
    )
  }
  return (
    <>
      {items.length === 0 ? (
        <Empty>Nothing older.</Empty>
      ) : (
        <DataTable
          caption="Changes of syncs"
          isCaptionHidden
          columns={COLUMNS}
          rows={items}
          rowId={({ seq }) => String(seq)}
        />
      )}
      {(pages.number > 1 || hasMore) && (
        <Pager {...pages} of="the catalogue’s changes" names={BY_AGE} />
      )}
    </>
  )
}

const COLUMNS: readonly Column<CatalogueEventWire>[] = [
  { id: 'at', header: 'When', cell: ({ row: { original } }) => <When at={original.at} /> },
  { id: 'what', header: 'What', cell: ({ row: { original } }) => newsText(original) },
  {
    id: 'model',
    header: 'Model',
    cell: ({ row: { original } }) => (
      <a href={linkTo(['models', original.modelId])}>{original.modelId}</a>
    ),
  },
]
