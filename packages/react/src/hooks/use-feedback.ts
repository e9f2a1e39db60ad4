import type { FeedbackReason } from '@imrs/core'

import { feedbackStores } from '../feedback/feedback-store.ts'
import type { FeedbackState, MessageFeedback, Thumb } from '../feedback/feedback-store.ts'
import { useImrsClient } from './model-provider.tsx'
import { useStore } from './use-store.ts'

export interface FeedbackOptions {
  /** The thumb it has from an earlier visit, as the host stored it. Default: none. */
  readonly initialThumb?: Thumb
  /** Its reasons, likewise. Default: none. */
  readonly initialReasons?: readonly FeedbackReason[]
}

/** What {@link useFeedback} gives. */
export interface UseFeedback extends FeedbackState {
  readonly rate: MessageFeedback['rate']
  readonly undo: MessageFeedback['undo']
  readonly copied: MessageFeedback['copied']
}

/** The user's thumb on one answer, by its `messageId`. */
export function useFeedback(
  messageId: string,
  { initialThumb, initialReasons }: FeedbackOptions = {},
): UseFeedback {
  const feedback = useImrsClient().part(feedbackStores).of(messageId, initialThumb, initialReasons)
  return { ...feedback, ...useStore(feedback) }
}
