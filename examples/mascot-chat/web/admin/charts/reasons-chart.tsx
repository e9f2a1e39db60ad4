import { scaleLinear } from 'd3-scale'
import type { ReactElement } from 'react'

import type { ReasonCountWire } from '../api/wire.ts'
import type { ModelReasons } from '../performance/reasons.ts'
import { wordsOf } from '../ui/format.ts'
import { useWidth } from './use-width.ts'

export interface ReasonsChartProps {
  /** What it shows, for people who do not see it. */
  readonly label: string
  readonly models: readonly ModelReasons[]
}

const NAME_PX = 30
const ROW_PX = 36
const BAR_PX = 12
const GAP_PX = 8
const COLUMN_GAP_PX = 40
/** From here on there are two columns. */
const WIDE_PX = 720

/** A bar for each reason of a model: bad ratings first, then good ones, all in one measure. */
export function ReasonsChart({ label, models }: ReasonsChartProps): ReactElement {
  const { ref, width } = useWidth()
  const counts = models.flatMap(({ reasons }) => reasons.map(({ good, bad }) => good + bad))
  const blocks = placed(models, width)
  const x = scaleLinear([0, Math.max(1, ...counts)], [0, blocks.columnPx])
  return (
    <div ref={ref} className="chart-frame">
      <svg width={width} height={blocks.height} role="img" aria-label={label}>
        <defs>
          <pattern id="reason-good" width="6" height="6" patternUnits="userSpaceOnUse">
            <rect width="6" height="6" className="reason-good-ground" />
            <path d="M0,6L6,0" className="reason-good-line" />
          </pattern>
        </defs>
        {blocks.models.map(({ model, left, top, reasons }) => (
          <g key={model} transform={`translate(${left} ${top})`}>
            <text x={0} y={18} className="range-name">
              {model}
            </text>
            {reasons.map((reason, index) => (
              <g key={reason.reason} transform={`translate(0 ${NAME_PX + index * ROW_PX})`}>
                <Bar reason={reason} lengthOf={(count) => x(count)} />
              </g>
            ))}
          </g>
        ))}
      </svg>
      <ReasonsLegend />
    </div>
  )
}

interface PlacedModel extends ModelReasons {
  readonly left: number
  readonly top: number
}

interface Placed {
  readonly models: readonly PlacedModel[]
  readonly columnPx: number
  readonly height: number
}

/** One below the other, or two by two. */
function placed(models: readonly ModelReasons[], width: number): Placed {
  const columns = width < WIDE_PX ? 1 : 2
  const columnPx = (width - (columns - 1) * COLUMN_GAP_PX) / columns
  let top = 0
  let rowPx = 0
  const all = models.map((model, index): PlacedModel => {
    const column = index % columns
    if (column === 0) {
      top += rowPx
      rowPx = 0
    }
    rowPx = Math.max(rowPx, NAME_PX + model.reasons.length * ROW_PX + GAP_PX)
    return { ...model, left: column * (columnPx + COLUMN_GAP_PX), top }
  })
  return { models: all, columnPx, height: top + rowPx }
}

interface BarProps {
  readonly reason: ReasonCountWire
  readonly lengthOf: (count: number) => number
}

function Bar({ reason: { reason, good, bad }, lengthOf }: BarProps): ReactElement {
  return (
    <>
      <text x={0} y={12} className="reason-name">
        {wordsOf(reason)} <tspan className="range-note">{countsText({ good, bad })}</tspan>
      </text>
      {bad > 0 && <rect className="reason-bad" y={17} width={lengthOf(bad)} height={BAR_PX} />}
      {good > 0 && (
        <rect
          className="reason-good"
          fill="url(#reason-good)"
          x={lengthOf(bad)}
          y={17}
          width={lengthOf(good)}
          height={BAR_PX}
        />
      )}
    </>
  )
}

function countsText({ good, bad }: Pick<ReasonCountWire, 'good' | 'bad'>): string {
  const parts = [bad > 0 ? `${bad} bad` : '', good > 0 ? `${good} good` : '']
  return parts.filter((part) => part !== '').join(', ')
}

function ReasonsLegend(): ReactElement {
  return (
    <ul className="legend">
      <li>
        <svg width="22" height="12" aria-hidden="true">
          <rect width="22" height="12" className="reason-bad" />
        </svg>{' '}
        with bad ratings
      </li>
      <li>
        <svg width="22" height="12" aria-hidden="true">
          <rect width="22" height="12" className="reason-good" fill="url(#reason-good)" />
        </svg>{' '}
        with good ratings
      </li>
    </ul>
  )
}
