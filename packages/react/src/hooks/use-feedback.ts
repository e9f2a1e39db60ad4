import { feedbackStores } from '../feedback/feedback-store.ts'
import type { FeedbackState, MessageFeedback, Thumb } from '../feedback/feedback-store.ts'
import { useImrsClient } from './model-provider.tsx'
import { useStore } from './use-store.ts'

export interface FeedbackOptions {
  /** The thumb it has from an earlier visit, as the host stored it. Default: none. */
  readonly initialThumb?: Thumb
}

/** What {@link useFeedback} gives. */
export interface UseFeedback extends FeedbackState {
  readonly rate: MessageFeedback['rate']
  readonly undo: () => Promise<void>
  readonly copied: MessageFeedback['copied']
}

/** The user's thumb on one answer, by its `messageId`. */
export function useFeedback(
  messageId: string,
  { initialThumb }: FeedbackOptions = {},
): UseFeedback {
  const feedback = useImrsClient().part(feedbackStores).of(messageId, initialThumb)
  const { rate, copied } = feedback
  return { ...useStore(feedback), rate, copied, undo: () => rate(undefined) }
}
