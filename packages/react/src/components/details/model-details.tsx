import type { ModelInfo } from '@imrs/core'
import type { ReactElement, ReactNode } from 'react'

import { useImrsClient } from '../../hooks/model-provider.tsx'
import { useStore } from '../../hooks/use-store.ts'
import { performanceResources } from '../data/performance.ts'
import type { TaskPerformance } from '../data/performance.ts'
import { withLabels } from '../shared/labels.ts'
import type { ImrsLabels, LabelsProps } from '../shared/labels.ts'
import { StatusDot } from '../shared/parts.tsx'
import { perMillion } from '../shared/price.ts'

export interface ModelDetailsProps extends LabelsProps {
  readonly model: ModelInfo
  readonly className?: string | undefined
  /** What was measured. Default: what the server tells, which it tells admins of the tenant alone. */
  readonly performance?: readonly TaskPerformance[] | undefined
}

/** What is known of one model: state, prices, context, abilities, and what was measured of it. */
export function ModelDetails({
  model,
  labels: some,
  className,
  performance,
}: ModelDetailsProps): ReactElement {
  const labels = withLabels(some)
  return (
    <article data-imrs="details" data-status={model.status} className={className}>
      <h3 data-imrs="details-name">{model.name}</h3>
      <p data-imrs="details-id">
        {model.provider} · <code>{model.id}</code>
      </p>
      {model.description !== undefined && <p data-imrs="description">{model.description}</p>}
      <dl data-imrs="facts">
        {factsOf(model, labels).map(({ name, value }) => (
          <div key={name} data-imrs="fact">
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {performance === undefined ? (
        <ServerMeasurements modelId={model.id} labels={labels} />
      ) : (
        <Measurements performance={performance} labels={labels} />
      )}
    </article>
  )
}

export interface Fact {
  readonly name: string
  readonly value: ReactNode
}

/** The facts in which models are told apart, in the same order for all of them. */
export function factsOf(model: ModelInfo, labels: ImrsLabels): readonly Fact[] {
  const { locale, unknown } = labels
  const { input, output } = model.pricing ?? {}
  const price = (perToken: number | undefined): string => {
    const text = perMillion(perToken, locale)
    return text === undefined ? unknown : labels.perMillion(text)
  }
  const limit = model.rateLimit?.requestsPerMinute
  return [
    { name: labels.state, value: <State model={model} labels={labels} /> },
    { name: labels.inputPrice, value: price(input) },
    { name: labels.outputPrice, value: price(output) },
    {
      name: labels.contextWindow,
      value:
        model.contextMax === undefined
          ? unknown
          : labels.tokens(model.contextMax.toLocaleString(locale)),
    },
    { name: labels.modalities, value: model.capabilities.map(labels.capability).join(', ') },
    ...(limit === undefined
      ? []
      : [
          { name: labels.rateLimit, value: labels.requestsPerMinute(limit.toLocaleString(locale)) },
        ]),
  ]
}

function State({
  model,
  labels,
}: {
  readonly model: ModelInfo
  readonly labels: ImrsLabels
}): ReactElement {
  return (
    <>
      <StatusDot status={model.status} /> {labels.status[model.status]}
      {model.errorMessage !== undefined && <span data-imrs="reason">: {model.errorMessage}</span>}
    </>
  )
}

interface MeasurementsOf {
  readonly modelId: string
  readonly labels: ImrsLabels
}

function ServerMeasurements({ modelId, labels }: MeasurementsOf): ReactElement | null {
  const { data, error } = useStore(useImrsClient().part(performanceResources).of(modelId))
  if (data === undefined || error !== undefined || data.length === 0) return null
  return <Measurements performance={data} labels={labels} />
}

function Measurements({
  performance,
  labels,
}: {
  readonly performance: readonly TaskPerformance[]
  readonly labels: ImrsLabels
}): ReactElement {
  if (performance.length === 0) return <p data-imrs="not-measured">{labels.notMeasured}</p>
  return (
    <table data-imrs="measured">
      <caption>{labels.measured}</caption>
      <thead>
        <tr>
          {[labels.taskType, labels.quality, labels.latency, labels.firstWord].map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {performance.map((row) => (
          <tr key={row.taskType}>
            <th scope="row">{row.taskType}</th>
            <td>{ratingText(row, labels)}</td>
            <td>{durationText(row.p50LatencyMs, labels)}</td>
            <td>{durationText(row.p50FirstPartMs, labels)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function ratingText({ rating, ratingCount, ...row }: TaskPerformance, labels: ImrsLabels): string {
  if (rating === undefined) return labels.unknown
  const percent = (value: number): string => `${Math.round(value * 100)}`
  const { ratingLow: low = rating, ratingHigh: high = rating } = row
  return `${percent(rating)} % (${percent(low)}–${percent(high)}), ${labels.ratings(ratingCount)}`
}

function durationText(durationMs: number | undefined, labels: ImrsLabels): string {
  if (durationMs === undefined) return labels.unknown
  return labels.milliseconds(Math.round(durationMs).toLocaleString(labels.locale))
}
