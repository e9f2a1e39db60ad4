import { useFeedback } from '@imrs/react'
import type { AnswerEntry } from '@imrs/react'
import { Fragment, useState } from 'react'
import type { ReactElement } from 'react'

import { useDirectory } from '../app/config.tsx'
import { costText, durationText, tokensText } from '../ui/format.ts'
import { Icon } from '../ui/icon.tsx'
import { AgainMenu } from './again-menu.tsx'
import type { AnswerProps } from './answer.tsx'
import { copyText } from './copy-text.ts'
import { Thumbs } from './thumbs.tsx'

/** Below an answer that has ended: what can be done with it, and what it took. */
export function AnswerFoot(props: AnswerProps): ReactElement {
  const { answer, isNewest, onAgain } = props
  const isOver = answer.status === 'done' || answer.status === 'stopped'
  if (!isOver) return <div className="answer-foot" />
  const { messageId } = answer
  const canRate = answer.status === 'done' && messageId !== undefined
  return (
    <div className="answer-foot">
      {canRate && <Thumbs answer={answer} messageId={messageId} />}
      <div className="answer-actions">
        <CopyButton answer={answer} />
        {isNewest && (
          <>
            <button
              type="button"
              title="Answer again"
              aria-label="Answer again"
              onClick={() => onAgain()}
            >
              <Icon name="again" />
            </button>
            <AgainMenu onAgain={onAgain} />
          </>
        )}
      </div>
      <Facts answer={answer} />
    </div>
  )
}

function CopyButton({ answer }: { readonly answer: AnswerEntry }): ReactElement {
  const { messageId = '', status, text } = answer
  const { copied } = useFeedback(messageId)
  const [news, setNews] = useState('')
  const copy = async (): Promise<void> => {
    const isCopied = await copyText(text)
    setNews(isCopied ? 'Copied.' : 'The browser did not allow copying.')
    if (isCopied && status === 'done' && messageId !== '') await copied()
  }
  return (
    <>
      <button
        type="button"
        title="Copy the answer"
        aria-label="Copy the answer"
        onClick={() => void copy()}
      >
        <Icon name="copy" />
      </button>
      <span className="copy-news" role="status">
        {news}
      </span>
    </>
  )
}

function Facts({ answer }: { readonly answer: AnswerEntry }): ReactElement {
  const directory = useDirectory()
  const { model, modelName, status, end, inputTokens, outputTokens, costUsd } = answer
  const known = model === undefined ? undefined : directory.displayNameOf(model)
  const name = known === model ? (modelName ?? known) : known
  const gone = model !== undefined && directory.isGone(model) ? ['no longer offered'] : []
  const used =
    inputTokens + outputTokens === 0 ? 'tokens unknown' : tokensText(inputTokens, outputTokens)
  const cut = end?.finishReason === 'length' ? ['cut at the length limit'] : []
  const facts = [
    ...(name === undefined ? [] : [name]),
    ...gone,
    ...(status === 'stopped'
      ? ['stopped']
      : [used, costText(costUsd), ...(end === undefined ? [] : [durationText(end.totalMs)])]),
    ...cut,
  ]
  return (
    <p className="answer-facts">
      {facts.map((fact, index) => (
        <Fragment key={fact}>
          <span>
            <span>{fact}</span>
            {index < facts.length - 1 && <span aria-hidden="true"> · </span>}
          </span>
          {/* Each fact is of one piece; behind it a line may end. */}
          <wbr />
        </Fragment>
      ))}
    </p>
  )
}
