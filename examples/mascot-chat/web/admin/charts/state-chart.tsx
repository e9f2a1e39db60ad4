import { scaleLinear } from 'd3-scale'
import type { ReactElement } from 'react'

import { useWidth } from './use-width.ts'

/** How something was for a while: a colour and a pattern each. */
export type ChartState = 'healthy' | 'degraded' | 'down' | 'unknown'

/** A part of a bar, from 0 to 1. */
export interface StateSpan {
  readonly state: ChartState
  readonly from: number
  readonly to: number
  /** What is said of it under the pointer. */
  readonly title: string
}

export interface StateRow {
  readonly id: string
  readonly name: string
  readonly note: string
  readonly spans: readonly StateSpan[]
}

export interface StateChartProps {
  /** What it shows, for people who do not see it. */
  readonly label: string
  readonly rows: readonly StateRow[]
  /** Names of points of time, evenly apart: the first is the beginning, the last the end. */
  readonly ticks: readonly string[]
}

const ROW_PX = 58
const NAME_Y = 15
const BAR_Y = 24
const BAR_PX = 22
const AXIS_PX = 24
/** A minute of thirty days is less than a pixel, and is still to be seen. */
const LEAST_PX = 3

/** One bar each over the same time, with states that differ in colour and in pattern. */
export function StateChart({ label, rows, ticks }: StateChartProps): ReactElement {
  const { ref, width } = useWidth()
  const x = scaleLinear([0, 1], [0, width])
  const height = rows.length * ROW_PX + AXIS_PX
  return (
    <div ref={ref} className="chart-frame">
      <svg width={width} height={height} role="img" aria-label={label}>
        <StatePatterns />
        {rows.map((row, index) => (
          <g key={row.id} transform={`translate(0 ${index * ROW_PX})`}>
            <text x={0} y={NAME_Y} className="range-name">
              {row.name} <tspan className="range-note">{row.note}</tspan>
            </text>
            <Spans spans={row.spans} at={(share) => x(share)} />
          </g>
        ))}
        <g className="axis">
          {ticks.map(
            (tick, index) =>
              hasRoom(index, ticks.length, width) && (
                <text
                  key={tick}
                  x={x(index / (ticks.length - 1))}
                  y={height - 6}
                  textAnchor={anchorOf(index, ticks.length)}
                >
                  {tick}
                </text>
              ),
          )}
        </g>
      </svg>
      <StateLegend />
    </div>
  )
}

interface SpansProps {
  readonly spans: readonly StateSpan[]
  readonly at: (share: number) => number
}

const ORDER: readonly ChartState[] = ['unknown', 'healthy', 'degraded', 'down']

/** What is worse is drawn over what is better, which has more than enough room. */
function Spans({ spans, at }: SpansProps): ReactElement {
  const drawn = spans.toSorted(
    (one, other) => ORDER.indexOf(one.state) - ORDER.indexOf(other.state),
  )
  const end = at(1)
  return (
    <>
      {drawn.map(({ state, from, to, title }) => {
        const width = Math.max(LEAST_PX, at(to) - at(from))
        return (
          <StateBar
            key={`${state} ${from}`}
            state={state}
            x={Math.min(at(from), end - width)}
            y={BAR_Y}
            width={width}
            height={BAR_PX}
          >
            <title>{title}</title>
          </StateBar>
        )
      })}
    </>
  )
}

interface StateBarProps {
  readonly state: ChartState
  readonly x?: number
  readonly y?: number
  readonly width: number
  readonly height: number
  readonly children?: ReactElement
}

function StateBar({ state, children, ...place }: StateBarProps): ReactElement {
  return (
    <rect className="state-bar" data-state={state} fill={`url(#state-${state})`} {...place}>
      {children}
    </rect>
  )
}

/** Healthy is plain, degraded has stripes, down is crossed, and what nobody knows is dotted. */
function StatePatterns(): ReactElement {
  const size = { width: 8, height: 8, patternUnits: 'userSpaceOnUse' } as const
  const marks = {
    healthy: '',
    degraded: 'M-2,2l4,-4M0,8l8,-8M6,10l4,-4',
    down: 'M0,0l8,8M0,8l8,-8',
    unknown: 'M4,3v2',
  } as const
  return (
    <defs>
      {ORDER.map((state) => (
        <pattern key={state} id={`state-${state}`} {...size}>
          <rect width="8" height="8" className={`state-ground-${state}`} />
          <path d={marks[state]} className={`state-mark-${state}`} />
        </pattern>
      ))}
    </defs>
  )
}

function StateLegend(): ReactElement {
  return (
    <ul className="legend">
      {ORDER.toReversed().map((state) => (
        <li key={state}>
          <svg width="24" height="14" aria-hidden="true">
            <StateBar state={state} width={24} height={14} />
          </svg>{' '}
          {state === 'unknown' ? 'not known' : state}
        </li>
      ))}
    </ul>
  )
}

const TICK_PX = 72

/** The first and the last are always named; of those between, what does not run into them. */
function hasRoom(index: number, count: number, width: number): boolean {
  const tickPx = width / (count - 1)
  const isEnd = index === 0 || index === count - 1
  const isFar = index * tickPx > TICK_PX * 1.4 && (count - 1 - index) * tickPx > TICK_PX / 2
  return isEnd || (isFar && index % Math.ceil(TICK_PX / 2 / tickPx) === 0)
}

function anchorOf(index: number, count: number): 'start' | 'middle' | 'end' {
  if (index === 0) return 'start'
  return index === count - 1 ? 'end' : 'middle'
}
