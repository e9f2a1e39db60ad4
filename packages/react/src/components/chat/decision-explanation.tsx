import type { ExclusionReason } from '@imrs/core'
import type { ReactElement } from 'react'

import type { DecisionCall, DecisionInfo } from '../../decisions/decision-info.ts'
import { useDecision } from '../../hooks/use-decision.ts'
import { dollars, numberText } from '../shared/formats.ts'
import type { ImrsLabels } from '../shared/labels.ts'

export interface DecisionExplanationProps {
  readonly decisionId: string
  /** What was said already: the sentence of the record is left out when it says the same. */
  readonly reason: string
  readonly labels: ImrsLabels
  readonly nameOf: (modelId: string) => string
}

/** The candidates with their scores, what was left out, and every call that was made. */
export function DecisionExplanation({
  decisionId,
  reason,
  labels,
  nameOf,
}: DecisionExplanationProps): ReactElement {
  const { data, error, isLoading, reload } = useDecision(decisionId)
  return (
    <div data-imrs="explanation" aria-busy={isLoading}>
      {data === undefined && (
        <p data-imrs={error === undefined ? 'looking-up' : 'error'} role="status">
          {error?.message ?? labels.lookingUp}
        </p>
      )}
      {data === undefined && error !== undefined && (
        <button type="button" data-imrs="retry" onClick={() => void reload()}>
          {labels.retry}
        </button>
      )}
      {data !== undefined && data.sentence !== reason && (
        <p data-imrs="sentence">{data.sentence}</p>
      )}
      {data !== undefined && <Findings of={data} {...{ labels, nameOf }} />}
    </div>
  )
}

interface PartOf {
  readonly of: DecisionInfo
  readonly labels: ImrsLabels
  readonly nameOf: (modelId: string) => string
}

function Findings({ of, ...how }: PartOf): ReactElement {
  const ignored = of.ignoredCostQuality ?? undefined
  return (
    <>
      {ignored !== undefined && <p data-imrs="dial-ignored">{how.labels.dialIgnored(ignored)}</p>}
      {of.candidates.length > 0 && <Candidates of={of} {...how} />}
      <Exclusions of={of} {...how} />
      {of.calls.length > 0 && <Calls of={of} {...how} />}
    </>
  )
}

type Candidate = DecisionInfo['candidates'][number]

/** More than these nobody reads. */
const MOST_CANDIDATES = 8

function Candidates({ of, labels, nameOf }: PartOf): ReactElement {
  const shown = of.candidates.slice(0, MOST_CANDIDATES)
  const isPublished = shown.some(({ published }) => published !== undefined)
  const columns = [labels.chooseModel, labels.score, labels.priority, labels.quality]
  if (isPublished) columns.push(labels.published)
  return (
    <table data-imrs="candidates">
      <caption>{labels.candidates(shown.length, of.candidateCount)}</caption>
      <Head columns={columns} />
      <tbody>
        {shown.map((candidate) => (
          <tr key={candidate.modelId} data-chosen={candidate.modelId === of.model ? '' : undefined}>
            <th scope="row">{nameOf(candidate.modelId)}</th>
            <td>{candidate.score.toFixed(3)}</td>
            <td>{candidate.priority.toFixed(2)}</td>
            <td>{experienceText(candidate, labels)}</td>
            {isPublished && <td>{percentText(candidate.published, labels)}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function experienceText({ experience, ratings }: Candidate, labels: ImrsLabels): string {
  if (experience === undefined || ratings === 0) return labels.noRatings
  return `${percentText(experience, labels)}, ${labels.ratings(ratings)}`
}

function percentText(share: number | undefined, labels: ImrsLabels): string {
  return share === undefined ? labels.unknown : `${Math.round(share * 100)} %`
}

/** How many models each filter left out, and which, as far as they are kept. */
function Exclusions({ of: { exclusions }, labels, nameOf }: PartOf): ReactElement | null {
  // The keys are reasons, which the type of `entries` does not say.
  const counts = Object.entries(exclusions.counts) as (readonly [ExclusionReason, number])[]
  if (counts.length === 0) return null
  return (
    <details data-imrs="exclusions">
      <summary>
        {labels.exclusions}:{' '}
        {counts.map(([reason, count]) => `${count} ${labels.exclusion(reason)}`).join(', ')}
      </summary>
      <ul>
        {exclusions.examples.map(({ modelId, reason }) => (
          <li key={modelId}>
            {nameOf(modelId)}: {labels.exclusion(reason)}
          </li>
        ))}
      </ul>
    </details>
  )
}

/** The failed ones cost time, and some of them money. */
function Calls({ of: { calls }, labels, nameOf }: PartOf): ReactElement {
  return (
    <>
      <table data-imrs="calls">
        <caption>{labels.calls}</caption>
        <Head columns={[labels.chooseModel, labels.state, labels.latency, labels.cost]} />
        <tbody>
          {calls.map((call, index) => (
            // Calls are never taken out or moved.
            <Call key={index} {...{ call, labels, nameOf }} />
          ))}
        </tbody>
      </table>
      {calls.length > 1 && (
        <p data-imrs="cost-of-calls">{labels.costOfCalls(sumText(calls, labels))}</p>
      )}
    </>
  )
}

function Call({
  call: { model, outcome, failureKind, cause, totalMs, costUsd },
  labels,
  nameOf,
}: Omit<PartOf, 'of'> & { readonly call: DecisionCall }): ReactElement {
  const how = labels.cause[cause]
  const name = nameOf(model)
  return (
    <tr data-chosen={outcome === 'completed' ? '' : undefined} data-outcome={outcome}>
      <th scope="row">{how === '' ? name : `${name}, ${how}`}</th>
      <td>
        {outcome === 'failed' && failureKind !== null
          ? labels.failure[failureKind ?? 'unknown']
          : labels.outcome[outcome]}
      </td>
      <td>{labels.milliseconds(numberText(Math.round(totalMs), labels.locale))}</td>
      <td>{costUsd === null ? labels.unknown : dollars(costUsd, labels.locale)}</td>
    </tr>
  )
}

/** An unknown cost is not nothing: then the sum is at least what is known. */
function sumText(calls: readonly DecisionCall[], labels: ImrsLabels): string {
  const sum = calls.reduce((total, { costUsd }) => total + (costUsd ?? 0), 0)
  const unknown = calls.filter(({ costUsd }) => costUsd === null).length
  const text = dollars(sum, labels.locale)
  return unknown === 0 ? text : `${text} + ${labels.unpriced(unknown)}`
}

function Head({ columns }: { readonly columns: readonly string[] }): ReactElement {
  return (
    <thead>
      <tr>
        {columns.map((name) => (
          <th key={name} scope="col">
            {name}
          </th>
        ))}
      </tr>
    </thead>
  )
}
