import type { CallOptions, ChangeWatcher, HeldLock, StopWatching } from '@imrs/core'

export interface WatchRequest {
  readonly watcher: ChangeWatcher
  /** Asks the store. */
  readonly versions: (topics: readonly string[]) => Promise<readonly number[]>
}

/** What only one database can do, and each in its own way, for processes that work as one. */
export interface ProcessSupport {
  /** Keeps the promises of `ChangeRepository.watch`. Absent: nothing can change but by this store. */
  readonly watch?: ((request: WatchRequest) => Promise<StopWatching>) | undefined
  /** Keeps the promises of `CoordinationRepository.tryLock`, for names that fit. */
  readonly tryLock: (name: string, options?: CallOptions) => Promise<HeldLock | undefined>
  /** Ends all watching, gives all locks back, and closes what was opened for them. Idempotent. */
  readonly close: () => Promise<void>
}

/** Tells a watcher which of its copies are old. */
export async function catchUp({ watcher, versions }: WatchRequest): Promise<void> {
  const topics = watcher.topics()
  if (topics.length === 0) return
  const now = await versions(topics)
  const moved = topics.filter((topic, index) => {
    const known = watcher.versionOf(topic)
    return known !== undefined && known !== now[index]
  })
  if (moved.length > 0) watcher.moved(moved)
}
