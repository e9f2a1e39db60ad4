import { createHash } from 'node:crypto'

import type { AssistantMessage, ChatMessage } from '@imrs/core'

/** Which ids of tool calls a provider takes. */
export interface ToolCallIdRule {
  readonly fits: RegExp
  /** How long an id is made that stands in for one that does not fit: letters and digits. */
  readonly length: number
}

/** For providers that take any, or none at all: then only the sameness of ids counts. */
export const ANY_ID: ToolCallIdRule = Object.freeze({ fits: /^/, length: 24 })

/**
 * The conversation with ids that the provider takes, the same in a call and in its result.
 *
 * An id that fits stays as it is. Any other is replaced by one that depends on the id and on nothing
 * else, unless the conversation has that one already: so a conversation that grows keeps the ids it
 * was sent with. No two calls share an id, also where the same one was given in several answers: a
 * result then belongs to the nearest call before it that has none.
 */
export function withToolCallIds(
  messages: readonly ChatMessage[],
  rule: ToolCallIdRule,
): readonly ChatMessage[] {
  const ids = new WireIds(messages, rule)
  return messages.map((message): ChatMessage => {
    if (message.role === 'assistant') return withCallIds(message, ids)
    if (message.role !== 'tool') return message
    return { ...message, toolCallId: ids.ofResult(message.toolCallId) }
  })
}

function withCallIds(message: AssistantMessage, ids: WireIds): AssistantMessage {
  const { toolCalls = [] } = message
  if (toolCalls.length === 0) return message
  const wireIds = ids.ofCalls(toolCalls.map(({ id }) => id))
  return {
    ...message,
    toolCalls: toolCalls.map((call, index) => ({ ...call, id: wireIds[index] ?? call.id })),
  }
}

/** The ids on the wire, given out in the order of the conversation. */
class WireIds {
  readonly #rule: ToolCallIdRule
  /** Those that fit are nobody else's, also before their turn comes. */
  readonly #reserved: ReadonlySet<string>
  readonly #given = new Set<string>()
  /** Of the calls of the latest answer that have no result yet, by the id they came with. */
  readonly #open = new Map<string, string[]>()
  readonly #latest = new Map<string, string>()

  constructor(messages: readonly ChatMessage[], rule: ToolCallIdRule) {
    this.#rule = rule
    const ids = messages.flatMap((message) =>
      message.role === 'assistant' ? (message.toolCalls ?? []).map(({ id }) => id) : [],
    )
    this.#reserved = new Set(ids.filter((id) => rule.fits.test(id)))
  }

  /** For the calls of one answer. */
  ofCalls(ids: readonly string[]): readonly string[] {
    // A call of an earlier answer that was never answered gets no result any more.
    for (const id of ids) this.#open.set(id, [])
    return ids.map((id) => {
      const wireId = this.#claim(id)
      this.#open.get(id)?.push(wireId)
      this.#latest.set(id, wireId)
      return wireId
    })
  }

  /** A result without its call keeps its id if that fits; the provider will refuse it. */
  ofResult(id: string): string {
    const known = this.#open.get(id)?.shift() ?? this.#latest.get(id)
    if (known !== undefined) return known
    const wireId = this.#claim(id)
    this.#latest.set(id, wireId)
    return wireId
  }

  #claim(id: string): string {
    let wireId = id
    const isTaken = (): boolean =>
      this.#given.has(wireId) || (wireId !== id && this.#reserved.has(wireId))
    if (!this.#rule.fits.test(id) || isTaken()) {
      let attempt = 0
      do {
        wireId = idMadeOf(`${attempt}:${id}`, this.#rule.length)
        attempt += 1
      } while (isTaken())
    }
    this.#given.add(wireId)
    return wireId
  }
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

function idMadeOf(text: string, length: number): string {
  const bytes = createHash('sha256').update(text).digest().subarray(0, length)
  return Array.from(bytes, (byte) => LETTERS[byte % LETTERS.length]).join('')
}
