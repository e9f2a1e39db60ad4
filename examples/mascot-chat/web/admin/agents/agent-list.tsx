import { useState } from 'react'
import type { ReactElement } from 'react'

import { useLoad } from '../api/use-api.ts'
import type { AgentSummaryWire } from '../api/wire.ts'
import { linkTo } from '../app/route.ts'
import { DataTable } from '../ui/data-table.tsx'
import type { Column } from '../ui/data-table.tsx'
import { countOf, countText, dayText } from '../ui/format.ts'
import { Empty, Loaded } from '../ui/loaded.tsx'
import { Pager } from '../ui/pager.tsx'
import { AGENTS_PER_PAGE, agentPage } from './agent-list-view.ts'
import type { AgentSort, AgentView } from './agent-list-view.ts'
import { readAgents } from './read-agents.ts'

const FIRST_VIEW: AgentView = { search: '', sort: 'agent_id', isDescending: false, page: 0 }

/** The agents for which something is set or that answered; any other is opened by its id. */
export function AgentList(): ReactElement {
  const [view, setView] = useState(FIRST_VIEW)
  const agents = useLoad('agents', readAgents)
  return (
    <>
      <h1>Agents</h1>
      <p className="lead">
        An agent is a name under which your programs ask for answers. Here is what each may use, and
        how much it is used.
      </p>
      <search className="filters">
        <label className="filter filter-search">
          <span>Search, or the id of a new agent</span>
          <input
            type="search"
            value={view.search}
            spellCheck={false}
            onChange={({ target }) => setView({ ...view, search: target.value, page: 0 })}
          />
        </label>
      </search>
      <Loaded of={agents} what="the agents">
        {({ items, isCut }) => (
          <>
            <OpenByName items={items} id={view.search.trim()} />
            {isCut && (
              <p className="notice">
                There are more agents than the {countText(items.length)} that were read: open others
                by their id.
              </p>
            )}
            {items.length === 0 ? <NoAgent /> : <Rows items={items} view={view} onView={setView} />}
          </>
        )}
      </Loaded>
    </>
  )
}

function NoAgent(): ReactElement {
  return (
    <Empty>
      <p>
        <strong>No agent yet.</strong>
      </p>
      <p>
        An agent comes to be when a program asks under its name, as with{' '}
        <code>
          router.chat({'{'} agentId: &apos;support&apos;, … {'}'})
        </code>
        , or when you set models for it: write its id above.
      </p>
    </Empty>
  )
}

interface OpenByNameProps {
  readonly items: readonly AgentSummaryWire[]
  readonly id: string
}

/** The way to an agent that has nothing yet. */
function OpenByName({ items, id }: OpenByNameProps): ReactElement | null {
  if (id === '' || items.some(({ agent_id: known }) => known === id)) return null
  return (
    <p>
      Nothing is known of an agent called exactly <code>{id}</code>.{' '}
      <a href={linkTo(['agents', id])}>Set its models</a>
    </p>
  )
}

interface RowsProps {
  readonly items: readonly AgentSummaryWire[]
  readonly view: AgentView
  readonly onView: (view: AgentView) => void
}

function Rows({ items, view, onView }: RowsProps): ReactElement {
  const { rows, total } = agentPage(items, view)
  const isLast = (view.page + 1) * AGENTS_PER_PAGE >= total
  const isPaged = total > AGENTS_PER_PAGE
  return (
    <>
      <p className="quiet" role="status">
        {total === items.length
          ? countOf(total, 'agent')
          : `${countText(total)} of ${countOf(items.length, 'agent')}`}
      </p>
      {rows.length === 0 ? (
        <Empty>None fits.</Empty>
      ) : (
        <DataTable
          caption="Agents"
          isCaptionHidden
          columns={COLUMNS}
          rows={rows}
          rowId={({ agent_id: id }) => id}
          sorting={{
            by: view.sort,
            isDescending: view.isDescending,
            onChange: (sort, isDescending) =>
              // Only what the columns below have as ids.
              onView({ ...view, sort: sort as AgentSort, isDescending, page: 0 }),
          }}
        />
      )}
      {isPaged && (
        <Pager
          number={view.page + 1}
          previous={view.page === 0 ? undefined : () => onView({ ...view, page: view.page - 1 })}
          next={isLast ? undefined : () => onView({ ...view, page: view.page + 1 })}
        />
      )}
    </>
  )
}

const COLUMNS: readonly Column<AgentSummaryWire>[] = [
  {
    id: 'agent_id',
    accessorKey: 'agent_id',
    header: 'Agent',
    enableSorting: true,
    cell: ({ row: { original } }) => (
      <a href={linkTo(['agents', original.agent_id])}>{original.agent_id}</a>
    ),
  },
  countColumn('enabled_by_name', 'Enabled by name'),
  countColumn('disabled_by_name', 'Disabled by name'),
  countColumn('rules', 'Rules'),
  countColumn('answers_last_30_days', 'Answers in 30 days'),
  {
    id: 'last_used_on',
    accessorKey: 'last_used_on',
    header: 'Last used',
    enableSorting: true,
    cell: ({ row: { original } }) =>
      original.last_used_on === null ? 'never' : dayText(original.last_used_on),
  },
]

type CountName = Exclude<AgentSort, 'agent_id' | 'last_used_on'>

function countColumn(name: CountName, header: string): Column<AgentSummaryWire> {
  return {
    id: name,
    accessorKey: name,
    header,
    enableSorting: true,
    cell: ({ row: { original } }) => countText(original[name]),
  }
}
