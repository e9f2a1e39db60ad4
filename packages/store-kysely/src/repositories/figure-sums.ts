import { addFigures, emptyFigures } from '@imrs/core'
import type { FigureSum, FigureSumQuery, PerformanceFigures } from '@imrs/core'
import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'

import { fromFigureColumns, toDayRow } from '../rows/performance-row.ts'
import type { FigureColumns } from '../rows/performance-row.ts'
import { qualified } from '../schema/qualified.ts'
import type { StoreWork } from '../session/store-session.ts'
import { GROUP_COLUMNS, figureKey, groupColumns, nameOf, selectedGroups } from './figure-groups.ts'
import type { GroupColumns } from './figure-groups.ts'
import { partsOf } from './figure-parts.ts'
import type { FigurePart } from './figure-parts.ts'
import { ALL_AGENTS } from './figure-periods.ts'
import { COUNTS_BY_NAME, SUMS } from './performance-writes.ts'
import { idsOf, renamedFrom } from './renamed-models.ts'

/** A sum, or the note of a call: then all but `entry` is empty. */
type SumRow = GroupColumns & FigureColumns & { readonly entry: string }

interface Found {
  readonly columns: GroupColumns
  readonly figures: PerformanceFigures
}

/** Adds up in the database, and what comes of it by the ids that models have now. */
export async function sumFigures(
  work: StoreWork,
  query: FigureSumQuery,
): Promise<readonly FigureSum[]> {
  const { groupBy } = query
  const found = await readSums(work, query)
  const renamed = groupBy.includes('model')
    ? await renamedFrom(work, new Set(found.map(({ columns }) => columns.model_id)))
    : undefined
  const sums = new Map<string, FigureSum>()
  for (const { columns: stored, figures } of found) {
    const modelId = renamed?.get(stored.model_id)
    const columns = modelId === undefined ? stored : { ...stored, model_id: modelId }
    const name = nameOf(columns)
    const known = sums.get(name)
    // As a rule there is one: the database has added up the others.
    const all = known === undefined ? figures : bothOf(known, figures)
    sums.set(name, { ...figureKey(groupBy, columns), ...all })
  }
  return [...sums.values()]
}

function bothOf(one: PerformanceFigures, other: PerformanceFigures): PerformanceFigures {
  const sum = emptyFigures()
  addFigures(sum, one)
  addFigures(sum, other)
  return sum
}

/** Sums and notes in one statement: between two, a note could become part of a row that was read. */
async function readSums(work: StoreWork, query: FigureSumQuery): Promise<readonly Found[]> {
  const { tenantId, groupBy, modelId } = query
  const modelIds = modelId === undefined ? undefined : await idsOf(work, modelId)
  const parts = await partsOf(work, query)
  const { database, traits } = work
  const columns = [...SUMS, ...COUNTS_BY_NAME]
  const keys = sql.join(GROUP_COLUMNS.map((column) => sql.ref(column)))
  const cells = parts.map((part) => cellsOf(work, { part, query, modelIds }))
  const sums = [
    ...SUMS.map((column) => sql`cast(sum(${sql.ref(column)}) as bigint) as ${sql.ref(column)}`),
    ...COUNTS_BY_NAME.map(
      (column) =>
        sql`coalesce(string_agg(nullif(${sql.ref(column)}, ''), ' '), '') as ${sql.ref(column)}`,
    ),
  ]
  const nothing = [
    ...GROUP_COLUMNS.map(() => sql`''`),
    ...columns.map((_, index) => (index < SUMS.length ? sql`0` : sql`''`)),
  ]
  const { rows } = await sql<SumRow>`select ${keys}, ${sql.join(sums)}, '' as entry
    from (${sql.join(cells, sql` union all `)}) as cells group by ${keys}
    union all select ${sql.join(nothing)}, entry
      from ${qualified(traits.schema, 'figure_entries')} where tenant_id = ${tenantId}`.execute(
    database,
  )
  return rows.flatMap((row): readonly Found[] => {
    if (row.entry === '') return [{ columns: row, figures: fromFigureColumns(row) }]
    const day = toDayRow({ tenant_id: tenantId, entry: row.entry })
    if (!isIn(day, { ...query, modelIds })) return []
    return [{ columns: groupColumns(groupBy, day), figures: fromFigureColumns(day) }]
  })
}

interface CellQuery {
  readonly part: FigurePart
  readonly query: FigureSumQuery
  readonly modelIds: readonly string[] | undefined
}

function cellsOf({ traits }: StoreWork, { part, query, modelIds }: CellQuery): RawBuilder<unknown> {
  const { tenantId, agentId, taskType, groupBy } = query
  const columns = [...SUMS, ...COUNTS_BY_NAME].map((column) => sql.ref(column))
  const agent =
    agentId === undefined
      ? groupBy.includes('agent')
        ? sql`agent_id > ${ALL_AGENTS}`
        : sql`agent_id = ${ALL_AGENTS}`
      : sql`agent_id = ${agentId}`
  const conditions = [
    sql`tenant_id = ${tenantId}`,
    part.condition,
    agent,
    ...(taskType === undefined ? [] : [sql`task_type = ${taskType}`]),
    ...(modelIds === undefined ? [] : [sql`model_id in (${sql.join(modelIds)})`]),
  ]
  return sql`select ${selectedGroups(groupBy, 'period')}, ${sql.join(columns)}
    from ${qualified(traits.schema, part.table)} where ${sql.join(conditions, sql` and `)}`
}

type CellFilter = Pick<FigureSumQuery, 'agentId' | 'taskType' | 'fromDay' | 'toDay'> & {
  readonly modelIds: readonly string[] | undefined
}

/** Whether the row of a day is among those asked for. */
function isIn(
  row: GroupColumns,
  { agentId, taskType, modelIds, fromDay, toDay }: CellFilter,
): boolean {
  return (
    (agentId === undefined || row.agent_id === agentId) &&
    (taskType === undefined || row.task_type === taskType) &&
    (modelIds === undefined || modelIds.includes(row.model_id)) &&
    (fromDay === undefined || row.period >= fromDay) &&
    (toDay === undefined || row.period <= toDay)
  )
}
