import type { ReactElement } from 'react'

import type { PerformanceWire } from '../api/wire.ts'
import { ChartFigure } from '../charts/chart-figure.tsx'
import { RangeChart } from '../charts/range-chart.tsx'
import type { RangeRow } from '../charts/range-chart.tsx'
import { DataTable } from '../ui/data-table.tsx'
import type { Column } from '../ui/data-table.tsx'
import { countOf, countText, dollarsText, millisecondsText, percentText } from '../ui/format.ts'
import { Empty } from '../ui/loaded.tsx'
import { LEAST_RATINGS, ratingText } from './figures.ts'

/** What people thought of each model, with how sure one can be. */
export function QualityFigure({
  rows,
}: {
  readonly rows: readonly PerformanceWire[]
}): ReactElement {
  const ranges = rows
    .flatMap(toRange)
    .toSorted((one, other) => Number(one.isWeak) - Number(other.isWeak) || other.mean - one.mean)
  return (
    <ChartFigure
      title="Quality"
      note={`The average rating and its 95 % interval. Grey: fewer than ${LEAST_RATINGS} ratings, hardly knowledge. Ratings are kept by month, so whole months count.`}
      table={
        <DataTable
          caption="How models did"
          isCaptionHidden
          columns={COLUMNS}
          rows={rows}
          rowId={({ model }) => model ?? ''}
        />
      }
    >
      {ranges.length === 0 ? (
        <Empty>No answer was rated in this period.</Empty>
      ) : (
        <RangeChart label={summaryOf(ranges)} rows={ranges} />
      )}
    </ChartFigure>
  )
}

function toRange(row: PerformanceWire): readonly RangeRow[] {
  const { model, avg_rating: mean, rating_low: low, rating_high: high } = row
  if (mean === null || low === null || high === null) return []
  return [
    {
      name: model ?? '',
      mean,
      low,
      high,
      isWeak: !row.rating_is_known,
      note: `${percentText(mean)} · ${countOf(row.rating_count, 'rating')}`,
    },
  ]
}

function summaryOf(ranges: readonly RangeRow[]): string {
  return `Quality. ${ranges.map(({ name, note }) => `${name}: ${note}`).join('; ')}`
}

const COLUMNS: readonly Column<PerformanceWire>[] = [
  { id: 'model', accessorKey: 'model', header: 'Model', enableSorting: true },
  {
    id: 'rating',
    accessorKey: 'avg_rating',
    header: 'Quality (95 % interval)',
    enableSorting: true,
    cell: ({ row: { original } }) => ratingText(original),
  },
  {
    id: 'usage',
    accessorKey: 'usage_count',
    header: 'Answers',
    enableSorting: true,
    cell: ({ row: { original } }) => countText(original.usage_count),
  },
  {
    id: 'failures',
    accessorKey: 'failure_count',
    header: 'Failed calls',
    enableSorting: true,
    cell: ({ row: { original } }) =>
      `${countText(original.failure_count)} of ${countText(original.call_count)}`,
  },
  {
    id: 'latency',
    accessorKey: 'p50_latency_ms',
    header: 'Latency p50 / p95',
    enableSorting: true,
    cell: ({ row: { original } }) =>
      `${millisecondsText(original.p50_latency_ms)} / ${millisecondsText(original.p95_latency_ms)}`,
  },
  {
    id: 'cost',
    accessorKey: 'cost_usd',
    header: 'Cost',
    enableSorting: true,
    cell: ({ row: { original } }) => costText(original),
  },
]

/** What is known of the cost, and how many calls are not in it. */
function costText({ cost_usd: cost, unpriced_call_count: unpriced }: PerformanceWire): string {
  const missing = unpriced === 0 ? '' : ` and ${countOf(unpriced, 'call')} of unknown price`
  return `${dollarsText(cost)}${missing}`
}
