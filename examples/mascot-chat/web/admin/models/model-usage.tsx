import { useState } from 'react'
import type { ReactElement } from 'react'

import { useLoad } from '../api/use-api.ts'
import type { PerformanceWire } from '../api/wire.ts'
import { ratingText } from '../performance/figures.ts'
import { useSession } from '../session/session-context.tsx'
import { DataTable } from '../ui/data-table.tsx'
import type { Column } from '../ui/data-table.tsx'
import { countText, dollarsText, millisecondsText, wordsOf } from '../ui/format.ts'
import { Empty, Loaded } from '../ui/loaded.tsx'
import { Choice } from './model-filters.tsx'

/** What a model was used for, by kind of task and by month. */
export function ModelUsage({ modelId }: { readonly modelId: string }): ReactElement {
  const { agentIds } = useSession()
  const [chosen, setChosen] = useState(agentIds?.[0] ?? '')
  const usage = useLoad(`usage ${modelId} ${chosen}`, (api, sending) =>
    api.modelUsage(modelId, { agent_id: chosen }, sending),
  )
  return (
    <section className="card" aria-label="Usage">
      <h2>Usage</h2>
      {agentIds !== undefined && (
        <div className="filters">
          <Choice
            label="Agent"
            value={chosen}
            options={agentIds}
            names={Object.fromEntries(agentIds.map((id) => [id, id]))}
            none={null}
            onChange={setChosen}
          />
        </div>
      )}
      <Loaded of={usage} what="its usage">
        {({ overall, by_task_type: tasks, by_month: months }) =>
          overall.usage_count === 0 ? (
            <Empty>It was not used yet.</Empty>
          ) : (
            <>
              <DataTable
                caption="By kind of task"
                columns={usageColumns('Task', ({ task_type: task }) => wordsOf(task ?? 'all'))}
                rows={[...tasks, overall]}
                rowId={({ task_type: task }) => task ?? 'all'}
              />
              <DataTable
                caption="By month"
                columns={usageColumns('Month', ({ period }) => period ?? 'all')}
                rows={months}
                rowId={({ period }) => period ?? 'all'}
              />
            </>
          )
        }
      </Loaded>
    </section>
  )
}

function usageColumns(
  name: string,
  nameOf: (row: PerformanceWire) => string,
): readonly Column<PerformanceWire>[] {
  return [
    { id: 'name', header: name, cell: ({ row: { original } }) => nameOf(original) },
    {
      id: 'answers',
      header: 'Answers',
      cell: ({ row: { original } }) => countText(original.usage_count),
    },
    {
      id: 'failures',
      header: 'Failed calls',
      cell: ({ row: { original } }) => countText(original.failure_count),
    },
    { id: 'rating', header: 'Quality', cell: ({ row: { original } }) => ratingText(original) },
    {
      id: 'latency',
      header: 'Latency p50 / p95',
      cell: ({ row: { original } }) =>
        `${millisecondsText(original.p50_latency_ms)} / ${millisecondsText(original.p95_latency_ms)}`,
    },
    {
      id: 'tokens',
      header: 'Tokens in / out',
      cell: ({ row: { original } }) =>
        `${countText(original.input_tokens)} / ${countText(original.output_tokens)}`,
    },
    { id: 'cost', header: 'Cost', cell: ({ row: { original } }) => dollarsText(original.cost_usd) },
  ]
}
