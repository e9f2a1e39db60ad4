import type { ReactElement } from 'react'

import { useLoad } from '../api/use-api.ts'
import type { PerformanceWire } from '../api/wire.ts'
import { ChartFigure } from '../charts/chart-figure.tsx'
import { LineChart } from '../charts/line-chart.tsx'
import { DayTable } from '../performance/day-table.tsx'
import { daysFrom, firstDay, topSeries } from '../performance/figures.ts'
import type { DaySeries } from '../performance/figures.ts'
import { percentText, providerOf } from '../ui/format.ts'
import { Empty, Loaded } from '../ui/loaded.tsx'

const DAYS = 30

/** The part of each provider's calls that failed, day by day. */
export function FailureHistory(): ReactElement {
  const first = firstDay(DAYS, Date.now())
  const rows = useLoad(`failures ${first}`, (api, sending) =>
    api.performance({ from: first, group_by: 'model,day' }, sending),
  )
  return (
    <Loaded of={rows} what="what failed">
      {(data) => <Figure rows={data} days={daysFrom(first, Date.now())} />}
    </Loaded>
  )
}

interface FigureProps {
  readonly rows: readonly PerformanceWire[]
  readonly days: readonly string[]
}

function Figure({ rows, days }: FigureProps): ReactElement {
  const series = failureSeries(rows, days)
  const { shown } = topSeries(series)
  const caption = 'Failed calls a day, by provider'
  return (
    <ChartFigure
      title="Failed calls"
      note={`The part of each provider’s calls that failed, over the last ${DAYS} days.`}
      table={<DayTable caption={caption} days={days} series={series} valueText={percentText} />}
    >
      {series.length === 0 ? (
        <Empty>No calls in this period.</Empty>
      ) : (
        <LineChart
          label={caption}
          days={days}
          series={shown}
          markers={[]}
          valueText={percentText}
        />
      )}
    </ChartFigure>
  )
}

/** The share of failed calls of each provider, over all of its models. */
export function failureSeries(
  rows: readonly PerformanceWire[],
  days: readonly string[],
): readonly DaySeries[] {
  const byProvider = Map.groupBy(rows, ({ model }) => providerOf(model ?? ''))
  return [...byProvider].map(([name, own]) => {
    const byDay = Map.groupBy(own, ({ period }) => period)
    return { name, values: days.map((day) => failedShare(byDay.get(day) ?? [])) }
  })
}

function failedShare(rows: readonly PerformanceWire[]): number | undefined {
  const calls = rows.reduce((sum, { call_count: count }) => sum + count, 0)
  const failures = rows.reduce((sum, { failure_count: count }) => sum + count, 0)
  return calls === 0 ? undefined : failures / calls
}
