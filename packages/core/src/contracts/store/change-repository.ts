import type { CallOptions } from '../call-options.ts'

/** Versions of what processes keep copies of; each write that matters raises one in its own transaction. */
export interface ChangeRepository {
  /** The versions of the topics, in their order; 0 for one that never changed. */
  versions(topics: readonly string[], options?: CallOptions): Promise<readonly number[]>
  /**
   * Tells which topics have moved, soon after the write that moved them was committed, in this process
   * or another; several watchers may be there at once. What was missed while the database could not
   * be reached is told when it is back. Resolves when no change from now on is missed, or, if the
   * database cannot be reached, when it was tried once.
   *
   * It only wakes: nobody may rely on being told at once, or at all. Topics of experience move with
   * every rating and are never told.
   *
   * Absent: a change of another process is found when versions are asked for.
   *
   * @throws ImrsError `store-unavailable` when the store is closed. Closing it ends all watching.
   */
  watch?(watcher: ChangeWatcher): Promise<StopWatching>
}

/** Who keeps copies, and wants to know when one is old. None of its functions throws or waits. */
export interface ChangeWatcher {
  /** The topics that copies are kept of. */
  readonly topics: () => readonly string[]
  /** The version a copy was made from; `undefined` for a topic without a copy. */
  readonly versionOf: (topic: string) => number | undefined
  /** Topics whose version is another than that of the copy. */
  readonly moved: (topics: readonly string[]) => void
  /** Told once each time that watching fails; it is tried again by itself. */
  readonly failed: (error: unknown) => void
}

/** Ends watching; nothing is told any more once it was called. Idempotent. */
export type StopWatching = () => Promise<void>

export const CATALOG_TOPIC = 'catalog'
/** Raised when a process tells the others of a model that is out of use. */
export const HEALTH_HINTS_TOPIC = 'health-hints'
/** Raised by every change of a budget rule. */
export const BUDGETS_TOPIC = 'budgets'

export function agentTopic(key: { readonly tenantId: string; readonly agentId: string }): string {
  return `agent:${key.tenantId}/${key.agentId}`
}

/** Raised by every change of a tenant's presets. */
export function presetsTopic(tenantId: string): string {
  return `presets:${tenantId}`
}

export function experienceTopic(key: {
  readonly tenantId: string
  readonly agentId: string
}): string {
  return `experience:${key.tenantId}/${key.agentId}`
}
