import type { FromProcess, GivenFeedback } from './messages.ts'

export interface BegunRequest {
  readonly tenantId: string
  readonly messageId: string
}

/** A change of the watched agent, and who was there to see it. */
export interface ToldChange {
  readonly version: number
  readonly atMs: number
  /** The processes that were ready when it was told. */
  readonly watching: readonly number[]
}

/** What the processes told, all of them together. Processes are named by their numbers, of which none comes twice. */
export class ProcessTold {
  readonly ready: Set<number> = new Set<number>()
  readonly begun: Map<number, BegunRequest> = new Map<number, BegunRequest>()
  /** By request: its error, if it ended with one. */
  readonly ended: Map<number, string | undefined> = new Map<number, string | undefined>()
  readonly rejected: string[] = []
  readonly feedback: GivenFeedback[] = []
  readonly changes: ToldChange[] = []
  readonly failures: string[] = []
  readonly crashes: string[] = []
  /** By process: versions in the order in which they were seen. */
  readonly #seen = new Map<number, { readonly version: number; readonly atMs: number }[]>()
  /** By process: when it was killed or stopped. */
  readonly #gone = new Map<number, number>()

  take(process: number, message: FromProcess): void {
    switch (message.type) {
      case 'ready':
        this.ready.add(process)
        return
      case 'begun':
        this.begun.set(message.number, message)
        return
      case 'ended':
        this.ended.set(message.number, message.code)
        return
      case 'rejected':
        this.rejected.push(message.code)
        return
      case 'feedback':
        this.feedback.push(message.given)
        return
      case 'changed':
        this.changes.push({ ...message, watching: [...this.ready] })
        return
      case 'seen':
        this.#seenBy(process).push(message)
        return
      case 'failed':
        this.failures.push(message.what)
        return
      case 'crashed':
        this.crashes.push(message.message)
    }
  }

  gone(process: number, atMs: number): void {
    this.ready.delete(process)
    this.#gone.set(process, atMs)
  }

  /**
   * How long each change took to be seen by each process that lived for so long, milliseconds;
   * `Infinity` for one that was never seen.
   */
  latencies(patienceMs: number): readonly number[] {
    return this.changes.flatMap(({ version, atMs, watching }) =>
      watching.flatMap((process) => {
        if ((this.#gone.get(process) ?? Infinity) < atMs + patienceMs) return []
        const seen = this.#seenBy(process).find((one) => one.version >= version)
        return [Math.max(0, (seen?.atMs ?? Infinity) - atMs)]
      }),
    )
  }

  #seenBy(process: number): { readonly version: number; readonly atMs: number }[] {
    const seen = this.#seen.get(process) ?? []
    this.#seen.set(process, seen)
    return seen
  }
}
