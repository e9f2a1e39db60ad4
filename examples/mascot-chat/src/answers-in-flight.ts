/** The answers being given out, so that the process can wait for them before it ends. */
export class AnswersInFlight {
  readonly #running = new Set<Promise<unknown>>()
  readonly #abort = new AbortController()

  /** Aborts when answers must end now. */
  get signal(): AbortSignal {
    return this.#abort.signal
  }

  /** Counts an answer until it has ended, well or badly. */
  async track<Value>(answer: Promise<Value>): Promise<Value> {
    this.#running.add(answer)
    try {
      return await answer
    } finally {
      this.#running.delete(answer)
    }
  }

  /** Lets answers go on until `deadline` aborts, then ends them; resolves when none is left. */
  async finish(deadline: AbortSignal): Promise<void> {
    const end = (): void => this.#abort.abort(new Error('The server is shutting down.'))
    if (deadline.aborted) end()
    deadline.addEventListener('abort', end, { once: true })
    while (this.#running.size > 0) await Promise.allSettled(this.#running)
    deadline.removeEventListener('abort', end)
  }
}
