import type { FeedbackReason } from '@imrs/core'
import { useFeedback, useStore } from '@imrs/react'
import type { AnswerEntry } from '@imrs/react'
import { ENGLISH_LABELS, FeedbackButtons } from '@imrs/react/components'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { ReactElement } from 'react'

import { useDirectory } from '../app/config.tsx'
import { useActiveConversation, useConversations } from '../conversations/conversations-context.tsx'
import type { AnswerNote } from '../conversations/stored-conversation.ts'
import { knownScore, newScore, scoreText } from '../figures/scores.ts'
import type { Score } from '../figures/scores.ts'
import { taskName } from '../ui/format.ts'

const NO_NOTE: AnswerNote = {}
const NO_REASONS: NonNullable<AnswerNote['reasons']> = []

interface ThumbsProps {
  readonly answer: AnswerEntry
  readonly messageId: string
}

/** Thumbs, with reasons if one likes, and what they did to the score of the model. */
export function Thumbs({ answer, messageId }: ThumbsProps): ReactElement {
  const { thumb, reasons = NO_REASONS } = useNote(messageId)
  const labels = useThumbLabels(answer)
  return (
    <div className="thumbs">
      <FeedbackButtons
        messageId={messageId}
        labels={labels}
        initialThumb={thumb}
        initialReasons={reasons}
      />
      {reasons.length > 0 && (
        <p className="thumb-reason">You said: {reasons.map(reasonText).join(', ')}</p>
      )}
      <ScoreChange answer={answer} messageId={messageId} />
    </div>
  )
}

/** One that this page does not know is from another version of it. */
function reasonText(reason: FeedbackReason): string {
  return (ENGLISH_LABELS.reason[reason] ?? reason).toLowerCase()
}

/** What this browser knows of the thumb from an earlier visit, kept up to date with what the server took. */
function useNote(messageId: string): AnswerNote {
  const conversations = useConversations()
  const { id, notes } = useActiveConversation()
  const note = useStore(notes).byMessage[messageId] ?? NO_NOTE
  const { thumb: kept, reasons: keptReasons = NO_REASONS } = note
  const { thumb, reasons, isSaving } = useFeedback(messageId, {
    initialThumb: kept,
    initialReasons: keptReasons,
  })
  useEffect(() => {
    const isSame = kept === thumb && keptReasons.join() === reasons.join()
    if (!isSaving && !isSame) conversations.note(id, messageId, { thumb, reasons })
  }, [conversations, id, messageId, kept, keptReasons, thumb, reasons, isSaving])
  return note
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
  const before = useRef<Score>(undefined)
  const [change, setChange] = useState('')
  useEffect(() => {
    const isSaved = wasSaving.current && !isSaving
    wasSaving.current = isSaving
    if (!isSaved) {
      void knownScore(model).then((score) => (before.current = score))
      return
    }
    void newScore(model).then((after) => {
      if (before.current === undefined || after === undefined) return
      const [from, to] = [scoreText(before.current), scoreText(after)]
      // A reason changes no score: what the thumb did stays there.
      if (from !== to) setChange(`Rating of the model: ${from} → ${to}.`)
    })
  }, [isSaving, model])
  return (
    <p className="score-change" role="status">
      {change}
    </p>
  )
}
