import type { CallOptions, PreparedStorage, RetentionReport } from '@imrs/core'

export interface MaintenanceRun {
  /** Only says what would be dropped, and makes nothing. Default: `false`. */
  readonly isDryRun?: boolean | undefined
}

/** What one round of upkeep did. */
export interface MaintenanceReport {
  /** What was made ready for records to come. Absent in a dry run. */
  readonly prepared?: PreparedStorage | undefined
  /** What was dropped, or would be. Absent where nothing is ever dropped. */
  readonly dropped?: RetentionReport | undefined
}

/** Upkeep of the store. */
export interface MaintenanceApi {
  /**
   * Keeps the store up now: makes room for what comes, and drops what `retention` says. Also runs by
   * itself, every hour. Takes as long as it takes, in short transactions; one that is aborted goes on
   * the next time. Emits `records-dropped` when something was.
   *
   * @throws ImrsError `closed`; `store-unavailable` while the store is down.
   */
  run(request?: MaintenanceRun, options?: CallOptions): Promise<MaintenanceReport>
}
