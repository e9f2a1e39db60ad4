import type { ReactElement } from 'react'

import { useLoad } from '../api/use-api.ts'
import { replaceQuery } from '../app/route.ts'
import type { Route } from '../app/route.ts'
import { Empty, Loaded } from '../ui/loaded.tsx'
import { daysFrom, firstDay } from './figures.ts'
import type { SeriesOf } from './figures.ts'
import { readHappenings } from './happenings.ts'
import { MarkerList } from './marker-list.tsx'
import { driftMarkersOf, markersOf } from './markers.ts'
import { PeriodFilters, scopeQuery, useScope } from './period-filters.tsx'
import { QualityFigure } from './quality-figure.tsx'
import { ReasonsFigure } from './reasons-figure.tsx'
import { CostFigure, LatencyFigure, TrafficFigure } from './time-figures.tsx'

/** How models did: quality, traffic, latency and cost, with what happened in the catalogue. */
export function Performance({ route }: { readonly route: Route }): ReactElement {
  const scope = useScope(route)
  const of: SeriesOf = route.query['lines'] === 'task_type' ? 'task_type' : 'model'
  const query = scopeQuery(scope)
  const key = JSON.stringify([query, of])
  const rows = useLoad(`performance ${key}`, async (api, sending) => {
    const group = of === 'model' ? 'model' : 'task-type'
    const [byModel, byDay, reasons] = await Promise.all([
      api.performance({ ...query, group_by: 'model' }, sending),
      api.performance({ ...query, group_by: `${group},day` }, sending),
      api.feedbackReasons(query, sending),
    ])
    return { byModel, byDay, reasons: reasons.items }
  })
  const happenings = useLoad(`happenings ${JSON.stringify(query)}`, (api, sending) =>
    readHappenings(api, scope, sending),
  )
  const days = daysFrom(firstDay(scope.days, Date.now()), Date.now())
  const ofCatalogue = markersOf(happenings.data?.events ?? [])
  const markers = [...ofCatalogue, ...driftMarkersOf(happenings.data?.drift ?? [])]
  return (
    <>
      <h1>Performance</h1>
      <PeriodFilters route={route} />
      <Loaded of={rows} what="the figures">
        {({ byModel, byDay, reasons }) =>
          byModel.length === 0 ? (
            <Empty>Nothing was answered in this period. Chat, and the figures are here.</Empty>
          ) : (
            <>
              <QualityFigure rows={byModel} />
              <ReasonsFigure items={reasons} />
              <LinesChoice route={route} of={of} />
              <TrafficFigure {...{ rows: byDay, of, days, markers }} />
              <LatencyFigure {...{ rows: byDay, of, days, markers }} />
              <CostFigure {...{ rows: byDay, of, days, markers }} />
            </>
          )
        }
      </Loaded>
      <MarkerList happenings={happenings} markers={ofCatalogue} />
    </>
  )
}

function LinesChoice({
  route,
  of,
}: {
  readonly route: Route
  readonly of: SeriesOf
}): ReactElement {
  const choices = [
    ['model', 'models'],
    ['task_type', 'kinds of task'],
  ] as const
  return (
    <fieldset className="filters lines-choice">
      <legend>Charts over time compare</legend>
      {choices.map(([value, name]) => (
        <label key={value}>
          <input
            type="radio"
            name="lines"
            checked={of === value}
            onChange={() => replaceQuery(route, { ...route.query, lines: value })}
          />{' '}
          {name}
        </label>
      ))}
    </fieldset>
  )
}
