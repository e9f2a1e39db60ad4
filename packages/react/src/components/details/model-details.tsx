import type { ModelInfo } from '@imrs/core'
import type { ReactElement, ReactNode } from 'react'

import { useModels } from '../../hooks/use-models.ts'
import type { TaskPerformance } from '../data/quality.ts'
import { dayText, numberText } from '../shared/formats.ts'
import { withLabels } from '../shared/labels.ts'
import type { ImrsLabels, LabelsProps } from '../shared/labels.ts'
import { Badge, StatusDot } from '../shared/parts.tsx'
import { perMillion } from '../shared/price.ts'
import { Measurements, ServerMeasurements } from './measurements.tsx'

export interface ModelDetailsProps extends LabelsProps {
  readonly model: ModelInfo
  readonly className?: string | undefined
  /** What was measured. Default: what the server tells of models with enough ratings. */
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
  const isNew = useModels().newModelIds.has(model.id)
  return (
    <article
      data-imrs="details"
      data-status={model.status}
      data-new={isNew ? '' : undefined}
      className={className}
    >
      <h3 data-imrs="details-name">
        {model.name}
        {isNew && <Badge kind="new" text={labels.isNew} />}
      </h3>
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
          : labels.tokens(numberText(model.contextMax, locale)),
    },
    { name: labels.modalities, value: model.capabilities.map(labels.capability).join(', ') },
    ...(limit === undefined
      ? []
      : [{ name: labels.rateLimit, value: labels.requestsPerMinute(numberText(limit, locale)) }]),
    ...(model.addedAt === undefined
      ? []
      : [{ name: labels.added, value: dayText(model.addedAt, locale) }]),
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
