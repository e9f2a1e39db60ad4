import type { ExperienceCell, ModelShift, StoredExperienceCell } from '@imrs/core'
import {
  NO_EXPERIENCE,
  addExperience,
  experienceCellName,
  experienceCellsOf,
  weightedCell,
} from '@imrs/core'

import type { OwnRating } from './own-ratings.ts'

/** What a strategy that learns was shown, kept to be shown again with the ratings since. */
export class KeptExperience {
  readonly #cells: Map<string, StoredExperienceCell>
  readonly #scopes: ReadonlySet<string>
  #shifts: readonly ModelShift[]

  constructor(cells: readonly StoredExperienceCell[], shifts: readonly ModelShift[]) {
    this.#cells = new Map(cells.map((cell) => [experienceCellName(cell), cell]))
    // A scope that nothing was read of is not begun with what this process alone knows of it.
    this.#scopes = new Set(['agent', ...cells.map(({ scope }) => scope)])
    this.#shifts = shifts
  }

  add({ message, moved, shift }: OwnRating): void {
    for (const key of experienceCellsOf(message, moved.epoch)) {
      if (!this.#scopes.has(key.scope)) continue
      const name = experienceCellName(key)
      const sums = addExperience(this.#cells.get(name) ?? NO_EXPERIENCE, moved.change)
      this.#cells.set(name, { ...key, ...sums })
    }
    if (shift !== undefined) this.#shifts = [...this.#shifts, shift]
  }

  /** Weighted, hints among them, of all scopes that were read. */
  learning(): {
    readonly cells: readonly ExperienceCell[]
    readonly shifts: readonly ModelShift[]
  } {
    return { cells: Array.from(this.#cells.values(), weightedCell), shifts: this.#shifts }
  }
}
