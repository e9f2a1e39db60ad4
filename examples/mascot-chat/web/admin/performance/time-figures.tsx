import type { ReactElement } from 'react'

import type { PerformanceWire } from '../api/wire.ts'
import { ChartFigure } from '../charts/chart-figure.tsx'
import { LineChart } from '../charts/line-chart.tsx'
import { ShareChart } from '../charts/share-chart.tsx'
import { countOf, countText, dollarsText, millisecondsText } from '../ui/format.ts'
import { DayTable } from './day-table.tsx'
import { seriesBy, topSeries } from './figures.ts'
import type { DaySeries, SeriesOf } from './figures.ts'
import type { Marker } from './markers.ts'

export interface TimeFigureProps {
  /** Told apart by day, and by what the lines are. */
  readonly rows: readonly PerformanceWire[]
  readonly of: SeriesOf
  readonly days: readonly string[]
  readonly markers: readonly Marker[]
}

/** Who answered how large a part of each day. */
export function TrafficFigure(props: TimeFigureProps): ReactElement {
  const { days } = props
  const all = seriesBy(props.rows, { ...props, valueOf: ({ usage_count: count }) => count })
  const { shown, left } = topSeries(all)
  return (
    <ChartFigure
      title="Traffic share"
      note={`The part of each day’s answers.${leftText(left)}`}
      table={<DayTable caption="Answers a day" days={days} series={all} valueText={countText} />}
    >
      <ShareChart label="Answers a day and whose they were" days={days} series={shown} />
    </ChartFigure>
  )
}

/** How long answers took, the middle one of each day. */
export function LatencyFigure(props: TimeFigureProps): ReactElement {
  return (
    <Lines
      {...props}
      title="Latency"
      note="The middle one (p50) of each day’s completed calls."
      caption="Latency p50 a day"
      valueOf={({ p50_latency_ms: latencyMs }) => latencyMs}
      valueText={millisecondsText}
    />
  )
}

/** What one answer cost on average, day by day. */
export function CostFigure(props: TimeFigureProps): ReactElement {
  return (
    <Lines
      {...props}
      title="Cost per answer"
      note="The average of each day. Calls of unknown price are not in it, and are not taken for free."
      caption="Cost per answer a day"
      valueOf={costOf}
      valueText={dollarsText}
    />
  )
}

/** Where every call failed there is no answer to have a price. */
function costOf(row: PerformanceWire): number | null {
  return row.failure_count === row.call_count ? null : row.cost_per_request_usd
}

interface LinesProps extends TimeFigureProps {
  readonly title: string
  readonly note: string
  readonly caption: string
  readonly valueOf: (row: PerformanceWire) => number | null
  readonly valueText: (value: number) => string
}

function Lines(props: LinesProps): ReactElement {
  const { title, note, caption, days, markers, valueText } = props
  const all: readonly DaySeries[] = seriesBy(props.rows, props)
  const { shown, left } = topSeries(all)
  return (
    <ChartFigure
      title={title}
      note={`${note}${leftText(left)}`}
      table={<DayTable {...{ caption, days, valueText }} series={all} />}
    >
      <LineChart label={caption} {...{ days, markers, valueText }} series={shown} />
    </ChartFigure>
  )
}

function leftText(left: number): string {
  return left === 0 ? '' : ` ${countOf(left, 'more line')} with fewer answers: in the table alone.`
}
