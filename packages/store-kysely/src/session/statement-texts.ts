import { CompiledQuery } from 'kysely'
import type { Compilable } from 'kysely'

/** Statements that are always the same but for their parameters, kept as text: making one takes longer than running it. */
export class StatementTexts {
  readonly #texts = new Map<string, string>()

  /** The statement of this name. The values are those of the built one, in its order. */
  of(name: string, values: readonly unknown[], build: () => Compilable): CompiledQuery {
    let text = this.#texts.get(name)
    if (text === undefined) {
      text = build().compile().sql
      this.#texts.set(name, text)
    }
    return CompiledQuery.raw(text, [...values])
  }
}
