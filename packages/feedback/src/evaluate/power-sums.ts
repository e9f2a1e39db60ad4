/** Σ x rʲ for j from 0 to a degree: enough for Σ x (r − value)ᵏ around any value found later. */
export class PowerSums {
  readonly #sums: Float64Array

  constructor(degree: number) {
    this.#sums = new Float64Array(degree + 1)
  }

  /** Σ x. */
  get total(): number {
    return this.#sums[0] ?? 0
  }

  add(x: number, r: number): void {
    let power = x
    for (let index = 0; index < this.#sums.length; index += 1) {
      this.#sums[index] = (this.#sums[index] ?? 0) + power
      power *= r
    }
  }

  /** Σ x (r − value)ᵏ, k being the degree, by the binomial formula. For even degrees: never below 0. */
  around(value: number): number {
    const degree = this.#sums.length - 1
    let total = 0
    let choose = 1
    for (let index = degree; index >= 0; index -= 1) {
      total += choose * (this.#sums[index] ?? 0) * (-value) ** (degree - index)
      choose = (choose * index) / (degree - index + 1)
    }
    return Math.max(0, total)
  }
}
