/**
 * Work that several callers wait for. It ends when it is done, when `closing` aborts, or when all who
 * waited have left; one who waits without a signal never leaves.
 */
export class SharedRun<Value> {
  readonly settled: Promise<unknown>
  readonly #promise: Promise<Value>
  readonly #abandoned = new AbortController()
  #waiting = 0

  constructor(work: (signal: AbortSignal) => Promise<Value>, closing: AbortSignal) {
    this.#promise = work(AbortSignal.any([closing, this.#abandoned.signal]))
    // Whoever waits sees the rejection; work nobody waits for any more must not end the process.
    this.settled = this.#promise.catch(() => undefined)
  }

  /** Whether all who waited have left. It takes nobody more. */
  get isAbandoned(): boolean {
    return this.#abandoned.signal.aborted
  }

  /** Settles as the work does, or rejects with the signal's reason if that comes first. */
  async join(signal?: AbortSignal): Promise<Value> {
    this.#waiting += 1
    if (signal === undefined) return this.#promise
    const left = Promise.withResolvers<never>()
    const leave = (): void => {
      this.#waiting -= 1
      left.reject(signal.reason)
      if (this.#waiting === 0) this.#abandoned.abort(signal.reason)
    }
    if (signal.aborted) leave()
    signal.addEventListener('abort', leave, { once: true })
    try {
      return await Promise.race([this.#promise, left.promise])
    } finally {
      signal.removeEventListener('abort', leave)
    }
  }
}
