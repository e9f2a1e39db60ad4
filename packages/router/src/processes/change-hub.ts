import type { ChangeWatcher, RouterEvent, Runtime, StopWatching, Store } from '@imrs/core'

/** A part of the router that keeps copies of what the store holds. None of it throws or waits. */
export interface Copies {
  /** The topics that copies are kept of. */
  readonly topics: () => readonly string[]
  /** The version a copy was made from; `undefined` for a topic without a copy. */
  readonly versionOf: (topic: string) => number | undefined
  /** Makes what is kept of the topics stale; topics of others are among them. */
  readonly moved: (topics: readonly string[]) => void
}

export interface ChangeHubOptions {
  readonly store: Pick<Store, 'changes'>
  readonly runtime: Pick<Runtime, 'now'>
  readonly emit: (event: RouterEvent) => void
}

/**
 * Passes on what the store tells of changes. It only wakes: each part still asks for versions now and
 * then by itself, so that a store that tells nothing is as right, and a second later.
 */
export class ChangeHub {
  readonly #options: ChangeHubOptions
  readonly #parts: readonly Copies[]
  #stop: StopWatching | undefined

  constructor(options: ChangeHubOptions, parts: readonly Copies[]) {
    this.#options = options
    this.#parts = parts
  }

  /** Resolves once the store tells of all that changes from now on, or cannot for now. Never rejects. */
  async start(): Promise<void> {
    try {
      this.#stop = await this.#options.store.changes.watch?.(this.#watcher)
    } catch (error) {
      this.#failed(error)
    }
  }

  /** Idempotent. */
  async close(): Promise<void> {
    await this.#stop?.()
  }

  readonly #watcher: ChangeWatcher = {
    topics: () => [...new Set(this.#parts.flatMap((part) => part.topics()))],
    versionOf: (topic) => {
      const versions = this.#parts.flatMap((part) => part.versionOf(topic) ?? [])
      return versions.length === 0 ? undefined : Math.min(...versions)
    },
    moved: (topics) => {
      for (const part of this.#parts) {
        const own = topics.filter((topic) => part.versionOf(topic) !== undefined)
        if (own.length > 0) part.moved(own)
      }
    },
    failed: (error) => this.#failed(error),
  }

  #failed(cause: unknown): void {
    const error = cause instanceof Error ? cause : new Error(String(cause))
    const { runtime, emit } = this.#options
    emit({ type: 'internal-failed', atMs: runtime.now(), part: 'changes', error })
  }
}
