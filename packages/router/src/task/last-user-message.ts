import type { ChatMessage } from '@imrs/core'

/** Where the newest user message stands; 0 when there is none, so that everything counts as new. */
export function lastUserIndex(messages: readonly ChatMessage[]): number {
  return Math.max(
    0,
    messages.findLastIndex((message) => message.role === 'user'),
  )
}
