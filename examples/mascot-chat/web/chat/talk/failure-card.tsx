import type { TriedModel } from '@imrs/core'
import type { AnswerEntry, ChatFailure } from '@imrs/react'
import { ENGLISH_LABELS } from '@imrs/react/components'
import type { ReactElement } from 'react'

import { durationText, costText } from '../ui/format.ts'
import { Icon } from '../ui/icon.tsx'
import { ADVICE, TITLES } from './failure-words.ts'

interface FailureCardProps {
  readonly answer: AnswerEntry
  readonly failure: ChatFailure
  /** Absent where it is not the newest answer. */
  readonly onRetry: (() => void) | undefined
  readonly onChooseModel: () => void
}

/** What went wrong, in words for people, and what they can do. */
export function FailureCard(props: FailureCardProps): ReactElement {
  const { answer, failure, onRetry, onChooseModel } = props
  const received = receivedText(answer)
  const advice = ADVICE[failure.action]
  return (
    <div className="failure">
      <h3>{titleOf(answer, failure)}</h3>
      <p>{failure.message}</p>
      {advice !== undefined && <p className="failure-advice">{advice}</p>}
      {received !== '' && <p className="failure-received">{received}</p>}
      <Tried tried={failure.tried} />
      {failure.requestId !== undefined && (
        <p className="failure-reference">Reference {failure.requestId}</p>
      )}
      {onRetry !== undefined && (
        <div className="failure-actions">
          <button type="button" onClick={onRetry}>
            <Icon name="again" />
            Retry
          </button>
          <button type="button" onClick={onChooseModel}>
            <Icon name="model" />
            Choose another model
          </button>
        </div>
      )}
    </div>
  )
}

function titleOf({ text }: AnswerEntry, { code }: ChatFailure): string {
  const known = text === '' ? code : 'broken-off'
  return TITLES[known] ?? 'Something went wrong'
}

/** What had come, what it cost, and whether asking again can do something twice. */
function receivedText({ text, costUsd, toolCalls }: AnswerEntry): string {
  return [
    ...(text === '' ? [] : ['What had arrived is kept above.']),
    ...(costUsd === undefined ? [] : [`It cost about ${costText(costUsd)}.`]),
    ...(toolCalls.length === 0 ? [] : ['A tool was called: asking again may call it twice.']),
  ].join(' ')
}

/** Every model that was tried, and when it may be tried again. Nothing, when the message says it all. */
function Tried({ tried }: { readonly tried: readonly TriedModel[] }): ReactElement | null {
  if (tried.length < 2) return null
  return (
    <details className="failure-tried">
      <summary>What was tried</summary>
      <ol>
        {tried.map((each, index) => (
          // The same model may be there more than once; the list never changes.
          <li key={index}>{triedText(each)}</li>
        ))}
      </ol>
    </details>
  )
}

function triedText({ model, failureKind, retryAtMs }: TriedModel): string {
  const waitMs = (retryAtMs ?? 0) - Date.now()
  const again = waitMs > 0 ? `; again in ${durationText(waitMs)}` : ''
  return `${model} ${ENGLISH_LABELS.failure[failureKind]}${again}`
}
