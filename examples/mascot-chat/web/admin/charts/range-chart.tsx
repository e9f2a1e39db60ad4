import { scaleLinear } from 'd3-scale'
import type { ReactElement } from 'react'

import { percentText } from '../ui/format.ts'
import { useWidth } from './use-width.ts'

/** A value with the band in which it probably is. */
export interface RangeRow {
  readonly name: string
  readonly mean: number
  readonly low: number
  readonly high: number
  /** Whether too little is known: it is drawn grey. */
  readonly isWeak: boolean
  readonly note: string
}

export interface RangeChartProps {
  readonly label: string
  readonly rows: readonly RangeRow[]
}

const ROW_PX = 46
/** Below this the note stands under the name. */
const NARROW_PX = 560
const NOTE_PX = 16
const AXIS_PX = 26
const EDGE_PX = 16

/** One row each: the mean as a mark, its 95 % interval as a band, from 0 to 100 %. */
export function RangeChart({ label, rows }: RangeChartProps): ReactElement {
  const { ref, width } = useWidth()
  const x = scaleLinear([0, 1], [EDGE_PX, width - EDGE_PX])
  const notePx = width < NARROW_PX ? NOTE_PX : 0
  const rowPx = ROW_PX + notePx
  const height = rows.length * rowPx + AXIS_PX
  return (
    <div ref={ref} className="chart-frame">
      <svg width={width} height={height} role="img" aria-label={label}>
        <g className="axis">
          {[0, 0.25, 0.5, 0.75, 1].map((tick) => (
            <g key={tick}>
              <line x1={x(tick)} x2={x(tick)} y1={0} y2={height - AXIS_PX} />
              <text x={x(tick)} y={height - 8} textAnchor={anchorOf(tick)}>
                {percentText(tick)}
              </text>
            </g>
          ))}
        </g>
        {rows.map((row, index) => (
          <g
            key={row.name}
            className={row.isWeak ? 'range range-weak' : 'range'}
            transform={`translate(0 ${index * rowPx})`}
          >
            <text x={EDGE_PX} y={15} className="range-name">
              {row.name}{' '}
              <tspan className="range-note" {...(notePx === 0 ? {} : { x: EDGE_PX, dy: notePx })}>
                {row.note}
              </tspan>
            </text>
            <rect
              x={x(row.low)}
              width={Math.max(2, x(row.high) - x(row.low))}
              y={24 + notePx}
              height={12}
            />
            <circle cx={x(row.mean)} cy={30 + notePx} r={6} />
          </g>
        ))}
      </svg>
    </div>
  )
}

function anchorOf(tick: number): 'start' | 'middle' | 'end' {
  if (tick === 0) return 'start'
  return tick === 1 ? 'end' : 'middle'
}
