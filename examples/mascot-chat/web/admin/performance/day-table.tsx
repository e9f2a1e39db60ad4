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

interface DayRow {
  readonly day: string
  readonly values: readonly (number | undefined)[]
}

/** A chart over days as a table: the days on which something is known, the newest first. */
export function DayTable({ caption, days, series, valueText }: DayTableProps): ReactElement {
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
