import type { ReactElement } from 'react'

import { useImrsClient } from '../../hooks/model-provider.tsx'
import { useStore } from '../../hooks/use-store.ts'
import { modelQuality } from '../data/quality.ts'
import type { TaskPerformance } from '../data/quality.ts'
import { numberText } from '../shared/formats.ts'
import type { ImrsLabels } from '../shared/labels.ts'

interface MeasurementsOf {
  readonly modelId: string
  readonly labels: ImrsLabels
}

/** What the server measured of a model; nothing where it tells nothing. */
export function ServerMeasurements({ modelId, labels }: MeasurementsOf): ReactElement | null {
  const { models, minRatings } = useStore(useImrsClient().part(modelQuality))
  if (minRatings === undefined) return null
  const performance = models.get(modelId)
  if (performance === undefined) {
    return <p data-imrs="not-measured">{labels.fewRatings(minRatings)}</p>
  }
  return <Measurements performance={performance} labels={labels} />
}

export interface MeasurementsProps {
  readonly performance: readonly TaskPerformance[]
  readonly labels: ImrsLabels
}

/** A row for each kind of task, and a column for each thing that is known of any of them. */
export function Measurements({ performance, labels }: MeasurementsProps): ReactElement {
  if (performance.length === 0) return <p data-imrs="not-measured">{labels.notMeasured}</p>
  const columns = columnsOf(labels).filter(
    ({ isKnown }, index) => index === 0 || performance.some(isKnown),
  )
  return (
    <table data-imrs="measured">
      <caption>{labels.measured}</caption>
      <thead>
        <tr>
          <th scope="col">{labels.taskType}</th>
          {columns.map(({ name }) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {performance.map((row) => (
          <tr key={row.taskType}>
            <th scope="row">{labels.task(row.taskType)}</th>
            {columns.map(({ name, text }) => (
              <td key={name}>{text(row)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

interface Column {
  readonly name: string
  readonly isKnown: (row: TaskPerformance) => boolean
  readonly text: (row: TaskPerformance) => string
}

function columnsOf(labels: ImrsLabels): readonly Column[] {
  return [
    {
      name: labels.quality,
      isKnown: ({ rating }) => rating !== undefined,
      text: (row) => ratingText(row, labels),
    },
    {
      name: labels.latency,
      isKnown: ({ p50LatencyMs }) => p50LatencyMs !== undefined,
      text: ({ p50LatencyMs }) => durationText(p50LatencyMs, labels),
    },
    {
      name: labels.firstWord,
      isKnown: ({ p50FirstPartMs }) => p50FirstPartMs !== undefined,
      text: ({ p50FirstPartMs }) => durationText(p50FirstPartMs, labels),
    },
  ]
}

/** The rating, its interval and what it is of: `82 % (78–86), 123 ratings`. */
export function ratingText(
  { rating, ratingCount, ...row }: TaskPerformance,
  labels: ImrsLabels,
): string {
  if (rating === undefined) return labels.unknown
  const percent = (value: number): string => `${Math.round(value * 100)}`
  const { ratingLow: low = rating, ratingHigh: high = rating } = row
  return `${percent(rating)} % (${percent(low)}–${percent(high)}), ${labels.ratings(ratingCount)}`
}

function durationText(durationMs: number | undefined, labels: ImrsLabels): string {
  if (durationMs === undefined) return labels.unknown
  return labels.milliseconds(numberText(Math.round(durationMs), labels.locale))
}
