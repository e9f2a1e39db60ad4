import { describe, expect, it } from 'vitest'

import type { AgentSummaryWire } from '../api/wire.ts'
import { AGENTS_PER_PAGE, agentPage } from './agent-list-view.ts'

const agent = (id: string, change: Partial<AgentSummaryWire> = {}): AgentSummaryWire => ({
  agent_id: id,
  enabled_by_name: 0,
  disabled_by_name: 0,
  rules: 0,
  answers_last_30_days: 0,
  last_used_on: null,
  ...change,
})
const ALL = { search: '', sort: 'agent_id', isDescending: false, page: 0 } as const

describe('the agents of a page', () => {
  it('fit every word of the search, whatever the case', () => {
    const items = [agent('Support-EU'), agent('support-us'), agent('sales-eu')]
    const found = agentPage(items, { ...ALL, search: 'eu supp' })
    expect(found.rows.map(({ agent_id: id }) => id)).toEqual(['Support-EU'])
    expect(found.total).toBe(1)
  })

  it('are in order, those that were never used before all others', () => {
    const items = [
      agent('a', { last_used_on: '2026-11-20', answers_last_30_days: 9 }),
      agent('b', { answers_last_30_days: 10 }),
      agent('c', { last_used_on: '2026-11-21', answers_last_30_days: 100 }),
    ]
    const idsBy = (sort: 'last_used_on' | 'answers_last_30_days', isDescending: boolean) =>
      agentPage(items, { ...ALL, sort, isDescending })
        .rows.map(({ agent_id: id }) => id)
        .join('')
    expect(idsBy('last_used_on', false)).toBe('bac')
    expect(idsBy('last_used_on', true)).toBe('cab')
    expect(idsBy('answers_last_30_days', true)).toBe('cba')
  })

  it('are as many as a page holds, of all in order', () => {
    const items = Array.from({ length: AGENTS_PER_PAGE + 5 }, (_, index) =>
      agent(`agent-${String(index).padStart(4, '0')}`),
    )
    const last = agentPage(items.toReversed(), { ...ALL, page: 1 })
    expect(last.rows.map(({ agent_id: id }) => id)).toEqual(
      items.slice(-5).map(({ agent_id: id }) => id),
    )
    expect(last.total).toBe(AGENTS_PER_PAGE + 5)
  })
})
