import { scaleLinear, scalePoint } from 'd3-scale'
import { line } from 'd3-shape'
import type { ReactElement } from 'react'

import type { DaySeries } from '../performance/figures.ts'
import type { Marker } from '../performance/markers.ts'
import { dayText } from '../ui/format.ts'
import { Legend, markPath } from './legend.tsx'
import { useWidth } from './use-width.ts'

export interface LineChartProps {
  /** What it shows, for people who do not see it. */
  readonly label: string
  readonly days: readonly string[]
  readonly series: readonly DaySeries[]
  readonly markers: readonly Marker[]
  readonly valueText: (value: number) => string
}

const HEIGHT = 260
const EDGE = { top: 36, right: 14, bottom: 28, left: 74 }

/** Lines over days, with what happened in between. Days without a value break the line. */
export function LineChart(props: LineChartProps): ReactElement {
  const { label, days, series, markers, valueText } = props
  const { ref, width } = useWidth()
  const x = scalePoint([...days], [EDGE.left, width - EDGE.right])
  const top = Math.max(...series.flatMap(({ values }) => values.map((value) => value ?? 0)), 0)
  const y = scaleLinear([0, top === 0 ? 1 : top], [HEIGHT - EDGE.bottom, EDGE.top]).nice(4)
  return (
    <div ref={ref} className="chart-frame">
      <svg width={width} height={HEIGHT} role="img" aria-label={label}>
        <YAxis ticks={y.ticks(4)} at={y} width={width} text={valueText} />
        <XAxis days={days} at={(day) => x(day) ?? 0} width={width} />
        <Markers markers={markers} at={(day) => x(day)} />
        {series.map((one, index) => (
          <Line
            key={one.name}
            series={one}
            index={index}
            points={one.values.map((value, day) =>
              value === undefined ? undefined : [x(days[day] ?? '') ?? 0, y(value)],
            )}
          />
        ))}
      </svg>
      <Legend names={series.map(({ name }) => name)} />
    </div>
  )
}

type Point = readonly [x: number, y: number] | undefined

interface LineProps {
  readonly series: DaySeries
  readonly index: number
  readonly points: readonly Point[]
}

function Line({ series, index, points }: LineProps): ReactElement {
  const path = line<Point>()
    .defined((point) => point !== undefined)
    .x((point) => point?.[0] ?? 0)
    .y((point) => point?.[1] ?? 0)([...points])
  return (
    <g className={`series-${index}`}>
      <path d={path ?? ''} className="series-line" />
      {points.map(
        (point, day) =>
          point !== undefined && (
            <path
              // A day has one place in its series.
              key={`${series.name} ${day}`}
              d={markPath(index)}
              transform={`translate(${point[0]} ${point[1]})`}
              className="series-mark"
            />
          ),
      )}
    </g>
  )
}

interface YAxisProps {
  readonly ticks: readonly number[]
  readonly at: (value: number) => number
  readonly width: number
  readonly text: (value: number) => string
}

function YAxis({ ticks, at, width, text }: YAxisProps): ReactElement {
  return (
    <g className="axis">
      {ticks.map((tick) => (
        <g key={tick}>
          <line x1={EDGE.left} x2={width - EDGE.right} y1={at(tick)} y2={at(tick)} />
          <text x={EDGE.left - 8} y={at(tick)} dy="0.32em" textAnchor="end">
            {text(tick)}
          </text>
        </g>
      ))}
    </g>
  )
}

interface XAxisProps {
  readonly days: readonly string[]
  readonly at: (day: string) => number
  readonly width: number
}

const DAY_LABEL_PX = 70

function XAxis({ days, at, width }: XAxisProps): ReactElement {
  const room = Math.max(1, Math.floor((width - EDGE.left - EDGE.right) / DAY_LABEL_PX))
  const step = Math.max(1, Math.ceil(days.length / room))
  // From the last day back, so that today is always named.
  const named = days.filter((_, index) => (days.length - 1 - index) % step === 0)
  return (
    <g className="axis">
      {named.map((day) => (
        <text
          key={day}
          x={at(day)}
          y={HEIGHT - 8}
          textAnchor={day === days.at(-1) && days.length > 1 ? 'end' : 'middle'}
        >
          {dayText(day)}
        </text>
      ))}
    </g>
  )
}

interface MarkersProps {
  readonly markers: readonly Marker[]
  readonly at: (day: string) => number | undefined
}

/** Catalogue marks stand on their line, alarms above them, so that both of a day are seen. */
const MARKS = {
  catalogue: { path: 'M0,0l5,-9h-10z', y: EDGE.top - 6 },
  drift: { path: 'M0,-6l6,6l-6,6l-6,-6z', y: EDGE.top - 25 },
} as const

function Markers({ markers, at }: MarkersProps): ReactElement {
  return (
    <g className="markers">
      {markers.flatMap(({ day, kind, text }) => {
        const place = at(day)
        if (place === undefined) return []
        const { path, y } = MARKS[kind]
        return [
          <g key={`${kind} ${day}`} className={`marker-${kind}`}>
            <title>{`${dayText(day)}: ${text}`}</title>
            <line x1={place} x2={place} y1={y} y2={HEIGHT - EDGE.bottom} />
            <path d={path} transform={`translate(${place} ${y})`} />
          </g>,
        ]
      })}
    </g>
  )
}
