import { broken, must, mustEqual } from './expectations.ts'
import type { ConformanceEnd, ConformanceError, ConformancePart } from './subject.ts'

/** An answer that was read as far as it went. */
export interface Reading {
  readonly parts: readonly ConformancePart[]
  readonly text: string
  readonly reasoning: string
  readonly toolCalls: readonly Extract<ConformancePart, { type: 'tool-call' }>[]
  readonly fallbacks: readonly Extract<ConformancePart, { type: 'fallback' }>[]
  /** `undefined` when the reader left, or the subject threw after an abort. */
  readonly last: ConformanceEnd | ConformanceError | undefined
}

/** Reads an answer part by part, and holds every part against what an answer may look like. */
export class AnswerReader {
  readonly #iterator: AsyncIterator<ConformancePart>
  readonly #abort: AbortController
  readonly #grammar = new AnswerGrammar()
  readonly #parts: ConformancePart[] = []
  #isOver = false

  /** The controller's signal is the one that the answer was asked with. */
  constructor(parts: AsyncIterable<ConformancePart>, abort: AbortController) {
    this.#iterator = parts[Symbol.asyncIterator]()
    this.#abort = abort
  }

  /** Reads until something was shown; `false` when it ended without. */
  async untilVisible(): Promise<boolean> {
    for (;;) {
      if (this.#grammar.isVisible) return true
      if ((await this.#next()) === undefined) return false
    }
  }

  /** Reads what is left. Its rejection may be left alone until somebody awaits it. */
  toEnd(): Promise<Reading> {
    const reading = this.#readAll()
    reading.catch(() => undefined)
    return reading
  }

  /** Leaves the loop, as `break` does. */
  async leave(): Promise<Reading> {
    this.#isOver = true
    await this.#iterator.return?.()
    return this.reading()
  }

  /** Aborts the signal the answer was asked with. */
  abort(): void {
    this.#abort.abort(new Error('The scenario aborted the request'))
  }

  /** What was read so far. */
  reading(): Reading {
    const parts = [...this.#parts]
    return {
      parts,
      text: parts.map((part) => (part.type === 'text' ? part.text : '')).join(''),
      reasoning: parts.map((part) => (part.type === 'reasoning' ? part.text : '')).join(''),
      toolCalls: parts.filter((part) => part.type === 'tool-call'),
      fallbacks: parts.filter((part) => part.type === 'fallback'),
      last: this.#grammar.last,
    }
  }

  async #readAll(): Promise<Reading> {
    while ((await this.#next()) !== undefined);
    return this.reading()
  }

  async #next(): Promise<ConformancePart | undefined> {
    if (this.#isOver) return undefined
    const result = await this.#pull()
    if (result.done !== true) {
      this.#grammar.take(result.value)
      this.#parts.push(result.value)
      return result.value
    }
    this.#isOver = true
    const mayStop = this.#abort.signal.aborted || this.#grammar.last !== undefined
    must(mayStop, 'the answer stopped without an end or an error')
    return undefined
  }

  async #pull(): Promise<IteratorResult<ConformancePart, unknown>> {
    try {
      return await this.#iterator.next()
    } catch (error) {
      this.#isOver = true
      if (this.#abort.signal.aborted) return { done: true, value: undefined }
      broken(`the answer threw ${String(error)} in place of ending with an error`)
    }
  }
}

/** What may follow what, whatever happens: the part of the contract that every scenario checks. */
class AnswerGrammar {
  readonly #toolCallIds = new Set<string>()
  #characters = 0
  #reasoningCharacters = 0
  #last: ConformanceEnd | ConformanceError | undefined

  get last(): ConformanceEnd | ConformanceError | undefined {
    return this.#last
  }

  get isVisible(): boolean {
    return this.#characters + this.#reasoningCharacters + this.#toolCallIds.size > 0
  }

  take(part: ConformancePart): void {
    must(this.#last === undefined, `a ${part.type} came after the ${this.#last?.type ?? 'end'}`)
    switch (part.type) {
      case 'text':
        this.#characters += part.text.length
        return
      case 'reasoning':
        this.#reasoningCharacters += part.text.length
        return
      case 'tool-call':
        must(!this.#toolCallIds.has(part.id), `the tool call ${part.id} was given out twice`)
        this.#toolCallIds.add(part.id)
        return
      case 'fallback':
        must(!this.isVisible, 'another model took over after something was shown')
        return
      case 'usage':
        return
      case 'end':
      case 'error':
        this.#last = part
        if (part.type === 'error') this.#check(part)
    }
  }

  #check({ received, isRetrySafe }: ConformanceError): void {
    const given = {
      characters: this.#characters,
      reasoningCharacters: this.#reasoningCharacters,
      toolCalls: this.#toolCallIds.size,
    }
    if (received !== undefined) mustEqual(received, given, 'what the error says was received')
    if (isRetrySafe !== undefined) {
      mustEqual(isRetrySafe, given.toolCalls === 0, 'whether the error says a retry is safe')
    }
  }
}
