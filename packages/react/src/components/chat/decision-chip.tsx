import type { DecisionPart, FallbackPart } from '@imrs/core'
import { useState } from 'react'
import type { ReactElement, ReactNode } from 'react'

import { useModels } from '../../hooks/use-models.ts'
import { withLabels } from '../shared/labels.ts'
import type { ImrsLabels, LabelsProps } from '../shared/labels.ts'
import { DecisionExplanation } from './decision-explanation.tsx'

export interface DecisionChipProps extends LabelsProps {
  /** Of the answer, from the first moment. */
  readonly decision: DecisionPart
  readonly fallbacks?: readonly FallbackPart[] | undefined
  /** Whether the answer has ended: the ranking and the calls are stored then, and are read when the chip is open. Default: `true`. */
  readonly isOver?: boolean | undefined
  /** The name of a model id. Default: the one in the list, else the id. */
  readonly nameOf?: ((modelId: string) => string) | undefined
  /** Draws the line that is always seen. No buttons or links in it. */
  readonly renderSummary?: ((decision: DecisionPart) => ReactNode) | undefined
  readonly className?: string | undefined
}

/**
 * Which model answers and why, in one line; opened, with the task, the models that took over, the
 * candidates with their scores, what was left out, and the calls with what each cost.
 */
export function DecisionChip({
  decision,
  fallbacks = [],
  isOver = true,
  nameOf,
  renderSummary,
  labels: some,
  className,
}: DecisionChipProps): ReactElement {
  const labels = withLabels(some)
  const [isOpen, setOpen] = useState(false)
  const nameInList = useNames()
  const name = nameOf ?? nameInList
  const { decisionId, modelName, reason, source } = decision
  return (
    <details
      data-imrs="decision"
      data-source={source}
      className={className}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>
        {renderSummary?.(decision) ?? labels.why(fallbacks.at(-1)?.toName ?? modelName)}
      </summary>
      <p data-imrs="decision-reason">{reason}</p>
      <Facts decision={decision} labels={labels} />
      {fallbacks.map((fallback) => (
        <p key={`${fallback.from} ${fallback.to}`} data-imrs="fallback" data-step={fallback.step}>
          {fallback.reason}
        </p>
      ))}
      {isOpen && isOver && (
        <DecisionExplanation {...{ decisionId, labels }} reason={reason} nameOf={name} />
      )}
    </details>
  )
}

function useNames(): (modelId: string) => string {
  const { models } = useModels()
  return (modelId) => models.find(({ id }) => id === modelId)?.name ?? modelId
}

interface FactsProps {
  readonly decision: DecisionPart
  readonly labels: ImrsLabels
}

function Facts({ decision, labels }: FactsProps): ReactElement {
  const { task, taskType, source, strategy, model, preset, costQuality } = decision
  const isRouted = source === 'auto'
  const evidence =
    task.source === 'none' ? labels.noEvidence : labels.evidence(task.source, task.confidence)
  const facts: readonly (readonly [name: string, value: string])[] = [
    [
      labels.chosenBy,
      isRouted && preset !== undefined ? labels.presetChose(preset) : labels.source[source],
    ],
    [labels.taskType, `${labels.task(taskType)} (${evidence})`],
    [labels.needs, decision.requiredCapabilities.map(labels.capability).join(', ')],
    [labels.chooseModel, model],
    ...(isRouted ? ([[labels.strategy, strategy]] as const) : []),
    ...(costQuality === undefined ? [] : ([[labels.dial, labels.dialAt(costQuality)]] as const)),
  ]
  return (
    <dl data-imrs="facts">
      {facts.map(([name, value]) => (
        <div key={name} data-imrs="fact">
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
