import type { ReactElement } from 'react'

import { useLoad } from '../api/use-api.ts'
import { replaceQuery } from '../app/route.ts'
import type { Route } from '../app/route.ts'
import { Choice } from '../models/model-filters.tsx'
import { useSession } from '../session/session-context.tsx'
import { firstDay } from './figures.ts'

/** Which answers a dashboard is about. */
export interface Scope {
  readonly agentId: string
  readonly taskType: string
  readonly days: number
}

const PERIODS = ['7', '30', '90']
const USUAL_DAYS = 30

/** The scope of a screen; who sees some agents alone begins with the first of them. */
export function useScope(route: Route): Scope {
  const { agentIds } = useSession()
  const scope = scopeOf(route)
  return scope.agentId === '' ? { ...scope, agentId: agentIds?.[0] ?? '' } : scope
}

function scopeOf({ query }: Route): Scope {
  const days = Number(query['days'])
  return {
    agentId: query['agent'] ?? '',
    taskType: query['task'] ?? '',
    days: Number.isInteger(days) && days > 0 && days <= 366 ? days : USUAL_DAYS,
  }
}

/** The scope as the performance API asks for it. */
export function scopeQuery({ agentId, taskType, days }: Scope): Record<string, string> {
  return { agent_id: agentId, task_type: taskType, from: firstDay(days, Date.now()) }
}

/** The agent, the kind of task and the period of a dashboard; they are in the address. */
export function PeriodFilters({ route }: { readonly route: Route }): ReactElement {
  const { agentIds } = useSession()
  const scope = useScope(route)
  const asked = agentIds === undefined ? '' : scope.agentId
  const known = useLoad(`agents and tasks ${asked}`, async (api, sending) => {
    const query = { group_by: 'agent,task-type', agent_id: asked }
    const rows = await api.performance(query, sending)
    const unique = (names: readonly (string | null)[]): readonly string[] =>
      [...new Set(names.flatMap((name) => name ?? []))].toSorted()
    return {
      agents: unique(rows.map(({ agent_id: id }) => id)),
      tasks: unique(rows.map(({ task_type: task }) => task)),
    }
  })
  const set = (change: Readonly<Record<string, string>>): void =>
    replaceQuery(route, { ...route.query, ...change })
  return (
    <div className="filters">
      <Choice
        label="Agent"
        value={scope.agentId}
        options={agentIds ?? known.data?.agents ?? []}
        none={agentIds === undefined ? 'all' : null}
        onChange={(agent) => set({ agent })}
      />
      <Choice
        label="Kind of task"
        value={scope.taskType}
        options={known.data?.tasks ?? []}
        none="all"
        onChange={(task) => set({ task })}
      />
      <Choice
        label="Days"
        value={String(scope.days)}
        options={PERIODS}
        none={`the last ${USUAL_DAYS}`}
        onChange={(days) => set({ days })}
      />
    </div>
  )
}
