import type { FeedbackBody, FeedbackReason, FeedbackResponse, FeedbackSignal } from '@imrs/core'

import type { ClientContext } from '../client/imrs-client.ts'

export interface SentSignal {
  readonly messageId: string
  readonly signal: FeedbackSignal
  /** Of a thumb. Default: none. */
  readonly reasons?: readonly FeedbackReason[] | undefined
}

/** Tells the router what somebody did with an answer. Repeated on the way, it counts once. */
export function sendSignal(
  { http, runtime }: Pick<ClientContext, 'http' | 'runtime'>,
  { messageId, signal, reasons = [] }: SentSignal,
): Promise<FeedbackResponse> {
  // An empty list is refused: who gives no reason sends none.
  const body: FeedbackBody = { signal, ...(reasons.length === 0 ? {} : { reasons }) }
  return http.json(`/api/v2/chat/messages/${encodeURIComponent(messageId)}/feedback`, {
    method: 'POST',
    body,
    headers: { 'idempotency-key': runtime.newId() },
    tries: 3,
  })
}
