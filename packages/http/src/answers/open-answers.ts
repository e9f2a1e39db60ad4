import { ImrsError } from '@imrs/core'

/** One answer that is being given. */
export interface OpenAnswer {
  /** Aborts when the client goes away, and when the answer must end because the door closes. */
  readonly signal: AbortSignal
  /** The client went away. */
  abandon(): void
  /** It was given to its end, or nobody waits for it any more. Idempotent. */
  end(): void
  /** Has something done once it has ended. */
  whenEnded(then: () => void): void
}

interface Running {
  readonly stop: AbortController
  readonly isEndless: boolean
  readonly afterwards: (() => void)[]
}

/** The answers that are being given, so that a server can wait for them before it ends. */
export class OpenAnswers {
  readonly #running = new Set<Running>()
  #isClosing = false
  readonly #whenNone: (() => void)[] = []

  /**
   * Counts an answer until it has ended.
   *
   * @param isEndless whether only its client ends it: it is then stopped as soon as the door closes.
   * @throws ImrsError `closed` once the door closes.
   */
  begin(
    request: Request,
    { isEndless = false }: { readonly isEndless?: boolean | undefined },
  ): OpenAnswer {
    if (this.#isClosing) throw closing()
    const running: Running = { stop: new AbortController(), isEndless, afterwards: [] }
    this.#running.add(running)
    const end = (): void => this.#end(running)
    // A stream that nobody reads any more may never be made to its end.
    request.signal.addEventListener('abort', end, { once: true })
    return {
      signal: AbortSignal.any([request.signal, running.stop.signal]),
      abandon: () => running.stop.abort(new Error('The client went away.')),
      end,
      whenEnded: (then) => void running.afterwards.push(then),
    }
  }

  #end(running: Running): void {
    this.#running.delete(running)
    for (const then of running.afterwards.splice(0)) then()
    if (this.#running.size > 0) return
    for (const resolve of this.#whenNone.splice(0)) resolve()
  }

  /** Takes no more, lets what is open go on until `deadline` aborts, stops the rest, and resolves when none is left. */
  async close(deadline: AbortSignal): Promise<void> {
    this.#isClosing = true
    const stopAll = (): void => this.#stop(() => true)
    if (deadline.aborted) stopAll()
    else deadline.addEventListener('abort', stopAll, { once: true })
    this.#stop(({ isEndless }) => isEndless)
    if (this.#running.size > 0) await new Promise<void>((resolve) => this.#whenNone.push(resolve))
    deadline.removeEventListener('abort', stopAll)
  }

  #stop(which: (running: Running) => boolean): void {
    for (const running of this.#running) if (which(running)) running.stop.abort(closing())
  }
}

function closing(): ImrsError {
  return new ImrsError('closed', 'The server is shutting down. Try again in a moment.')
}
