import type { FeedbackBody, FeedbackResponse, FeedbackSignal } from '@imrs/core'

import type { ClientContext } from '../client/imrs-client.ts'

export interface SentSignal {
  readonly messageId: string
  readonly signal: FeedbackSignal
}

/** Tells the router what somebody did with an answer. Repeated on the way, it counts once. */
export function sendSignal(
  { http, runtime }: Pick<ClientContext, 'http' | 'runtime'>,
  { messageId, signal }: SentSignal,
): Promise<FeedbackResponse> {
  const body: FeedbackBody = { signal }
  return http.json(`/api/v2/chat/messages/${encodeURIComponent(messageId)}/feedback`, {
    method: 'POST',
    body,
    headers: { 'idempotency-key': runtime.newId() },
    tries: 3,
  })
}
