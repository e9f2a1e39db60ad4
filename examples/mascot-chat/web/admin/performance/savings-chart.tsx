import { scaleLinear } from 'd3-scale'
import type { ReactElement } from 'react'

import { useWidth } from '../charts/use-width.ts'
import { dollarsText } from '../ui/format.ts'
import type { SavingsSum } from './savings-sum.ts'

const ROW_PX = 54
const BAR_PX = 22

export interface SavingsChartProps {
  readonly sum: SavingsSum
  /** The name of the model that is compared with. */
  readonly baseline: string
}

/** Two bars: what was spent, and what the baseline would have cost. */
export function SavingsChart({ sum, baseline }: SavingsChartProps): ReactElement {
  const { ref, width } = useWidth()
  const bars = [
    { name: 'Spent', usd: sum.actualUsd },
    { name: `Always ${baseline}`, usd: sum.baselineUsd },
  ]
  const x = scaleLinear([0, Math.max(...bars.map(({ usd }) => usd), 1e-9)], [0, width - 4])
  const label = bars.map(({ name, usd }) => `${name}: ${dollarsText(usd)}`).join('; ')
  return (
    <div ref={ref} className="chart-frame">
      <svg width={width} height={bars.length * ROW_PX} role="img" aria-label={label}>
        {bars.map(({ name, usd }, index) => (
          <g key={name} className={`series-${index}`} transform={`translate(0 ${index * ROW_PX})`}>
            <text y={15} className="range-name">
              {name} <tspan className="range-note">{dollarsText(usd)}</tspan>
            </text>
            <rect className="series-area" y={22} height={BAR_PX} width={Math.max(2, x(usd))} />
          </g>
        ))}
      </svg>
    </div>
  )
}
