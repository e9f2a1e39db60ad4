import type { DecisionPart } from '@imrs/core'
import { useDecision } from '@imrs/react'
import type { DecisionCall, DecisionInfo } from '@imrs/react'
import type { ReactElement } from 'react'

import { useDirectory } from '../app/config.tsx'
import { costText, durationText } from '../ui/format.ts'
import { FAILURES } from './failure-words.ts'

const SHOWN_CANDIDATES = 8
const CAUSES: Readonly<Record<string, string>> = {
  retry: 'again',
  failover: 'instead',
  hedge: 'beside it',
}

/** The candidates with their scores, what was left out, and every call that was made. */
export function Explanation({ decision }: { readonly decision: DecisionPart }): ReactElement {
  const { data, error } = useDecision(decision.decisionId)
  if (data === undefined) {
    return <p role="status">{error === undefined ? 'Looking it up …' : error.message}</p>
  }
  const saysMore = decision.source === 'auto' && data.sentence !== decision.reason
  return (
    <>
      {saysMore && <p>{data.sentence}</p>}
      {data.candidates.length > 0 && <Ranking of={data} />}
      <Exclusions of={data} />
      {data.calls.length > 0 && <Calls calls={data.calls} />}
    </>
  )
}

function Ranking({ of }: { readonly of: DecisionInfo }): ReactElement {
  const directory = useDirectory()
  return (
    <table className="chip-ranking">
      <caption>The best of {of.candidateCount} candidates</caption>
      <thead>
        <tr>
          <th scope="col">Model</th>
          <th scope="col">Score</th>
          <th scope="col">Priority</th>
          <th scope="col">Ratings</th>
        </tr>
      </thead>
      <tbody>
        {of.candidates.slice(0, SHOWN_CANDIDATES).map((candidate) => (
          <tr key={candidate.modelId} data-chosen={candidate.modelId === of.model}>
            <th scope="row">{directory.displayNameOf(candidate.modelId)}</th>
            <td>{candidate.score.toFixed(2)}</td>
            <td>{candidate.priority.toFixed(2)}</td>
            <td>{ratingText(candidate)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function ratingText({ ratings, experience }: DecisionInfo['candidates'][number]): string {
  if (ratings === 0 || experience === undefined) return 'none'
  return `${experience.toFixed(2)} from ${ratings}`
}

function Exclusions({ of }: { readonly of: DecisionInfo }): ReactElement | null {
  const counts = Object.entries(of.exclusions.counts)
  if (counts.length === 0) return null
  const text = counts.map(([reason, count]) => `${count} ${reason.replaceAll('-', ' ')}`).join(', ')
  return <p className="chip-exclusions">Left out: {text}.</p>
}

/** The failed ones cost time, and some of them money. */
function Calls({ calls }: { readonly calls: readonly DecisionCall[] }): ReactElement {
  return (
    <table className="chip-ranking chip-calls">
      <caption>{calls.length === 1 ? 'The call' : `The ${calls.length} calls`}</caption>
      <thead>
        <tr>
          <th scope="col">Call</th>
          <th scope="col">Outcome</th>
          <th scope="col">Time</th>
          <th scope="col">Cost</th>
        </tr>
      </thead>
      <tbody>
        {calls.map((call, index) => (
          // Calls are never taken out or moved.
          <Call key={index} call={call} />
        ))}
      </tbody>
    </table>
  )
}

function Call({ call }: { readonly call: DecisionCall }): ReactElement {
  const directory = useDirectory()
  const { model, outcome, failureKind, cause, totalMs, costUsd } = call
  const name = directory.displayNameOf(model)
  const how = CAUSES[cause]
  return (
    <tr data-chosen={outcome === 'completed'}>
      <th scope="row">{how === undefined ? name : `${name}, ${how}`}</th>
      <td>{outcome === 'failed' ? (FAILURES[failureKind ?? ''] ?? outcome) : outcome}</td>
      <td>{durationText(totalMs)}</td>
      <td>{costUsd === null ? 'unknown' : costText(costUsd)}</td>
    </tr>
  )
}
