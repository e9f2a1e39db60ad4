import { useState } from 'react'
import type { ReactElement } from 'react'

import type { FeedbackState, Thumb } from '../../feedback/feedback-store.ts'
import { useFeedback } from '../../hooks/use-feedback.ts'
import { withLabels } from '../shared/labels.ts'
import type { ImrsLabels, LabelsProps } from '../shared/labels.ts'
import { LiveText, ToggleButton } from '../shared/parts.tsx'

/** Why an answer got its thumb. */
export interface FeedbackReason {
  readonly messageId: string
  readonly thumb: 'up' | 'down'
  readonly reason: string
}

export interface FeedbackButtonsProps extends LabelsProps {
  readonly messageId: string
  readonly className?: string | undefined
  /** The thumb from an earlier visit, as the host stored it. Default: none. */
  readonly initialThumb?: Thumb
  /** Offered after a thumb; leaving them out is fine. Default: none. */
  readonly reasons?: Readonly<Record<'up' | 'down', readonly string[]>> | undefined
  /** Called with a reason. The router keeps none: it is the host's. */
  readonly onReason?: ((reason: FeedbackReason) => void) | undefined
  /** Called when a thumb was given or taken back, before the server has it. */
  readonly onRate?: ((thumb: Thumb) => void) | undefined
}

/** Thumbs for one answer. Pressing the one that is on takes it back. */
export function FeedbackButtons({
  messageId,
  labels: some,
  className,
  initialThumb,
  reasons,
  onReason,
  onRate,
}: FeedbackButtonsProps): ReactElement {
  const labels = withLabels(some)
  const feedback = useFeedback(messageId, { initialThumb })
  const [wasUsed, setUsed] = useState(false)
  const { thumb, rate } = feedback
  const press = (pressed: 'up' | 'down'): void => {
    const next = thumb === pressed ? undefined : pressed
    setUsed(true)
    onRate?.(next)
    void rate(next)
  }
  return (
    <div
      data-imrs="feedback"
      data-thumb={thumb}
      role="group"
      aria-label={labels.rateAnswer}
      className={className}
    >
      <ToggleButton
        part="thumb-up"
        isOn={thumb === 'up'}
        aria-label={labels.thumbUp}
        onClick={() => press('up')}
      >
        <span aria-hidden="true">👍</span>
      </ToggleButton>
      <ToggleButton
        part="thumb-down"
        isOn={thumb === 'down'}
        aria-label={labels.thumbDown}
        onClick={() => press('down')}
      >
        <span aria-hidden="true">👎</span>
      </ToggleButton>
      {wasUsed && thumb !== undefined && reasons !== undefined && (
        // Another thumb has other reasons, and none of them is chosen.
        <Reasons
          key={thumb}
          reasons={reasons[thumb]}
          label={labels.reasons}
          onReason={(reason) => onReason?.({ messageId, thumb, reason })}
        />
      )}
      <LiveText part="feedback-status">{wasUsed ? statusText(feedback, labels) : ''}</LiveText>
    </div>
  )
}

interface ReasonsProps {
  readonly reasons: readonly string[]
  readonly label: string
  readonly onReason: (reason: string) => void
}

function Reasons({ reasons, label, onReason }: ReasonsProps): ReactElement {
  const [chosen, setChosen] = useState<string>()
  return (
    <div data-imrs="reasons" role="group" aria-label={label}>
      {reasons.map((reason) => (
        <ToggleButton
          key={reason}
          part="reason"
          isOn={reason === chosen}
          onClick={() => {
            setChosen(reason)
            onReason(reason)
          }}
        >
          {reason}
        </ToggleButton>
      ))}
    </div>
  )
}

function statusText({ thumb, isSaving, error }: FeedbackState, labels: ImrsLabels): string {
  if (error !== undefined) return labels.ratingFailed(error.message)
  if (isSaving) return ''
  if (thumb === undefined) return labels.ratingTakenBack
  return thumb === 'up' ? labels.ratedUp : labels.ratedDown
}
