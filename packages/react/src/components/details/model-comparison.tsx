import type { ModelInfo } from '@imrs/core'
import type { ReactElement, ReactNode } from 'react'

import { useImrsClient } from '../../hooks/model-provider.tsx'
import { useStore } from '../../hooks/use-store.ts'
import { modelQuality } from '../data/quality.ts'
import type { TaskPerformance } from '../data/quality.ts'
import { withLabels } from '../shared/labels.ts'
import type { ImrsLabels, LabelsProps } from '../shared/labels.ts'
import { ratingText } from './measurements.tsx'
import { factsOf } from './model-details.tsx'

export interface ModelComparisonProps extends LabelsProps {
  /** Two to four of them; more are shown too, and no longer fit. */
  readonly models: readonly ModelInfo[]
  readonly className?: string | undefined
  /** Shows a button for each model that calls this. Default: none is shown. */
  readonly onRemove?: ((modelId: string) => void) | undefined
}

/** Models side by side: one column each, one row for each fact and each kind of task. */
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
            <Row key={name} name={name} models={models}>
              {(_, column) =>
                facts[column]?.find((fact) => fact.name === name)?.value ?? labels.unknown
              }
            </Row>
          ))}
          <QualityRows models={models} labels={labels} />
        </tbody>
      </table>
    </div>
  )
}

interface RowProps extends Pick<ModelComparisonProps, 'models'> {
  readonly name: string
  readonly part?: string
  readonly children: (modelId: string, column: number) => ReactNode
}

function Row({ name, part, models, children }: RowProps): ReactElement {
  return (
    <tr data-imrs={part}>
      <th scope="row">{name}</th>
      {models.map(({ id }, column) => (
        <td key={id}>{children(id, column)}</td>
      ))}
    </tr>
  )
}

interface QualityRowsProps extends Pick<ModelComparisonProps, 'models'> {
  readonly labels: ImrsLabels
}

/** A row for each kind of task at which any of the models was measured; none where the server tells nothing. */
function QualityRows({ models, labels }: QualityRowsProps): ReactElement | null {
  const { models: measured, minRatings } = useStore(useImrsClient().part(modelQuality))
  if (minRatings === undefined) return null
  const rows = models.flatMap(({ id }) => measured.get(id) ?? [])
  const tasks = [...new Set(rows.map(({ taskType }) => taskType))].toSorted()
  if (tasks.length === 0) {
    return (
      <tr data-imrs="quality">
        <th scope="row">{labels.quality}</th>
        <td colSpan={models.length}>{labels.fewRatings(minRatings)}</td>
      </tr>
    )
  }
  return (
    <>
      {tasks.map((task) => (
        <Row
          key={task}
          part="quality"
          name={`${labels.quality}: ${labels.task(task)}`}
          models={models}
        >
          {(id) => ratingOf(measured.get(id), task, labels)}
        </Row>
      ))}
    </>
  )
}

function ratingOf(
  measured: readonly TaskPerformance[] | undefined,
  task: string,
  labels: ImrsLabels,
): string {
  const row = measured?.find(({ taskType }) => taskType === task)
  return row === undefined ? labels.unknown : ratingText(row, labels)
}
