import { useMemo } from 'react'
import type { ReactElement } from 'react'

import { useLoad } from '../api/use-api.ts'
import type { ModelPageWire, ModelWire } from '../api/wire.ts'
import { linkTo, replaceQuery } from '../app/route.ts'
import type { Route } from '../app/route.ts'
import { useIsPlatformAdmin } from '../session/session-context.tsx'
import { DataTable } from '../ui/data-table.tsx'
import { countText } from '../ui/format.ts'
import { Empty, Loaded } from '../ui/loaded.tsx'
import { Pager } from '../ui/pager.tsx'
import { modelColumns } from './model-columns.tsx'
import { ModelFilters } from './model-filters.tsx'
import { hasFilter, toRouteQuery, viewOf } from './model-query.ts'
import type { ModelView } from './model-query.ts'
import { useModelPages } from './use-model-pages.ts'

/** The catalogue, a page at a time: the server filters, sorts and pages. */
export function ModelList({ route }: { readonly route: Route }): ReactElement {
  const mayEdit = useIsPlatformAdmin()
  const view = viewOf(route)
  const pages = useModelPages(view)
  const providers = useLoad('provider names', async (api, sending) =>
    mayEdit ? (await api.providers(sending)).items.map(({ id }) => id) : undefined,
  )
  const show = (next: ModelView): void => replaceQuery(route, toRouteQuery(next))
  return (
    <>
      <header className="screen-head">
        <h1>Models</h1>
        {mayEdit && (
          <a
            className="button primary"
            href={linkTo(['models', 'new'], { provider: view.provider })}
          >
            Add a custom model
          </a>
        )}
      </header>
      <ModelFilters view={view} providers={providers.data} onChange={show} />
      <Loaded of={pages.page} what="the models">
        {(page) => <Rows {...{ page, view, show, mayEdit, pages }} />}
      </Loaded>
    </>
  )
}

interface RowsProps {
  readonly page: ModelPageWire
  readonly view: ModelView
  readonly show: (view: ModelView) => void
  readonly mayEdit: boolean
  readonly pages: ReturnType<typeof useModelPages>
}

function Rows({ page, view, show, mayEdit, pages }: RowsProps): ReactElement {
  const { setData } = pages.page
  const columns = useMemo(() => {
    const put = (changed: ModelWire): void =>
      setData(({ items, ...rest }) => ({
        ...rest,
        items: items.map((item) => (item.id === changed.id ? changed : item)),
      }))
    return modelColumns(mayEdit, put)
  }, [mayEdit, setData])
  if (page.items.length === 0) {
    return (
      <Empty>
        {hasFilter(view)
          ? 'No model fits these filters.'
          : 'No models yet. Sync a provider to read its list.'}
      </Empty>
    )
  }
  return (
    <>
      <p className="quiet" role="status">
        {totalText(page)}. Prices are per million tokens.
      </p>
      <DataTable
        caption="Models"
        isCaptionHidden
        columns={columns}
        rows={page.items}
        rowId={({ id }) => id}
        sorting={{
          by: view.sort,
          isDescending: view.direction === 'desc',
          onChange: (sort, isDescending) =>
            show({ ...view, sort, direction: isDescending ? 'desc' : 'asc' }),
        }}
      />
      <Pager {...pages} />
    </>
  )
}

function totalText({ total, total_is_estimate: isEstimate }: ModelPageWire): string {
  if (total === null) return 'Many models fit'
  return `${isEstimate ? 'More than ' : ''}${countText(total)} ${total === 1 ? 'model fits' : 'models fit'}`
}
