/** Lets so many pieces of work run at once; the others come in the order they were asked for. */
export class Turns {
  readonly #waiting = new Set<() => void>()
  #free: number

  constructor(atOnce: number) {
    this.#free = atOnce
  }

  /** Whoever is aborted while it waits rejects with the signal's reason, and has not begun. */
  async run<T>(work: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
    signal?.throwIfAborted()
    if (this.#free === 0) await this.#turn(signal)
    else this.#free -= 1
    try {
      return await work()
    } finally {
      const [next] = this.#waiting
      if (next === undefined) this.#free += 1
      else next()
    }
  }

  async #turn(signal: AbortSignal | undefined): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const leave = (): void => {
      this.#waiting.delete(begin)
      signal?.removeEventListener('abort', abort)
    }
    const begin = (): void => {
      leave()
      resolve()
    }
    const abort = (): void => {
      leave()
      reject(signal?.reason)
    }
    this.#waiting.add(begin)
    signal?.addEventListener('abort', abort)
    return promise
  }
}
