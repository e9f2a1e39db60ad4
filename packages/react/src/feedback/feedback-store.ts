import type { ClientContext } from '../client/imrs-client.ts'
import { createStore } from '../client/store.ts'
import type { OwnStore, Store } from '../client/store.ts'
import { ImrsClientError } from '../http/client-error.ts'
import { sendSignal } from './send-feedback.ts'

/** A thumb; `undefined`: none is given. */
export type Thumb = 'up' | 'down' | undefined

export interface FeedbackState {
  /** As the user sees it: at once, and as before when the server refuses. */
  readonly thumb: Thumb
  /** The rating that counts on the answer, 0 to 1, as the server said last; `undefined`: none. */
  readonly rating: number | undefined
  readonly isSaving: boolean
  /** Why the last thumb was not taken. */
  readonly error: ImrsClientError | undefined
}

/** What a user thinks of one answer. */
export interface MessageFeedback extends Store<FeedbackState> {
  /** Gives a thumb, or takes it back with `undefined`. Of several quick ones the last counts. */
  readonly rate: (thumb: Thumb) => Promise<void>
  /** Tells that the answer was copied. Never rejects: it is a hint. */
  readonly copied: () => Promise<void>
}

export interface FeedbackParts {
  /** The same object for the same answer. */
  readonly of: (messageId: string, initial?: Thumb) => MessageFeedback
}

/** Thumbs on answers, shared by all that show the same answer. */
export function feedbackStores(context: ClientContext): FeedbackParts {
  const stores = new Map<string, MessageFeedback>()
  return {
    of: (messageId, initial) => {
      const known = stores.get(messageId) ?? messageFeedback(context, messageId, initial)
      stores.set(messageId, known)
      return known
    },
  }
}

function messageFeedback(
  context: ClientContext,
  messageId: string,
  initial: Thumb,
): MessageFeedback {
  const state = { thumb: initial, rating: undefined, isSaving: false, error: undefined }
  const store: OwnStore<FeedbackState> = createStore<FeedbackState>(state)
  let saved = initial
  let running: Promise<void> | undefined

  /** One at a time, until the server has what the user sees. */
  const save = async (): Promise<void> => {
    while (saved !== store.getSnapshot().thumb) {
      const { thumb } = store.getSnapshot()
      const signal = thumb === undefined ? 'retract' : (`thumbs-${thumb}` as const)
      try {
        const { rating } = await sendSignal(context, { messageId, signal })
        saved = thumb
        store.update({ rating: rating ?? undefined })
      } catch (error) {
        if (store.getSnapshot().thumb !== thumb) continue
        if (error instanceof ImrsClientError) store.update({ error })
        store.update({ thumb: saved })
      }
    }
    store.update({ isSaving: false })
  }

  return {
    ...store,
    rate: (thumb) => {
      store.update({ thumb, isSaving: true, error: undefined })
      running ??= save().finally(() => (running = undefined))
      return running
    },
    copied: () =>
      sendSignal(context, { messageId, signal: 'copy' }).then(
        () => {},
        () => {},
      ),
  }
}
