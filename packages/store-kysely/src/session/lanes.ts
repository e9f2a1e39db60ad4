/** Work of one name comes one after the other in this process, in the order it came; that of others goes on beside it. */
export class Lanes {
  readonly #last = new Map<string, Promise<unknown>>()

  /** Runs the work once all of its name that came before it has ended, and tells it whether it had to wait. */
  async run<T>(name: string, work: (hasWaited: boolean) => Promise<T>): Promise<T> {
    const before = this.#last.get(name)
    const run =
      before === undefined
        ? work(false)
        : before.then(
            () => work(true),
            () => work(true),
          )
    this.#last.set(name, run)
    try {
      return await run
    } finally {
      if (this.#last.get(name) === run) this.#last.delete(name)
    }
  }
}
