import type { ReactElement } from 'react'

import type { CatalogHistory } from '../api/catalog-history.ts'
import type { Loading } from '../api/use-api.ts'
import { dayText } from '../ui/format.ts'
import { Loaded } from '../ui/loaded.tsx'
import type { Marker } from './markers.ts'

export interface MarkerListProps {
  readonly history: Loading<CatalogHistory>
  readonly markers: readonly Marker[]
}

/** What the marks in the charts mean, and what the API does not tell. */
export function MarkerList({ history, markers }: MarkerListProps): ReactElement {
  return (
    <section className="card" aria-label="Events">
      <h2>What happened meanwhile</h2>
      <Loaded of={history} what="what happened in the catalogue">
        {({ isCut }) => (
          <>
            {markers.length === 0 ? (
              <p className="quiet">Nothing changed in the catalogue in this period.</p>
            ) : (
              <ul>
                {markers.map(({ day, text }) => (
                  <li key={day}>
                    <strong>{dayText(day)}</strong>: {text}
                  </li>
                ))}
              </ul>
            )}
            {isCut && (
              <p className="notice">
                The catalogue has more events than are read here: the latest are missing.
              </p>
            )}
          </>
        )}
      </Loaded>
      <p className="quiet">
        ▼ in a chart is a day with events. Drift that a strategy notices is not marked: the API does
        not tell of it.
      </p>
    </section>
  )
}
