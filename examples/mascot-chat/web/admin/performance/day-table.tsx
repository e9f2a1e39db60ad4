import type { ReactElement } from 'react'

import { DataTable } from '../ui/data-table.tsx'
import type { Column } from '../ui/data-table.tsx'
import { UNKNOWN, dayText } from '../ui/format.ts'
import type { DaySeries } from './figures.ts'

export interface DayTableProps {
  readonly caption: string
  readonly days: readonly string[]
  readonly series: readonly DaySeries[]
  readonly valueText: (value: number) => string
}

/** More columns than this are wider than a laptop: each value has a row then. */
const MOST_COLUMNS = 4

/** A chart over days as a table: the days on which something is known, the newest first. */
export function DayTable(props: DayTableProps): ReactElement {
  return props.series.length > MOST_COLUMNS ? <ValueRows {...props} /> : <DayRows {...props} />
}

interface DayRow {
  readonly day: string
  readonly values: readonly (number | undefined)[]
}

function DayRows({ caption, days, series, valueText }: DayTableProps): ReactElement {
  const rows = days
    .map((day, index): DayRow => ({ day, values: series.map(({ values }) => values[index]) }))
    .filter(({ values }) => values.some((value) => value !== undefined))
    .toReversed()
  const columns: readonly Column<DayRow>[] = [
    { id: 'day', header: 'Day', cell: ({ row: { original } }) => dayText(original.day) },
    ...series.map(({ name }, index): Column<DayRow> => ({
      id: name,
      header: name,
      cell: ({ row: { original } }) => {
        const value = original.values[index]
        return value === undefined ? UNKNOWN : valueText(value)
      },
    })),
  ]
  return (
    <DataTable
      caption={caption}
      isCaptionHidden
      columns={columns}
      rows={rows}
      rowId={({ day }) => day}
    />
  )
}

interface ValueRow {
  readonly day: string
  readonly name: string
  readonly value: number
}

function ValueRows({ caption, days, series, valueText }: DayTableProps): ReactElement {
  const rows = days.toReversed().flatMap((day, back) =>
    series.flatMap(({ name, values }): readonly ValueRow[] => {
      const value = values[days.length - 1 - back]
      return value === undefined ? [] : [{ day, name, value }]
    }),
  )
  const columns: readonly Column<ValueRow>[] = [
    {
      id: 'day',
      accessorKey: 'day',
      header: 'Day',
      enableSorting: true,
      cell: ({ row: { original } }) => dayText(original.day),
    },
    { id: 'name', accessorKey: 'name', header: 'Of', enableSorting: true },
    {
      id: 'value',
      accessorKey: 'value',
      header: caption,
      enableSorting: true,
      cell: ({ row: { original } }) => valueText(original.value),
    },
  ]
  return (
    <DataTable
      caption={caption}
      isCaptionHidden
      columns={columns}
      rows={rows}
      rowId={({ day, name }) => `${day} ${name}`}
    />
  )
}
