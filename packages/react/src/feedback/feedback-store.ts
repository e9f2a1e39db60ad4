import type { FeedbackReason } from '@imrs/core'

import type { ClientContext } from '../client/imrs-client.ts'
import { createStore } from '../client/store.ts'
import type { OwnStore, Store } from '../client/store.ts'
import { ImrsClientError } from '../http/client-error.ts'
import { sendSignal } from './send-feedback.ts'
import type { SentSignal } from './send-feedback.ts'

/** A thumb; `undefined`: none is given. */
export type Thumb = 'up' | 'down' | undefined

export interface FeedbackState {
  /** As the user sees it: at once, and as before when the server refuses. */
  readonly thumb: Thumb
  /** Why, likewise; empty without a thumb, and when nobody said. */
  readonly reasons: readonly FeedbackReason[]
  /** The rating that counts on the answer, 0 to 1, as the server said last; `undefined`: none. */
  readonly rating: number | undefined
  readonly isSaving: boolean
  /** Why the last thumb was not taken. */
  readonly error: ImrsClientError | undefined
}

/** What a user thinks of one answer. */
export interface MessageFeedback extends Store<FeedbackState> {
  /**
   * Gives a thumb with its reasons, 1 to 5, or without; or takes it back with `undefined`. It replaces the
   * thumb and the reasons that were there. Of several quick ones the last counts.
   */
  readonly rate: (thumb: Thumb, reasons?: readonly FeedbackReason[]) => Promise<void>
  /** Gives back the thumb and the reasons from before the last change: none, when nothing was set before. */
  readonly undo: () => Promise<void>
  /** Tells that the answer was copied. Never rejects: it is a hint. */
  readonly copied: () => Promise<void>
}

export interface FeedbackParts {
  /** The same object for the same answer. */
  readonly of: (
    messageId: string,
    initial?: Thumb,
    initialReasons?: readonly FeedbackReason[],
  ) => MessageFeedback
}

/** What somebody gave, and what it took the place of. */
interface Given {
  readonly thumb: Thumb
  readonly reasons: readonly FeedbackReason[]
  readonly before: Given | undefined
}

const NO_REASONS: readonly FeedbackReason[] = Object.freeze([])

/** Thumbs on answers, shared by all that show the same answer. */
export function feedbackStores(context: ClientContext): FeedbackParts {
  const stores = new Map<string, MessageFeedback>()
  return {
    of: (messageId, thumb, reasons = NO_REASONS) => {
      const known =
        stores.get(messageId) ??
        messageFeedback(context, messageId, { thumb, reasons, before: undefined })
      stores.set(messageId, known)
      return known
    },
  }
}

function messageFeedback(
  context: ClientContext,
  messageId: string,
  initial: Given,
): MessageFeedback {
  const { thumb, reasons } = initial
  const store: OwnStore<FeedbackState> = createStore<FeedbackState>({
    thumb,
    reasons,
    rating: undefined,
    isSaving: false,
    error: undefined,
  })
  let saved = initial
  let given = initial
  let running: Promise<void> | undefined

  /** One at a time, until the server has what the user sees. */
  const save = async (): Promise<void> => {
    while (!isSame(saved, given)) {
      const sent = given
      try {
        const { rating } = await sendSignal(context, { messageId, ...signalOf(sent) })
        saved = sent
        store.update({ rating: rating ?? undefined })
      } catch (error) {
        if (given !== sent) continue
        given = saved
        if (error instanceof ImrsClientError) store.update({ error })
        store.update({ thumb: saved.thumb, reasons: saved.reasons })
      }
    }
    store.update({ isSaving: false })
  }

  const put = (next: Given): Promise<void> => {
    given = next
    store.update({ thumb: next.thumb, reasons: next.reasons, isSaving: true, error: undefined })
    running ??= save().finally(() => (running = undefined))
    return running
  }

  return {
    ...store,
    rate: (thumb, reasons = NO_REASONS) => {
      const whole = thumb === undefined ? NO_REASONS : [...reasons]
      const next = { thumb, reasons: whole, before: given }
      // What changes nothing is no step to go back by.
      return put(isSame(next, given) ? given : next)
    },
    undo: () => put(given.before ?? { thumb: undefined, reasons: NO_REASONS, before: undefined }),
    copied: () =>
      sendSignal(context, { messageId, signal: 'copy' }).then(
        () => {},
        () => {},
      ),
  }
}

function signalOf({ thumb, reasons }: Given): Pick<SentSignal, 'signal' | 'reasons'> {
  return thumb === undefined ? { signal: 'retract' } : { signal: `thumbs-${thumb}`, reasons }
}

function isSame(left: Given, right: Given): boolean {
  return (
    left.thumb === right.thumb &&
    left.reasons.length === right.reasons.length &&
    left.reasons.every((reason) => right.reasons.includes(reason))
  )
}
