import { useCatalogEvents } from '@imrs/react'
import type { ReactElement } from 'react'

import { timeText } from '../ui/format.ts'

/** How providers changed since this page was opened; the API keeps no more. */
export function LiveHistory(): ReactElement {
  const { events, status } = useCatalogEvents()
  const changes = events.filter((event) => event.type === 'provider-health-changed')
  return (
    <section className="card" aria-label="Changes">
      <h2>Changes since you came</h2>
      <ul className="changes" aria-live="polite">
        {changes.map((change) => (
          <li key={`${change.at} ${change.providerId}`}>
            <time dateTime={change.at}>{timeText(change.at)}</time>: {change.providerId} went from{' '}
            {change.from ?? 'unknown'} to {change.to}
          </li>
        ))}
      </ul>
      {changes.length === 0 && (
        <p className="quiet">
          None yet. {status === 'open' ? 'This page listens.' : 'This page is connecting …'}
        </p>
      )}
      <p className="quiet">
        The API tells how a provider is and each change as it comes. It keeps no earlier changes;
        what failed on which day is above.
      </p>
    </section>
  )
}
