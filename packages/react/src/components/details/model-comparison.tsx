import type { ModelInfo } from '@imrs/core'
import type { ReactElement } from 'react'

import { useImrsClient } from '../../hooks/model-provider.tsx'
import { useStore } from '../../hooks/use-store.ts'
import { performanceResources } from '../data/performance.ts'
import { withLabels } from '../shared/labels.ts'
import type { ImrsLabels, LabelsProps } from '../shared/labels.ts'
import { factsOf } from './model-details.tsx'

export interface ModelComparisonProps extends LabelsProps {
  /** Two to four of them; more are shown too, and no longer fit. */
  readonly models: readonly ModelInfo[]
  readonly className?: string | undefined
  /** Shows a button for each model that calls this. Default: none is shown. */
  readonly onRemove?: ((modelId: string) => void) | undefined
}

/** Models side by side: one column each, one row for each fact. */
export function ModelComparison({
  models,
  labels: some,
  className,
  onRemove,
}: ModelComparisonProps): ReactElement {
  const labels = withLabels(some)
  const facts = models.map((model) => factsOf(model, labels))
  const names = [...new Set(facts.flat().map(({ name }) => name))]
  return (
    <div data-imrs="comparison" className={className}>
      <table>
        <caption>{labels.compare}</caption>
        <thead>
          <tr>
            <td />
            {models.map(({ id, name }) => (
              <th key={id} scope="col">
                {name}
                {onRemove !== undefined && (
                  <button
                    type="button"
                    data-imrs="remove"
                    aria-label={`${labels.dismiss}: ${name}`}
                    onClick={() => onRemove(id)}
                  >
                    ✕
                  </button>
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {names.map((name) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {models.map(({ id }, column) => (
                <td key={id}>
                  {facts[column]?.find((fact) => fact.name === name)?.value ?? labels.unknown}
                </td>
              ))}
            </tr>
          ))}
          <tr>
            <th scope="row">{labels.quality}</th>
            {models.map(({ id }) => (
              <td key={id}>
                <Quality modelId={id} labels={labels} />
              </td>
            ))}
          </tr>
        </tbody>
      </table>
    </div>
  )
}

interface QualityProps {
  readonly modelId: string
  readonly labels: ImrsLabels
}

function Quality({ modelId, labels }: QualityProps): ReactElement {
  const { data = [] } = useStore(useImrsClient().part(performanceResources).of(modelId))
  const rated = data.filter(({ rating }) => rating !== undefined)
  if (rated.length === 0) return <>{labels.notMeasured}</>
  return (
    <ul data-imrs="quality">
      {rated.map(({ taskType, rating = 0, ratingCount }) => (
        <li key={taskType}>
          {taskType}: {Math.round(rating * 100)} %, {labels.ratings(ratingCount)}
        </li>
      ))}
    </ul>
  )
}
