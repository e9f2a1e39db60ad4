import type { AnswerEntry, ChatState, QuestionEntry } from '@imrs/react'
import { memo } from 'react'
import type { ReactElement, RefObject } from 'react'

import { Answer } from './answer.tsx'
import type { AnswerProps } from './answer.tsx'
import { Question } from './question.tsx'

/** `onAgain` and `onChooseModel` stay the same functions, or every word would render everything. */
interface MessagesProps
  extends Pick<ChatState, 'messages' | 'status'>, Pick<AnswerProps, 'onAgain' | 'onChooseModel'> {
  readonly list: RefObject<HTMLOListElement | null>
}

/** What was said, the oldest first. While an answer comes, nothing but that one is rendered. */
export function Messages({ messages, status, list, ...rest }: MessagesProps): ReactElement {
  return (
    <ol className="messages" ref={list} aria-label="Conversation">
      {messages.map((entry, index) =>
        entry.role === 'user' ? (
          <QuestionItem key={entry.id} question={entry} />
        ) : (
          <AnswerItem
            key={entry.id}
            answer={entry}
            isNewest={status === 'idle' && index === messages.length - 1}
            {...rest}
          />
        ),
      )}
    </ol>
  )
}

const QuestionItem = memo(function QuestionItem({
  question,
}: {
  readonly question: QuestionEntry
}): ReactElement {
  return (
    <li className="question">
      <Question question={question} />
    </li>
  )
})

const AnswerItem = memo(function AnswerItem(props: AnswerProps): ReactElement {
  return (
    <li aria-busy={isOpen(props.answer)}>
      <Answer {...props} />
    </li>
  )
})

function isOpen({ status }: AnswerEntry): boolean {
  return status === 'waiting' || status === 'streaming'
}
