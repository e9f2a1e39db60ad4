import type { DecisionPart, FallbackPart } from '@imrs/core'
import { useState } from 'react'
import type { ReactElement } from 'react'

import type { DecisionInfo } from '../../decisions/decision-info.ts'
import { useDecision } from '../../hooks/use-decision.ts'
import { withLabels } from '../shared/labels.ts'
import type { ImrsLabels, LabelsProps } from '../shared/labels.ts'
import { dollars } from '../shared/price.ts'

export interface DecisionChipProps extends LabelsProps {
  /** Of the answer, from the first moment. */
  readonly decision: DecisionPart
  readonly fallbacks?: readonly FallbackPart[] | undefined
  readonly className?: string | undefined
}

/** Which model answers and why, opened to the candidates with their scores, what was left out and the calls. */
export function DecisionChip({
  decision,
  fallbacks = [],
  labels: some,
  className,
}: DecisionChipProps): ReactElement {
  const labels = withLabels(some)
  const [isOpen, setOpen] = useState(false)
  const name = fallbacks.at(-1)?.toName ?? decision.modelName
  return (
    <details
      data-imrs="decision"
      data-source={decision.source}
      className={className}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>{labels.why(name)}</summary>
      <p data-imrs="decision-reason">{decision.reason}</p>
      {fallbacks.map(({ from, to, reason }) => (
        <p key={`${from} ${to}`} data-imrs="fallback">
          {reason}
        </p>
      ))}
      {isOpen && <Explanation decisionId={decision.decisionId} labels={labels} />}
    </details>
  )
}

interface ExplanationProps {
  readonly decisionId: string
  readonly labels: ImrsLabels
}

function Explanation({ decisionId, labels }: ExplanationProps): ReactElement {
  const { data, error, isLoading } = useDecision(decisionId)
  return (
    <div data-imrs="explanation" aria-busy={isLoading}>
      {error !== undefined && <p data-imrs="error">{error.message}</p>}
      {data !== undefined && data.candidates.length > 0 && <Candidates of={data} labels={labels} />}
      {data !== undefined && <Exclusions of={data} labels={labels} />}
      {data !== undefined && data.calls.length > 0 && <Calls of={data} labels={labels} />}
    </div>
  )
}

interface PartOf {
  readonly of: DecisionInfo
  readonly labels: ImrsLabels
}

/** More than these nobody reads. */
const MOST_CANDIDATES = 8

function Candidates({ of: { candidates, candidateCount }, labels }: PartOf): ReactElement {
  return (
    <table data-imrs="candidates">
      <caption>
        {labels.candidates} ({candidateCount})
      </caption>
      <thead>
        <tr>
          <th scope="col">{labels.chooseModel}</th>
          <th scope="col">{labels.score}</th>
          <th scope="col">{labels.quality}</th>
        </tr>
      </thead>
      <tbody>
        {candidates.slice(0, MOST_CANDIDATES).map(({ modelId, score, experience, ratings }) => (
          <tr key={modelId}>
            <th scope="row">{modelId}</th>
            <td>{score.toFixed(3)}</td>
            <td>
              {experience === undefined
                ? labels.unknown
                : `${Math.round(experience * 100)} %, ${labels.ratings(ratings)}`}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Exclusions({ of: { exclusions }, labels }: PartOf): ReactElement | null {
  const counts = Object.entries(exclusions.counts)
  if (counts.length === 0) return null
  return (
    <p data-imrs="exclusions">
      {labels.exclusions}:{' '}
      {counts.map(([reason, count]) => `${count} ${reason.replaceAll('-', ' ')}`).join(', ')}
    </p>
  )
}

function Calls({ of: { calls }, labels }: PartOf): ReactElement {
  return (
    <table data-imrs="calls">
      <caption>{labels.calls}</caption>
      <thead>
        <tr>
          <th scope="col">{labels.chooseModel}</th>
          <th scope="col">{labels.state}</th>
          <th scope="col">{labels.latency}</th>
          <th scope="col">{labels.cost}</th>
        </tr>
      </thead>
      <tbody>
        {calls.map(({ model, outcome, failureKind, totalMs, costUsd, startedAt }) => (
          <tr key={`${model} ${startedAt}`}>
            <th scope="row">{model}</th>
            <td>{failureKind ?? outcome}</td>
            <td>{labels.milliseconds(Math.round(totalMs).toLocaleString(labels.locale))}</td>
            <td>{costUsd === null ? labels.unknown : dollars(costUsd, labels.locale)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
