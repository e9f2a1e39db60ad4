import type { Query } from '../api/admin-api.ts'
import type { Cursor } from '../api/use-pages.ts'
import type { Route } from '../app/route.ts'

/** Rows a page. */
export const PAGE_SIZE = 50

/** The filters and the order of the list, as the address has them. */
export interface ModelView {
  readonly search: string
  readonly provider: string
  readonly cost_tier: string
  readonly capability: string
  readonly model_type: string
  /** `true`, `false`, or empty for both. */
  readonly is_available: string
  readonly sort: string
  readonly direction: string
}

const DEFAULTS: ModelView = {
  search: '',
  provider: '',
  cost_tier: '',
  capability: '',
  model_type: '',
  is_available: '',
  sort: 'id',
  direction: 'asc',
}

export function viewOf({ query }: Route): ModelView {
  return { ...DEFAULTS, ...query }
}

/** What the address holds: what differs from the defaults. */
export function toRouteQuery(view: ModelView): Record<string, string> {
  const differs = ([name, value]: [string, string]): boolean =>
    value !== DEFAULTS[name as keyof ModelView]
  return Object.fromEntries(Object.entries(view).filter((entry) => differs(entry)))
}

/** What the server is asked for. */
export function toQuery(view: ModelView, cursor: Cursor | undefined): Query {
  return { ...view, search: view.search.trim(), per_page: PAGE_SIZE, cursor }
}

export function hasFilter(view: ModelView): boolean {
  const { sort: _sort, direction: _direction, ...filters } = view
  return Object.values(filters).some((value) => value.trim() !== '')
}

/** All filters taken away; the order stays. */
export function withoutFilters({ sort, direction }: ModelView): ModelView {
  return { ...DEFAULTS, sort, direction }
}
