import type { UseChat } from '@imrs/react'
import type { ReactElement, RefObject } from 'react'

import { Answer } from './answer.tsx'
import { Question } from './question.tsx'

interface MessagesProps {
  readonly talk: UseChat
  readonly list: RefObject<HTMLOListElement | null>
  readonly onChooseModel: () => void
}

/** What was said, the oldest first. */
export function Messages({ talk, list, onChooseModel }: MessagesProps): ReactElement {
  const { messages, regenerate, status } = talk
  return (
    <ol className="messages" ref={list} aria-label="Conversation">
      {messages.map((entry, index) =>
        entry.role === 'user' ? (
          <li className="question" key={entry.id}>
            <Question question={entry} />
          </li>
        ) : (
          <li key={entry.id} aria-busy={entry.status === 'waiting' || entry.status === 'streaming'}>
            <Answer
              answer={entry}
              isNewest={status === 'idle' && index === messages.length - 1}
              onAgain={(model) => void regenerate({ model })}
              onChooseModel={onChooseModel}
            />
          </li>
        ),
      )}
    </ol>
  )
}
