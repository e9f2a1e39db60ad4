import { useCatalogEvents } from '@imrs/react'
import type { ReactElement } from 'react'

import { timeText } from '../ui/format.ts'

/** How providers changed since this page was opened, read out as it comes. */
export function LiveChanges(): ReactElement {
  const { events, status } = useCatalogEvents()
  const changes = events.filter((event) => event.type === 'provider-health-changed')
  return (
    <>
      <h3>Since you came</h3>
      <ul className="changes" aria-live="polite">
        {changes.map((change) => (
          <li key={`${change.at} ${change.providerId}`}>
            <time dateTime={change.at}>{timeText(change.at)}</time>: {change.providerId} went from{' '}
            {change.from} to {change.to}
          </li>
        ))}
      </ul>
      {changes.length === 0 && (
        <p className="quiet">
          No change yet. {status === 'open' ? 'This page listens.' : 'This page is connecting …'}
        </p>
      )}
    </>
  )
}
