import { useFeedback, useStore } from '@imrs/react'
import type { AnswerEntry } from '@imrs/react'
import { FeedbackButtons } from '@imrs/react/components'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { ReactElement } from 'react'

import { useDirectory } from '../app/config.tsx'
import { useActiveConversation, useConversations } from '../conversations/conversations-context.tsx'
import { knownScore, newScore, scoreText } from '../figures/scores.ts'
import type { Score } from '../figures/scores.ts'
import { taskName } from '../ui/format.ts'

const REASONS = {
  up: ['Correct', 'Clear', 'Just what I asked for'],
  down: ['Wrong', 'Hard to follow', 'Not what I asked for', 'Too long'],
}

interface ThumbsProps {
  readonly answer: AnswerEntry
  readonly messageId: string
}

/** Thumbs, with a reason if one likes, and what they did to the score of the model. */
export function Thumbs({ answer, messageId }: ThumbsProps): ReactElement {
  const conversations = useConversations()
  const { id, notes } = useActiveConversation()
  const note = useStore(notes).byMessage[messageId] ?? {}
  const labels = useThumbLabels(answer)
  return (
    <div className="thumbs">
      <FeedbackButtons
        messageId={messageId}
        labels={labels}
        initialThumb={note.thumb}
        reasons={REASONS}
        onRate={(thumb) => conversations.note(id, messageId, { thumb })}
        onReason={({ thumb, reason }) => conversations.note(id, messageId, { thumb, reason })}
      />
      {note.reason !== undefined && <p className="thumb-reason">You said: {note.reason}</p>}
      <ScoreChange answer={answer} messageId={messageId} />
    </div>
  )
}

function useThumbLabels({ model = '', modelName, decision }: AnswerEntry): {
  readonly ratedUp: string
  readonly ratedDown: string
} {
  const directory = useDirectory()
  const known = directory.displayNameOf(model)
  const name = known === model ? (modelName ?? model) : known
  const task = decision === undefined ? '' : ` at ${taskName(decision.taskType).toLowerCase()}`
  return useMemo(() => {
    const rest = `${name}${task} questions. You can change it, or click again to take it back.`
    return {
      ratedUp: `Noted: it counts for ${rest}`,
      ratedDown: `Noted: it counts against ${rest}`,
    }
  }, [name, task])
}

/** The rating of the model before and after the thumb, once the server has it. */
function ScoreChange({ answer: { model = '' }, messageId }: ThumbsProps): ReactElement {
  const { isSaving } = useFeedback(messageId)
  const wasSaving = useRef(false)
  const [before, setBefore] = useState<Score>()
  const [after, setAfter] = useState<Score>()
  useEffect(() => {
    const isSaved = wasSaving.current && !isSaving
    wasSaving.current = isSaving
    if (isSaved) void newScore(model).then(setAfter)
    else void knownScore(model).then(setBefore)
  }, [isSaving, model])
  const isChanged = before !== undefined && after !== undefined
  return (
    <p className="score-change" role="status">
      {isChanged && `Rating of the model: ${scoreText(before)} → ${scoreText(after)}.`}
    </p>
  )
}
