import { useCallback, useMemo, useState } from 'react'
import type { ReactElement } from 'react'

import { useLoad } from '../api/use-api.ts'
import type { AgentModelPageWire } from '../api/wire.ts'
import { linkTo } from '../app/route.ts'
import { DataTable } from '../ui/data-table.tsx'
import { countText } from '../ui/format.ts'
import { Empty, Loaded } from '../ui/loaded.tsx'
import { AddModels } from './add-models.tsx'
import { agentColumns, agentRows } from './agent-columns.tsx'
import { AgentRules } from './agent-rules.tsx'
import { BulkActions } from './bulk-actions.tsx'

const PAGE_SIZE = 100

/** What one agent may use. */
export function AgentModels({ agentId }: { readonly agentId: string }): ReactElement {
  const [search, setSearch] = useState('')
  const [isAdding, setAdding] = useState(false)
  const [version, setVersion] = useState(0)
  const onChanged = useCallback(() => setVersion((count) => count + 1), [])
  const models = useLoad(`agent ${agentId} ${search} ${version}`, (api, sending) =>
    api.agentModels(agentId, { search, per_page: PAGE_SIZE }, sending),
  )
  return (
    <>
      <header className="screen-head">
        <h1>Models of {agentId}</h1>
        <a href={linkTo(['agents'])}>All agents</a>
      </header>
      <div className="filters">
        <label className="filter filter-search">
          <span>Search</span>
          <input type="search" value={search} onChange={(event) => setSearch(event.target.value)} />
        </label>
        <button type="button" className="primary" onClick={() => setAdding(true)}>
          Add models
        </button>
        <BulkActions agentId={agentId} onDone={onChanged} />
      </div>
      <Loaded of={models} what={`the models of ${agentId}`}>
        {(page) => <Rows {...{ agentId, page, onChanged, search }} />}
      </Loaded>
      <AgentRules agentId={agentId} {...{ version, onChanged }} />
      <AddModels
        agentId={agentId}
        isOpen={isAdding}
        onClose={() => setAdding(false)}
        onAdded={onChanged}
      />
    </>
  )
}

interface RowsProps {
  readonly agentId: string
  readonly page: AgentModelPageWire
  readonly onChanged: () => void
  readonly search: string
}

function Rows({ agentId, page, onChanged, search }: RowsProps): ReactElement {
  const columns = useMemo(() => agentColumns(agentId, onChanged), [agentId, onChanged])
  const rows = agentRows(page, search)
  const { total_enabled: total, total_is_estimate: isEstimate } = page
  return (
    <>
      <p className="quiet" role="status">
        {isEstimate ? 'More than ' : ''}
        {countText(total)} enabled
        {page.models.length < total &&
          `, of which ${page.models.length} are shown: search for others`}
      </p>
      {rows.length === 0 ? (
        <Empty>
          {search === ''
            ? 'No model is enabled by name or by rule. An agent for which nothing was ever set uses what the host gives such agents; the first model you enable ends that.'
            : 'None fits.'}
        </Empty>
      ) : (
        <DataTable
          caption={`Models of ${agentId}`}
          isCaptionHidden
          columns={columns}
          rows={rows}
          rowId={({ model_id: id }) => id}
        />
      )}
    </>
  )
}
