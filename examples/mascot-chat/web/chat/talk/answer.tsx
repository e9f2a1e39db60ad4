import type { AnswerEntry } from '@imrs/react'
import type { ReactElement, ReactNode } from 'react'

import { useDirectory } from '../app/config.tsx'
import type { Directory } from '../app/directory.ts'
import { Icon } from '../ui/icon.tsx'
import type { IconName } from '../ui/icon.tsx'
import { AnswerFoot } from './answer-foot.tsx'
import { DecisionView } from './decision-view.tsx'
import { FailureCard } from './failure-card.tsx'
import { Prose } from './prose.tsx'
import { ToolCalls } from './tool-calls.tsx'

export interface AnswerProps {
  readonly answer: AnswerEntry
  /** Whether it can be asked for again: the newest, and none is being given. */
  readonly isNewest: boolean
  /** Asks for it again, with the user's choice or with one model. */
  readonly onAgain: (model?: string) => void
  readonly onChooseModel: () => void
}

/** One answer, with those it took the place of folded away above it. */
export function Answer({ answer, ...rest }: AnswerProps): ReactElement {
  const directory = useDirectory()
  const name = nameOf(answer, directory)
  const label = name === '' ? 'Answer' : `Answer from ${name}`
  return (
    <>
      {answer.earlier
        .filter(({ text }) => text !== '')
        .map((earlier) => (
          <details className="earlier" key={earlier.id}>
            <summary>Earlier answer from {nameOf(earlier, directory)}</summary>
            <Body answer={earlier} directory={directory} />
          </details>
        ))}
      <article className="answer" aria-label={label}>
        <Body answer={answer} directory={directory} />
        {answer.failure !== undefined && (
          <FailureCard
            answer={answer}
            failure={answer.failure}
            onRetry={rest.isNewest ? () => rest.onAgain() : undefined}
            onChooseModel={rest.onChooseModel}
          />
        )}
        <AnswerFoot answer={answer} {...rest} />
      </article>
    </>
  )
}

/** The name of the model that answers, also when it is gone; empty while none is decided on. */
function nameOf({ model, modelName }: AnswerEntry, directory: Directory): string {
  if (model === undefined) return ''
  const known = directory.displayNameOf(model)
  return known === model ? (modelName ?? model) : known
}

interface BodyProps {
  readonly answer: AnswerEntry
  readonly directory: Directory
}

function Body({ answer, directory }: BodyProps): ReactElement {
  const { decision, status, text, reasoning, warnings } = answer
  const isOpen = status === 'waiting' || status === 'streaming'
  return (
    <div className="answer-body">
      {decision !== undefined && <DecisionView decision={decision} isOver={!isOpen} />}
      <Fallbacks answer={answer} directory={directory} />
      {warnings.map(({ code, message }) => (
        <Strip key={code} icon="warn">
          <p>{message}</p>
        </Strip>
      ))}
      {reasoning !== '' && (
        <details className="thinking-text">
          <summary>What the model thought first</summary>
          <p>{reasoning}</p>
        </details>
      )}
      {isOpen && text === '' && (
        <div className="waiting" aria-hidden="true">
          <i />
          <i />
          <i />
        </div>
      )}
      <Prose text={text} isOpen={isOpen} />
      <ToolCalls answer={answer} isOver={!isOpen} />
    </div>
  )
}

/** Which model took over from which. It stays with the answer. */
function Fallbacks({ answer, directory }: BodyProps): ReactElement | null {
  const { fallbacks } = answer
  if (fallbacks.length === 0) return null
  const nameOfId = (id: string): string => directory.displayNameOf(id)
  return (
    <Strip icon="swap">
      {fallbacks.map(({ from, to, toName, reason }) => (
        <p key={`${from} ${to}`}>
          <strong>{`${nameOfId(from)} → ${nameOfId(to) === to ? toName : nameOfId(to)}. `}</strong>
          {reason}
        </p>
      ))}
    </Strip>
  )
}

interface StripProps {
  readonly icon: IconName
  readonly children: ReactNode
}

/** A notice that stays with the answer. */
function Strip({ icon, children }: StripProps): ReactElement {
  return (
    <div className="strip" role="note">
      <Icon name={icon} />
      <div>{children}</div>
    </div>
  )
}
