import { asText } from '@imrs/core'
import type { JsonObject } from '@imrs/core'

import { asNumber } from '../shared/foreign-json.ts'

/**
 * Where a block of thinking stood in its answer. A message keeps text, thoughts and tool calls apart,
 * and the API wants the thoughts back in their places.
 */
export interface ThoughtPlace {
  /** How many characters of the text came before it. */
  readonly characters: number
  /** How many tool calls came before it. */
  readonly toolCalls: number
}

/** What the API wants back of a thought beside its text, as it is kept with the message. */
export type ThoughtData =
  | ({ readonly type: 'thinking'; readonly signature: string } & ThoughtPlace)
  | ({ readonly type: 'redacted_thinking'; readonly data: string } & ThoughtPlace)

/** What is kept of a thought. */
export function toThoughtData(data: ThoughtData): JsonObject {
  return { ...data }
}

/** What was kept; `undefined` for what is not ours to understand. */
export function readThoughtData(data: JsonObject): ThoughtData | undefined {
  const place = {
    characters: asNumber(data['characters']) ?? 0,
    toolCalls: asNumber(data['toolCalls']) ?? 0,
  }
  const signature = asText(data['signature'])
  if (data['type'] === 'thinking' && signature !== undefined) {
    return { type: 'thinking', signature, ...place }
  }
  const redacted = asText(data['data'])
  if (data['type'] === 'redacted_thinking' && redacted !== undefined) {
    return { type: 'redacted_thinking', data: redacted, ...place }
  }
  return undefined
}
