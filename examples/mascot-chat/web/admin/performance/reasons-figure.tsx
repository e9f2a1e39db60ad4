import type { ReactElement } from 'react'

import type { ReasonCountWire } from '../api/wire.ts'
import { linkTo } from '../app/route.ts'
import { ChartFigure } from '../charts/chart-figure.tsx'
import { ReasonsChart } from '../charts/reasons-chart.tsx'
import { DataTable } from '../ui/data-table.tsx'
import type { Column } from '../ui/data-table.tsx'
import { wordsOf } from '../ui/format.ts'
import { Empty } from '../ui/loaded.tsx'
import { MOST_MODELS, MOST_REASONS, leftOutText, reasonsByModel } from './reasons.ts'
import type { ModelReasons } from './reasons.ts'

/** Why answers were liked or not, as people said beside their thumbs. */
export function ReasonsFigure({
  items,
}: {
  readonly items: readonly ReasonCountWire[]
}): ReactElement {
  const models = reasonsByModel(items)
  const shown = models.slice(0, MOST_MODELS).map((model) => ({
    ...model,
    reasons: model.reasons.slice(0, MOST_REASONS),
  }))
  return (
    <ChartFigure
      title="Why answers were liked or not"
      note={`The reasons people gave with good ratings (half of the scale or more) and with bad ones.${leftOutText(models)}`}
      table={
        <DataTable
          caption="Reasons by model"
          isCaptionHidden
          columns={COLUMNS}
          rows={models.flatMap(({ reasons }) => reasons)}
          rowId={({ model, reason }) => `${model} ${reason}`}
        />
      }
    >
      {shown.length === 0 ? (
        <Empty>No rating of this period came with a reason.</Empty>
      ) : (
        <ReasonsChart label={summaryOf(shown)} models={shown} />
      )}
    </ChartFigure>
  )
}

function summaryOf(models: readonly ModelReasons[]): string {
  const texts = models.map(({ model, reasons }) => {
    const counts = reasons.map(
      ({ reason, good, bad }) => `${wordsOf(reason)} ${bad} bad, ${good} good`,
    )
    return `${model}: ${counts.join('; ')}`
  })
  return `Reasons. ${texts.join('. ')}`
}

const COLUMNS: readonly Column<ReasonCountWire>[] = [
  {
    id: 'model',
    accessorKey: 'model',
    header: 'Model',
    enableSorting: true,
    cell: ({ row: { original } }) => (
      <a href={linkTo(['models', original.model])}>{original.model}</a>
    ),
  },
  {
    id: 'reason',
    accessorKey: 'reason',
    header: 'Reason',
    enableSorting: true,
    cell: ({ row: { original } }) => wordsOf(original.reason),
  },
  { id: 'bad', accessorKey: 'bad', header: 'With bad ratings', enableSorting: true },
  { id: 'good', accessorKey: 'good', header: 'With good ratings', enableSorting: true },
]
