import type { AgentSummaryWire } from '../api/wire.ts'

/** Columns by which agents are put in order. */
export type AgentSort = keyof AgentSummaryWire

/** What of all agents is shown. */
export interface AgentView {
  readonly search: string
  readonly sort: AgentSort
  readonly isDescending: boolean
  /** From 0. */
  readonly page: number
}

export interface AgentRowsPage {
  readonly rows: readonly AgentSummaryWire[]
  /** How many fit the search. */
  readonly total: number
}

/** A tenant may have ten thousand: a table of all would take a second to draw. */
export const AGENTS_PER_PAGE = 100

/** The agents that fit a search, in order, one page of them. */
export function agentPage(items: readonly AgentSummaryWire[], view: AgentView): AgentRowsPage {
  const words = view.search.toLowerCase().split(/\s+/)
  const fitting = items.filter(({ agent_id: id }) =>
    words.every((word) => id.toLowerCase().includes(word)),
  )
  const sign = view.isDescending ? -1 : 1
  const sorted = fitting.toSorted((one, other) => sign * compared(one[view.sort], other[view.sort]))
  const start = view.page * AGENTS_PER_PAGE
  return { rows: sorted.slice(start, start + AGENTS_PER_PAGE), total: fitting.length }
}

/** What was never comes before what was. */
function compared(one: string | number | null, other: string | number | null): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other
  return String(one ?? '').localeCompare(String(other ?? ''), 'en')
}
