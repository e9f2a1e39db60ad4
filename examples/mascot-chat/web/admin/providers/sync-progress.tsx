import type { ReactElement } from 'react'

import type { ErrorOrReport } from './sync-text.ts'
import { outcomeText, progressText } from './sync-text.ts'
import type { Sync } from './use-sync.ts'

/** How a sync goes. Numbers that run are not read out; how it began and ended is. */
export function SyncProgress({ sync }: { readonly sync: Sync }): ReactElement {
  const { isRunning, counts, report, error } = sync
  const outcome: ErrorOrReport = { error, report }
  return (
    <div className="sync" data-running={isRunning}>
      {isRunning && <progress aria-label="Sync in progress" />}
      {counts !== undefined && (
        <p className="sync-counts" aria-hidden={isRunning ? 'true' : undefined}>
          {progressText(sync)}
        </p>
      )}
      <p role="status" className={error === undefined ? undefined : 'notice notice-bad'}>
        {isRunning ? 'Reading the provider’s list …' : outcomeText(outcome)}
      </p>
    </div>
  )
}
