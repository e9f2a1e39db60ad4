import type { FeedbackReason } from '@imrs/core'
import { useState } from 'react'
import type { ReactElement } from 'react'

import { feedbackStores } from '../../feedback/feedback-store.ts'
import type { FeedbackState, Thumb } from '../../feedback/feedback-store.ts'
import { useImrsClient } from '../../hooks/model-provider.tsx'
import { useFeedback } from '../../hooks/use-feedback.ts'
import type { UseFeedback } from '../../hooks/use-feedback.ts'
import { ENGLISH_LABELS, withLabels } from '../shared/labels.ts'
import type { ImrsLabels, LabelsProps } from '../shared/labels.ts'
import { LiveText, ToggleButton } from '../shared/parts.tsx'

/** A reason that was pressed. */
export interface ChosenReason {
  readonly messageId: string
  readonly thumb: 'up' | 'down'
  readonly reason: string
  /** `false`: it was taken back. */
  readonly isChosen: boolean
}

type Reasons = Readonly<Record<'up' | 'down', readonly string[]>>

export interface FeedbackButtonsProps extends LabelsProps {
  readonly messageId: string
  readonly className?: string | undefined
  /** The thumb from an earlier visit, as the host stored it. Default: none. */
  readonly initialThumb?: Thumb
  /** Its reasons, likewise. Default: none. */
  readonly initialReasons?: readonly FeedbackReason[]
  /**
   * Offered after a thumb; leaving them out is fine, and so are several. Those of the router's list go
   * to it with the thumb and are shown as `labels.reason` has them; others are shown as they are, and
   * are the host's alone. `false`: none are offered. Default: the router's list.
   */
  readonly reasons?: Reasons | false | undefined
  /** Called when a reason was chosen or taken back. */
  readonly onReason?: ((reason: ChosenReason) => void) | undefined
  /** Called when a thumb was given, taken back or, by *Undo*, given back, before the server has it. */
  readonly onRate?: ((thumb: Thumb) => void) | undefined
}

/** The router's list, by the thumb that they say something about. */
export const REASONS_OF_THUMBS: Readonly<Record<'up' | 'down', readonly FeedbackReason[]>> = {
  up: ['correct', 'clear', 'complete', 'concise', 'creative', 'other'],
  down: [
    'incorrect',
    'incomplete',
    'off-topic',
    'ignored-instructions',
    'too-long',
    'too-short',
    'outdated',
    'unsafe',
    'slow',
    'other',
  ],
}

/** As many go with a thumb. */
const MOST_REASONS = 5

/** Thumbs for one answer, with their reasons. Pressing the one that is on takes it back. */
export function FeedbackButtons({
  labels: some,
  className,
  reasons = REASONS_OF_THUMBS,
  onReason,
  ...props
}: FeedbackButtonsProps): ReactElement {
  const labels = withLabels(some)
  const { messageId } = props
  const { feedback, use, setUse, press, takeBack } = useThumbs(props)
  const { thumb } = feedback
  return (
    <div
      data-imrs="feedback"
      data-thumb={thumb}
      role="group"
      aria-label={labels.rateAnswer}
      className={className}
    >
      <Thumbs given={thumb} labels={labels} onPress={press} />
      {use !== 'none' && (
        // It stays where it is, and with it the focus of who pressed it.
        <button type="button" data-imrs="undo" aria-disabled={use !== 'rated'} onClick={takeBack}>
          {labels.undo}
        </button>
      )}
      {use !== 'none' && thumb !== undefined && reasons !== false && (
        // Another thumb has other reasons, and none of them is chosen.
        <ReasonButtons
          key={thumb}
          offered={reasons[thumb]}
          feedback={feedback}
          labels={labels}
          onPress={(reason, isChosen) => {
            setUse('rated')
            onReason?.({ messageId, thumb, reason, isChosen })
          }}
        />
      )}
      <LiveText part="feedback-status">
        {use === 'none' ? '' : statusText(feedback, labels)}
      </LiveText>
    </div>
  )
}

/** What was done last, on this visit. */
type Use = 'none' | 'rated' | 'undone'

interface ThumbsInUse {
  readonly feedback: UseFeedback
  readonly use: Use
  readonly setUse: (use: Use) => void
  readonly press: (pressed: 'up' | 'down') => void
  readonly takeBack: () => void
}

function useThumbs({
  messageId,
  initialThumb,
  initialReasons = [],
  onRate,
}: Omit<FeedbackButtonsProps, 'labels' | 'reasons' | 'onReason'>): ThumbsInUse {
  const feedback = useFeedback(messageId, { initialThumb, initialReasons })
  const store = useImrsClient().part(feedbackStores).of(messageId)
  const [use, setUse] = useState<Use>('none')
  const { thumb, rate, undo } = feedback
  const press = (pressed: 'up' | 'down'): void => {
    const next = thumb === pressed ? undefined : pressed
    setUse('rated')
    onRate?.(next)
    void rate(next)
  }
  const takeBack = (): void => {
    if (use !== 'rated') return
    setUse('undone')
    void undo()
    // It is shown at once, before the server has it.
    const { thumb: before } = store.getSnapshot()
    if (before !== thumb) onRate?.(before)
  }
  return { feedback, use, setUse, press, takeBack }
}

interface ThumbsProps {
  readonly given: Thumb
  readonly labels: ImrsLabels
  readonly onPress: (thumb: 'up' | 'down') => void
}

function Thumbs({ given, labels, onPress }: ThumbsProps): readonly ReactElement[] {
  return (['up', 'down'] as const).map((thumb) => (
    <ToggleButton
      key={thumb}
      part={`thumb-${thumb}`}
      isOn={given === thumb}
      aria-label={thumb === 'up' ? labels.thumbUp : labels.thumbDown}
      onClick={() => onPress(thumb)}
    >
      <span aria-hidden="true">{thumb === 'up' ? '👍' : '👎'}</span>
    </ToggleButton>
  ))
}

interface ReasonButtonsProps {
  readonly offered: readonly string[]
  readonly feedback: UseFeedback
  readonly labels: ImrsLabels
  readonly onPress: (reason: string, isChosen: boolean) => void
}

function ReasonButtons({ offered, feedback, labels, onPress }: ReasonButtonsProps): ReactElement {
  const { thumb, reasons, rate } = feedback
  const [own, setOwn] = useState<readonly string[]>([])
  const press = (reason: string, isOn: boolean): void => {
    if (!isListed(reason)) setOwn(toggled(own, reason))
    else if (isOn || reasons.length < MOST_REASONS) void rate(thumb, toggled(reasons, reason))
    else return
    onPress(reason, !isOn)
  }
  return (
    <div data-imrs="reasons" role="group" aria-label={labels.reasons}>
      {offered.map((reason) => {
        const isOurs = isListed(reason)
        const isOn = isOurs ? reasons.includes(reason) : own.includes(reason)
        const isFull = isOurs && !isOn && reasons.length >= MOST_REASONS
        return (
          <ToggleButton
            key={reason}
            part="reason"
            isOn={isOn}
            aria-disabled={isFull ? true : undefined}
            onClick={() => press(reason, isOn)}
          >
            {isOurs ? labels.reason[reason] : reason}
          </ToggleButton>
        )
      })}
    </div>
  )
}

function isListed(reason: string): reason is FeedbackReason {
  return Object.hasOwn(ENGLISH_LABELS.reason, reason)
}

function toggled<Reason extends string>(
  before: readonly Reason[],
  reason: Reason,
): readonly Reason[] {
  const without = before.filter((each) => each !== reason)
  return without.length < before.length ? without : [...before, reason]
}

function statusText({ thumb, isSaving, error }: FeedbackState, labels: ImrsLabels): string {
  if (error !== undefined) return labels.ratingFailed(error.message)
  if (isSaving) return ''
  if (thumb === undefined) return labels.ratingTakenBack
  return thumb === 'up' ? labels.ratedUp : labels.ratedDown
}
