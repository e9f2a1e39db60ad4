import { scaleBand } from 'd3-scale'
import type { ReactElement } from 'react'

import type { DaySeries } from '../performance/figures.ts'
import { dayText, percentText } from '../ui/format.ts'
import { Legend } from './legend.tsx'
import { useWidth } from './use-width.ts'

export interface ShareChartProps {
  readonly label: string
  readonly days: readonly string[]
  /** Counts, day by day. */
  readonly series: readonly DaySeries[]
}

const HEIGHT = 220
const AXIS_PX = 26

/** Whose part of each day's answers was how large. Days without answers stay empty. */
export function ShareChart({ label, days, series }: ShareChartProps): ReactElement {
  const { ref, width } = useWidth()
  const x = scaleBand([...days], [0, width]).paddingInner(0.25)
  return (
    <div ref={ref} className="chart-frame">
      <svg width={width} height={HEIGHT} role="img" aria-label={label}>
        {days.map((day, index) => (
          <g key={day} transform={`translate(${x(day) ?? 0} 0)`}>
            <Bar day={day} index={index} series={series} width={x.bandwidth()} />
          </g>
        ))}
        <g className="axis">
          <text x={0} y={HEIGHT - 8}>
            {dayText(days[0] ?? '1970-01-01')}
          </text>
          <text x={width} y={HEIGHT - 8} textAnchor="end">
            {dayText(days.at(-1) ?? '1970-01-01')}
          </text>
        </g>
      </svg>
      <Legend names={series.map(({ name }) => name)} />
    </div>
  )
}

interface BarProps {
  readonly day: string
  readonly index: number
  readonly series: readonly DaySeries[]
  readonly width: number
}

function Bar({ day, index, series, width }: BarProps): ReactElement {
  const counts = series.map(({ values }) => values[index] ?? 0)
  const total = counts.reduce((sum, count) => sum + count, 0)
  const room = HEIGHT - AXIS_PX
  const parts = counts.map((count, part) => {
    const before = counts.slice(0, part).reduce((sum, each) => sum + each, 0)
    return { count, from: total === 0 ? 0 : before / total, share: total === 0 ? 0 : count / total }
  })
  return (
    <>
      {parts.map(
        ({ count, from, share }, part) =>
          count > 0 && (
            <rect
              // A series has one place in the bar.
              key={series[part]?.name}
              className={`series-${part} series-area`}
              width={width}
              y={from * room}
              height={Math.max(0, share * room - 1)}
            >
              <title>{`${dayText(day)}: ${series[part]?.name} ${percentText(share)}, ${count}`}</title>
            </rect>
          ),
      )}
    </>
  )
}
