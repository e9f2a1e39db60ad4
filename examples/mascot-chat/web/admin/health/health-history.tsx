import type { ReactElement } from 'react'

import { useLoad } from '../api/use-api.ts'
import { replaceQuery } from '../app/route.ts'
import type { Route } from '../app/route.ts'
import { ChartFigure } from '../charts/chart-figure.tsx'
import { StateChart } from '../charts/state-chart.tsx'
import { DataTable } from '../ui/data-table.tsx'
import type { Column } from '../ui/data-table.tsx'
import { countText, timeShareText, timeText } from '../ui/format.ts'
import { Empty, Loaded } from '../ui/loaded.tsx'
import { HealthChanges } from './health-changes.tsx'
import { HEALTH_PERIODS, healthPeriodOf } from './health-period.ts'
import { barsOf, timelinesOf } from './health-rows.ts'
import type { ProviderTimeline } from './health-rows.ts'
import { readHealthHistory } from './read-history.ts'
import type { HealthHistory as History } from './read-history.ts'
import { shareOf } from './timeline.ts'
import type { HealthState } from './timeline.ts'
import { useReloads } from './use-reloads.ts'

/** How providers were: a bar each, and every change. Follows what happens. */
export function HealthHistory({ route }: { readonly route: Route }): ReactElement {
  const period = healthPeriodOf(route)
  const history = useLoad(`health history ${period.id}`, (api, sending) =>
    readHealthHistory(api, period, sending),
  )
  useReloads(history.reload)
  return (
    <>
      <PeriodChoice route={route} chosen={period.id} />
      <Loaded of={history} what="how the providers were">
        {(data) => (
          <>
            <Timelines history={data} />
            <HealthChanges history={data} />
          </>
        )}
      </Loaded>
    </>
  )
}

interface PeriodChoiceProps {
  readonly route: Route
  readonly chosen: string
}

function PeriodChoice({ route, chosen }: PeriodChoiceProps): ReactElement {
  return (
    <fieldset className="filters lines-choice">
      <legend>History of the last</legend>
      {HEALTH_PERIODS.map(({ id, name }) => (
        <label key={id}>
          <input
            type="radio"
            name="period"
            checked={id === chosen}
            onChange={() => replaceQuery(route, { ...route.query, period: id })}
          />{' '}
          {name}
        </label>
      ))}
    </fieldset>
  )
}

function Timelines({ history }: { readonly history: History }): ReactElement {
  const timelines = timelinesOf(history)
  const bars = barsOf(timelines, history)
  const { name, ticks } = history.period
  return (
    <ChartFigure
      title={`The last ${name}`}
      note="How each provider was, from the first to the last moment. Time in which nobody knew it does not count for the share. Where no change was recorded, a provider is drawn as it is now."
      table={
        <DataTable
          caption={`Health over the last ${name}`}
          isCaptionHidden
          columns={COLUMNS}
          rows={timelines}
          rowId={({ id }) => id}
        />
      }
    >
      {history.isWholeSinceMs !== undefined && (
        <p className="notice">
          There are more changes than are read here: before{' '}
          {timeText(new Date(history.isWholeSinceMs).toISOString())} nothing is drawn.
        </p>
      )}
      {bars.length === 0 ? (
        <Empty>No provider yet.</Empty>
      ) : (
        <StateChart
          label={`Health over the last ${name}. ${bars.map((bar) => `${bar.name}: ${bar.note}`).join('; ')}`}
          rows={bars}
          ticks={ticks}
        />
      )}
    </ChartFigure>
  )
}

const COLUMNS: readonly Column<ProviderTimeline>[] = [
  { id: 'name', accessorKey: 'name', header: 'Provider', enableSorting: true },
  ...shareColumns(['healthy', 'degraded', 'down']),
  {
    id: 'changes',
    accessorKey: 'changeCount',
    header: 'Changes',
    enableSorting: true,
    cell: ({ row: { original } }) => countText(original.changeCount),
  },
]

function shareColumns(states: readonly HealthState[]): readonly Column<ProviderTimeline>[] {
  return states.map((state) => ({
    id: state,
    header: `Time ${state}`,
    accessorFn: ({ spans }) => shareOf(spans, state) ?? -1,
    enableSorting: true,
    cell: ({ row: { original } }) => timeShareText(shareOf(original.spans, state)),
  }))
}
