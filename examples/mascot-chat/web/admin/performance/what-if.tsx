import { useState } from 'react'
import type { ReactElement } from 'react'

import { useLoad } from '../api/use-api.ts'
import type { EvaluationWire } from '../api/wire.ts'
import { ChartFigure } from '../charts/chart-figure.tsx'
import { RangeChart } from '../charts/range-chart.tsx'
import type { RangeRow } from '../charts/range-chart.tsx'
import { Choice } from '../models/model-filters.tsx'
import { DataTable } from '../ui/data-table.tsx'
import type { Column } from '../ui/data-table.tsx'
import { UNKNOWN, countText, percentText } from '../ui/format.ts'
import { Empty, Loaded } from '../ui/loaded.tsx'

/** Those that the log alone can judge; the API takes six at most. */
const STRATEGIES = ['weighted', 'priority', 'adaptive', 'cheapest', 'cheapest-within']

/** What other strategies would have earned on the requests that were rated. */
export function WhatIf(): ReactElement {
  const [agentId, setAgentId] = useState('')
  const agents = useLoad('agents with answers', async (api, sending) => {
    const rows = await api.performance({ group_by: 'agent' }, sending)
    return rows.flatMap(({ agent_id: id }) => id ?? [])
  })
  const reports = useLoad(`what if ${agentId}`, (api, sending) =>
    api.evaluation({ strategies: STRATEGIES.join(','), agent_id: agentId }, sending),
  )
  return (
    <>
      <h1>What if</h1>
      <p className="lead">
        What would other strategies have earned? Estimated from stored decisions, and how likely
        each was, with 95 % intervals. Where the log says too little, the answer is refused.
      </p>
      <div className="filters">
        <Choice
          label="Agent"
          value={agentId}
          options={agents.data ?? []}
          none="all"
          onChange={setAgentId}
        />
        <button type="button" onClick={reports.reload}>
          Estimate again
        </button>
      </div>
      <Loaded of={reports} what="the estimates">
        {({ items }) => <Reports items={items} />}
      </Loaded>
    </>
  )
}

function Reports({ items }: { readonly items: readonly EvaluationWire[] }): ReactElement {
  const actual = items.find((item) => item.actual !== null)?.actual
  const rows: readonly RangeRow[] = [
    ...(actual === undefined || actual === null
      ? []
      : [toRow('As it was', { ...actual, note: 'measured' })]),
    ...items.flatMap(({ strategy, value }) =>
      value === null ? [] : [toRow(strategy, { ...value, note: 'estimated' })],
    ),
  ]
  const refused = items.filter((item) => item.refused !== null)
  return (
    <>
      <ChartFigure
        title="Average rating"
        note="The first row is what the requests earned as they were."
        table={
          <DataTable
            caption="What strategies would have earned"
            isCaptionHidden
            columns={COLUMNS}
            rows={items}
            rowId={({ strategy }) => strategy}
          />
        }
      >
        {rows.length === 0 ? (
          <Empty>No estimate can be given; why is said below.</Empty>
        ) : (
          <RangeChart
            label={rows.map(({ name, note }) => `${name}: ${note}`).join('; ')}
            rows={rows}
          />
        )}
      </ChartFigure>
      {refused.length > 0 && (
        <section className="card" aria-label="Refused">
          <h2>Refused</h2>
          <ul>
            {refused.map((item) => (
              <li key={item.strategy}>
                <strong>{item.strategy}</strong>: {item.refused?.reason}
              </li>
            ))}
          </ul>
        </section>
      )}
      <section className="card" aria-label="In words">
        <h2>In words</h2>
        <ul>
          {items.map(({ strategy, sentence, warnings }) => (
            <li key={strategy}>
              {sentence} {warnings.join(' ')}
            </li>
          ))}
        </ul>
      </section>
    </>
  )
}

interface Estimated {
  readonly mean: number
  readonly low: number
  readonly high: number
  readonly note: string
}

function toRow(name: string, { mean, low, high, note }: Estimated): RangeRow {
  const inside = (value: number): number => Math.min(1, Math.max(0, value))
  return {
    name,
    mean: inside(mean),
    low: inside(low),
    high: inside(high),
    isWeak: false,
    note: `${percentText(mean)} (${percentText(low)} to ${percentText(high)}), ${note}`,
  }
}

const COLUMNS: readonly Column<EvaluationWire>[] = [
  { id: 'strategy', accessorKey: 'strategy', header: 'Strategy' },
  {
    id: 'value',
    header: 'Would have earned (95 % interval)',
    cell: ({ row: { original } }) => estimateText(original.value),
  },
  {
    id: 'actual',
    header: 'Earned as it was',
    cell: ({ row: { original } }) => estimateText(original.actual),
  },
  {
    id: 'used',
    header: 'Decisions used / rated',
    cell: ({ row: { original } }) =>
      `${countText(original.used_decisions)} / ${countText(original.rated_decisions)}`,
  },
  {
    id: 'sample',
    header: 'Effective sample',
    cell: ({ row: { original } }) => countText(Math.round(original.effective_sample_size)),
  },
  {
    id: 'refused',
    header: 'Refused because',
    cell: ({ row: { original } }) => original.refused?.reason ?? UNKNOWN,
  },
]

function estimateText(estimate: EvaluationWire['value']): string {
  if (estimate === null) return UNKNOWN
  const { mean, low, high } = estimate
  return `${percentText(mean)} (${percentText(low)} to ${percentText(high)})`
}
