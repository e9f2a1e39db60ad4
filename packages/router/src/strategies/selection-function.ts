import type { Capability, RankRequest, Strategy, TaskType } from '@imrs/core'
import { ConfigError, fromCapabilityMask } from '@imrs/core'

import { topRows } from './top-rows.ts'
import type { TopRows } from './top-rows.ts'

/** What is asked, in plain words. */
export interface SelectionInput {
  readonly taskType: TaskType
  readonly requiredCapabilities: readonly Capability[]
  readonly atMs: number
}

/** A model that may be chosen: it has passed every filter. */
export interface SelectionCandidate {
  /** `provider/external`. */
  readonly modelId: string
  readonly capabilities: readonly Capability[]
  /** Priority that counts for this agent, 0 to 100. */
  readonly priority: number
  /** Blended price, US dollars per 1,000,000 tokens; `undefined` is unknown. */
  readonly price: number | undefined
  /** Context window in tokens; `undefined` is unknown. */
  readonly contextLength: number | undefined
  /** Average rating for this task, 0 to 1; `undefined` when there are no ratings. */
  readonly experience: number | undefined
  /** Ratings behind {@link experience}. */
  readonly ratings: number
}

/** Chooses among the candidates, which are in the order of their ids: one, several best first, or none. */
export type SelectModelFunction = (
  input: SelectionInput,
  candidates: readonly SelectionCandidate[],
) => string | readonly string[] | undefined

/** Options of {@link selectionFunction}. */
export interface SelectionFunctionOptions {
  /** Shown with every decision. */
  readonly name: string
  /** To be changed whenever the function could choose differently. */
  readonly version: string
  readonly select: SelectModelFunction
}

/**
 * Makes a strategy of a selection function that exists already. What it returns comes first, best
 * first; what it leaves out follows by priority. An id that is no candidate, or comes twice, is passed
 * over; `undefined` is the order of priority. A score is 1 or more for a chosen model and below that
 * for the others, whose score is half their priority.
 *
 * The function must be pure: no clock, no chance, no network, and nothing remembered between calls.
 * An exception it throws fails the request. It gets an object for each candidate, so with thousands of
 * models it costs more than a strategy that reads the table.
 *
 * @throws ConfigError for an empty name or version.
 */
export function selectionFunction(options: SelectionFunctionOptions): Strategy {
  const { select } = options
  return {
    specVersion: 'v1',
    name: named('name', options.name),
    version: named('version', options.version),
    rank: (request) => ({ ...rankSelected(request, select), propensity: 1 }),
  }
}

function rankSelected(request: RankRequest, select: SelectModelFunction): TopRows {
  const { table, rows, limit } = request
  const chosen = chosenRows(request, select)
  const scores = Float64Array.from(rows, (row) => {
    const place = chosen.get(row)
    return place === undefined ? (table.priority[row] ?? 0) / 2 : chosen.size - place
  })
  return topRows({ table, rows, scores, limit })
}

/** The place of each chosen row, from 0. */
function chosenRows(
  request: RankRequest,
  select: SelectModelFunction,
): ReadonlyMap<number, number> {
  const { table, rows, input } = request
  const answer = select(
    {
      taskType: input.taskType,
      requiredCapabilities: fromCapabilityMask(input.requiredCapabilities),
      atMs: input.atMs,
    },
    Array.from(rows, (row) => toCandidate(request, row)),
  )
  const rowOf = new Map(Array.from(rows, (row) => [table.modelIds[row], row]))
  const places = new Map<number, number>()
  for (const modelId of typeof answer === 'string' ? [answer] : (answer ?? [])) {
    const row = rowOf.get(modelId)
    if (row !== undefined && !places.has(row)) places.set(row, places.size)
  }
  return places
}

function toCandidate(request: RankRequest, row: number): SelectionCandidate {
  const { table } = request
  const price = table.price[row] ?? Number.NaN
  const contextLength = table.contextLength[row] ?? 0
  return {
    modelId: table.modelIds[row] ?? '',
    capabilities: fromCapabilityMask(table.capabilities[row] ?? 0),
    // Kept as 0 to 1, in which 0.29 × 100 is not a whole number.
    priority: Math.round((table.priority[row] ?? 0) * 100),
    price: Number.isNaN(price) ? undefined : price,
    contextLength: contextLength === 0 ? undefined : contextLength,
    ...experienceOf(request, row),
  }
}

function experienceOf(
  { experience }: RankRequest,
  row: number,
): Pick<SelectionCandidate, 'experience' | 'ratings'> {
  const ratings = experience?.count[row] ?? 0
  const sum = experience?.sum[row] ?? 0
  return { experience: ratings === 0 ? undefined : sum / ratings, ratings }
}

function named(option: string, value: string): string {
  if (value !== '') return value
  throw new ConfigError(`\`${option}\` of selectionFunction must not be empty, got ""`)
}
