import type { ModelPart } from '@imrs/core'

/** Above this, white space counts as an answer: so much of it is meant. */
const MAX_PARTS = 64
const MAX_CHARACTERS = 4096

export type ContentPart = Exclude<ModelPart, { type: 'headers' | 'usage' | 'finish' }>

/**
 * Holds back how an answer starts, until something of it can be seen: a call that fails before has
 * shown nothing, so another model may take over. Bounded.
 */
export class StartupBuffer {
  #parts: ContentPart[] = []
  #characters = 0

  /** Whether the part can be seen: it is a tool call, or has text that is not white space. */
  add(part: ContentPart): boolean {
    this.#parts.push(part)
    if (part.type === 'tool-call') return true
    if (part.type === 'reasoning-end') return false
    this.#characters += part.text.length
    return (
      /\S/.test(part.text) || this.#parts.length > MAX_PARTS || this.#characters > MAX_CHARACTERS
    )
  }

  /** What was held back, in its order; the buffer is empty afterwards. */
  take(): readonly ContentPart[] {
    const parts = this.#parts
    this.#parts = []
    return parts
  }
}
