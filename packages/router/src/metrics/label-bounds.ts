/** What stands for all values beyond the bound. */
export const OTHER_LABEL = 'other'

/** How many values of a label are told apart. */
export interface LabelLimits {
  readonly provider: number
  readonly model: number
}

/**
 * Keeps the number of series in bounds: the values of a label that came first keep their names, later
 * ones are `other`, for as long as the process lives.
 */
export class LabelBounds {
  readonly #limits: LabelLimits
  readonly #known: Readonly<Record<keyof LabelLimits, Set<string>>> = {
    provider: new Set(),
    model: new Set(),
  }

  constructor(limits: LabelLimits) {
    this.#limits = limits
  }

  readonly provider = (id: string): string => this.#bounded('provider', id)

  readonly model = (id: string): string => this.#bounded('model', id)

  #bounded(label: keyof LabelLimits, value: string): string {
    const known = this.#known[label]
    if (known.has(value)) return value
    if (known.size >= this.#limits[label]) return OTHER_LABEL
    known.add(value)
    return value
  }
}
