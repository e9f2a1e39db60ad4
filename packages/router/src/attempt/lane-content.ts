import { StartupBuffer } from './startup-buffer.ts'
import type { ContentPart } from './startup-buffer.ts'

/** What a part is to the reader: an empty piece of text, held back, or shown. */
export type Seen = 'nothing' | 'held-back' | 'shown'

/** The content of one call's answer: held back until it is committed, then taken part by part. */
export class LaneContent {
  readonly #startup = new StartupBuffer()
  #isCommitted = false
  #isAnswer = false
  #last: readonly ContentPart[] = []

  get isCommitted(): boolean {
    return this.#isCommitted
  }

  /** Whether something came that answers: a tool call, or text that is not white space. */
  get isAnswer(): boolean {
    return this.#isAnswer
  }

  add(part: ContentPart): Seen {
    if ('text' in part && part.text === '') return 'nothing'
    if (part.type === 'tool-call' || (part.type === 'text-delta' && /\S/.test(part.text))) {
      this.#isAnswer = true
    }
    if (!this.#isCommitted) return this.#startup.add(part) ? 'shown' : 'held-back'
    this.#last = [part]
    return 'shown'
  }

  /** What was held back so far; from now on every part is shown as it comes. */
  commit(): readonly ContentPart[] {
    this.#isCommitted = true
    return this.#startup.take()
  }

  /** The part that was added last, once; nothing before it was committed. */
  taken(): readonly ContentPart[] {
    const parts = this.#last
    this.#last = []
    return parts
  }
}
