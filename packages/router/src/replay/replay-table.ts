import type { CandidateTable } from '@imrs/core'

import type { OutcomeSet } from './outcome-set.ts'
import { scoreOf } from './outcome-set.ts'
import type { ReplayStream } from './replay-stream.ts'

export interface ReplayTableSource {
  readonly set: OutcomeSet
  readonly stream: ReplayStream
  /** Priorities from 0 to 100, by model. */
  readonly priorities: ReadonlyMap<string, number>
  /** Published scores from 0 to 1, by model. */
  readonly published: ReadonlyMap<string, number>
  readonly position: number
  /** When a position of the stream is. */
  readonly atMs: (position: number) => number
}

/** The models that are there at a position, as a strategy sees them. */
export interface ReplayTable {
  readonly table: CandidateTable
  /** By row: the index of the model. */
  readonly modelOf: Readonly<Uint32Array>
  /** By model: its row. */
  readonly rowOf: Readonly<Uint32Array>
  /** The position at which the next model joins. */
  readonly changesAt: number
  /** The rows that have a score for a row of the set. */
  rowsFor(setRow: number): Uint32Array
}

/** Where nothing is said, priorities are equal. */
const DEFAULT_PRIORITY = 50

export function createReplayTable(source: ReplayTableSource): ReplayTable {
  const { set, stream, position } = source
  const all = Uint32Array.from(set.models.keys())
  const modelOf = all.filter((model) => (stream.joinsAt[model] ?? 0) <= position)
  const rowOf = new Uint32Array(set.models.length)
  for (const [row, model] of modelOf.entries()) rowOf[model] = row
  const allRows = Uint32Array.from(modelOf.keys())
  const later = stream.joinsAt.filter((joinsAt) => joinsAt > position)
  const isWhole = !set.scores.some((score) => Number.isNaN(score))
  return {
    table: toCandidateTable(source, modelOf),
    modelOf,
    rowOf,
    changesAt: Math.min(Number.POSITIVE_INFINITY, ...later),
    rowsFor: (setRow) =>
      isWhole
        ? allRows
        : allRows.filter((row) => !Number.isNaN(scoreOf(set, setRow, modelOf[row] ?? 0))),
  }
}

function toCandidateTable(
  { set, stream, priorities, published, atMs }: ReplayTableSource,
  modelOf: Uint32Array,
): CandidateTable {
  const idOf = (model: number): string => set.models[model] ?? ''
  const joinedAtMs = (model: number): number => {
    const joinsAt = stream.joinsAt[model] ?? 0
    return joinsAt === 0 ? 0 : atMs(joinsAt)
  }
  return {
    size: modelOf.length,
    modelIds: Array.from(modelOf, idOf),
    capabilities: new Uint32Array(modelOf.length),
    priority: Float64Array.from(
      modelOf,
      (model) => (priorities.get(idOf(model)) ?? DEFAULT_PRIORITY) / 100,
    ),
    // Prices are public: what the answers cost on average stands for them.
    price: Float64Array.from(modelOf, (model) => meanOf(set, set.costs, model)),
    contextLength: new Float64Array(modelOf.length),
    cacheSaving: new Float64Array(modelOf.length),
    createdAtMs: Float64Array.from(modelOf, joinedAtMs),
    published: Float64Array.from(modelOf, (model) => published.get(idOf(model)) ?? Number.NaN),
    // The same for how long they took; the data do not tell when an answer began.
    latencyMs: Float64Array.from(modelOf, (model) => meanOf(set, set.latenciesMs, model)),
  }
}

/** `NaN` where it is known of no answer. */
function meanOf(
  { models, size }: OutcomeSet,
  values: Readonly<Float64Array> | undefined,
  model: number,
): number {
  let [sum, count] = [0, 0]
  for (let row = 0; row < size; row += 1) {
    const value = values?.[row * models.length + model] ?? Number.NaN
    if (Number.isNaN(value)) continue
    sum += value
    count += 1
  }
  return count === 0 ? Number.NaN : sum / count
}
