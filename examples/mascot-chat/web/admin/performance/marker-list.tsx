import type { ReactElement } from 'react'

import type { Loading } from '../api/use-api.ts'
import type { DriftAlarmWire } from '../api/wire.ts'
import { linkTo } from '../app/route.ts'
import { dayText, timeText } from '../ui/format.ts'
import { Loaded } from '../ui/loaded.tsx'
import type { Happenings } from './happenings.ts'
import { driftText } from './markers.ts'
import type { Marker } from './markers.ts'

export interface MarkerListProps {
  readonly happenings: Loading<Happenings>
  /** Of the catalogue. */
  readonly markers: readonly Marker[]
}

/** What the marks in the charts mean. */
export function MarkerList({ happenings, markers }: MarkerListProps): ReactElement {
  return (
    <section className="card" aria-label="Events">
      <h2>What happened meanwhile</h2>
      <Loaded of={happenings} what="what happened in this period">
        {({ drift, isWholeSince }) => (
          <>
            <h3>◆ Models that answer better or worse than before</h3>
            <DriftList drift={drift} />
            <h3>▼ In the catalogue</h3>
            <CatalogueList markers={markers} />
            {isWholeSince !== undefined && (
              <p className="notice">
                There is more than is read here: before {timeText(isWholeSince)} marks are missing.
              </p>
            )}
          </>
        )}
      </Loaded>
    </section>
  )
}

function DriftList({ drift }: { readonly drift: readonly DriftAlarmWire[] }): ReactElement {
  if (drift.length === 0) {
    return (
      <p className="quiet">
        No alarm. The adaptive strategy raises one when ratings of a model drift away from what they
        were.
      </p>
    )
  }
  return (
    <>
      <ul>
        {drift.map((alarm) => (
          <li key={`${alarm.message_id} ${alarm.model}`}>
            <strong>{dayText(alarm.at.slice(0, 10))}</strong>:{' '}
            <a href={linkTo(['models', alarm.model])}>{alarm.model}</a> {driftText(alarm)}
          </li>
        ))}
      </ul>
      <p className="quiet">
        The adaptive strategy noticed it in the ratings. From then on it trusts older ratings of the
        model little, and tries it anew.
      </p>
    </>
  )
}

function CatalogueList({ markers }: { readonly markers: readonly Marker[] }): ReactElement {
  if (markers.length === 0) {
    return <p className="quiet">Nothing changed in the catalogue in this period.</p>
  }
  return (
    <ul>
      {markers.map(({ day, text }) => (
        <li key={day}>
          <strong>{dayText(day)}</strong>: {text}
        </li>
      ))}
    </ul>
  )
}
