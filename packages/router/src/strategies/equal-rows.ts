import type { CandidateTable, LearningSource, TaskExperience } from '@imrs/core'

/**
 * Which rows of a table are the same model under the same priority, and which of them speaks for
 * them: the one of the lowest price, then of the smallest id.
 */
export interface EqualRows {
  /** By row: who speaks for it. */
  readonly speakerOf: Readonly<Uint32Array>
  /** Whether any row speaks for another one. */
  readonly hasEqual: boolean
}

export function findEqualRows(table: CandidateTable): EqualRows {
  const { family, priority, size } = table
  const speakerOf = Uint32Array.from({ length: size }, (_, row) => row)
  if (family === undefined) return { speakerOf, hasEqual: false }
  const speakers = new Map<string, number>()
  const keyOf = (row: number): string => `${family[row]}:${priority[row]}`
  for (let row = 0; row < size; row += 1) {
    const speaker = speakers.get(keyOf(row))
    if (speaker === undefined || isCheaper(table, row, speaker)) speakers.set(keyOf(row), row)
  }
  for (let row = 0; row < size; row += 1) speakerOf[row] = speakers.get(keyOf(row)) ?? row
  return { speakerOf, hasEqual: speakers.size < size }
}

function isCheaper({ price }: CandidateTable, row: number, other: number): boolean {
  const [one, two] = [price[row] ?? Number.NaN, price[other] ?? Number.NaN]
  return Number.isNaN(two) ? !Number.isNaN(one) : one < two
}

/** Ratings of equal rows, added up at the row that speaks for them. */
export function poolExperience(
  experience: TaskExperience,
  { speakerOf }: EqualRows,
): TaskExperience {
  const count = new Float64Array(speakerOf.length)
  const sum = new Float64Array(speakerOf.length)
  for (const [row, speaker] of speakerOf.entries()) {
    count[speaker] = (count[speaker] ?? 0) + (experience.count[row] ?? 0)
    sum[speaker] = (sum[speaker] ?? 0) + (experience.sum[row] ?? 0)
  }
  return { count, sum }
}

/**
 * The same for a strategy that learns. Alarms about the one that speaks are of its own provider: the
 * ratings of the others count as given since the last of them, and alarms about the others not at all.
 */
export function poolCells(source: LearningSource, { speakerOf }: EqualRows): LearningSource {
  const { modelIds } = source.table
  const rowOf = new Map(modelIds.map((modelId, row) => [modelId, row]))
  const speakerIdOf = (modelId: string): string => {
    const row = rowOf.get(modelId)
    return row === undefined ? modelId : (modelIds[speakerOf[row] ?? row] ?? modelId)
  }
  const epochs = new Map<string, number>()
  for (const { modelId, epoch } of [...source.cells, ...(source.shifts ?? [])]) {
    epochs.set(modelId, Math.max(epochs.get(modelId) ?? 0, epoch))
  }
  return {
    ...source,
    cells: source.cells.map((cell) => {
      const modelId = speakerIdOf(cell.modelId)
      return modelId === cell.modelId ? cell : { ...cell, modelId, epoch: epochs.get(modelId) ?? 0 }
    }),
    shifts: source.shifts?.filter(({ modelId }) => speakerIdOf(modelId) === modelId),
  }
}
