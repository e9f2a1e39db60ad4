import { useState } from 'react'
import type { ReactElement } from 'react'

import { useLoad } from '../api/use-api.ts'
import type { ModelWire, PerformanceWire } from '../api/wire.ts'
import type { Route } from '../app/route.ts'
import { Choice } from '../models/model-filters.tsx'
import { DataTable } from '../ui/data-table.tsx'
import type { Column } from '../ui/data-table.tsx'
import { countOf, countText, dollarsText } from '../ui/format.ts'
import { Empty, Loaded } from '../ui/loaded.tsx'
import { PeriodFilters, scopeQuery, useScope } from './period-filters.tsx'
import { SavingsChart } from './savings-chart.tsx'
import { canBeBaseline, savingsSum } from './savings-sum.ts'
import type { SavingsRow, SavingsSum } from './savings-sum.ts'

/** What was spent, beside what one model would have cost. */
export function Savings({ route }: { readonly route: Route }): ReactElement {
  const query = scopeQuery(useScope(route))
  const figures = useLoad(`savings ${JSON.stringify(query)}`, async (api, sending) => {
    const rows = await api.performance({ ...query, group_by: 'model' }, sending)
    const ids = rows.flatMap(({ model }) => model ?? [])
    const models = await Promise.all(ids.map((id) => api.model(id, sending)))
    return { rows, models: models.filter(canBeBaseline) }
  })
  return (
    <>
      <h1>Savings</h1>
      <PeriodFilters route={route} />
      <Loaded of={figures} what="what was spent">
        {({ rows, models }) =>
          models.length === 0 ? (
            <Empty>
              No answer of a model with known prices in this period: nothing to compare.
            </Empty>
          ) : (
            <Compared rows={rows} models={models} />
          )
        }
      </Loaded>
    </>
  )
}

interface ComparedProps {
  readonly rows: readonly PerformanceWire[]
  readonly models: readonly ModelWire[]
}

function Compared({ rows, models }: ComparedProps): ReactElement {
  const [chosen, setChosen] = useState('')
  const baseline = models.find(({ id }) => id === chosen) ?? dearest(models)
  const sum = savingsSum(rows, baseline)
  return (
    <>
      <div className="filters">
        <Choice
          label="Compared with always"
          value={chosen}
          options={models.map(({ id }) => id)}
          names={Object.fromEntries(models.map(({ id }) => [id, id]))}
          none="the most expensive that was used"
          onChange={setChosen}
        />
      </div>
      <section className="card" aria-label="Savings">
        <p className="headline">{headlineOf(sum, baseline)}</p>
        <SavingsChart sum={sum} baseline={baseline.display_name} />
        <p className="quiet">{caveatOf(sum)}</p>
        <details>
          <summary>Show as a table</summary>
          <DataTable
            caption="Spent and compared, by model"
            isCaptionHidden
            columns={columnsOf(baseline.display_name)}
            rows={sum.rows}
            rowId={({ model }) => model}
          />
        </details>
      </section>
    </>
  )
}

function dearest(models: readonly ModelWire[]): ModelWire {
  const priceOf = ({ pricing_input: input, pricing_output: output }: ModelWire): number =>
    Number(input) + Number(output)
  return models.reduce((best, model) => (priceOf(model) > priceOf(best) ? model : best))
}

function headlineOf(
  { savedUsd, baselineUsd }: SavingsSum,
  { display_name: name }: ModelWire,
): string {
  const share =
    baselineUsd === 0 ? '' : ` (${Math.round((Math.abs(savedUsd) / baselineUsd) * 100)} %)`
  return savedUsd >= 0
    ? `${dollarsText(savedUsd)} saved against always ${name}${share}`
    : `${dollarsText(-savedUsd)} more than always ${name} would have cost${share}`
}

function caveatOf({ answers, answersLeftOut }: SavingsSum): string {
  const left =
    answersLeftOut === 0
      ? 'All prices were known.'
      : `${countOf(answersLeftOut, 'answer')} of models with calls of unknown price left out on both sides.`
  return `An estimate over ${countOf(answers, 'answer')}: the same tokens at today’s prices of the baseline. ${left}`
}

function columnsOf(baseline: string): readonly Column<SavingsRow>[] {
  return [
    { id: 'model', accessorKey: 'model', header: 'Model', enableSorting: true },
    { id: 'answers', accessorKey: 'answers', header: 'Answers', enableSorting: true },
    {
      id: 'tokens',
      header: 'Tokens in / out',
      cell: ({ row: { original } }) =>
        `${countText(original.inputTokens)} / ${countText(original.outputTokens)}`,
    },
    {
      id: 'actual',
      accessorKey: 'actualUsd',
      header: 'Spent',
      enableSorting: true,
      cell: ({ row: { original } }) => dollarsText(original.actualUsd),
    },
    {
      id: 'baseline',
      accessorKey: 'baselineUsd',
      header: `With ${baseline}`,
      enableSorting: true,
      cell: ({ row: { original } }) => dollarsText(original.baselineUsd),
    },
  ]
}
