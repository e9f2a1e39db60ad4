/** What each model made of one request. */
export interface Outcome {
  readonly id: string
  readonly task: string
  readonly prompt?: string | undefined
  /** By model, from 0 to 1; a model that was not asked is absent. */
  readonly score: Readonly<Record<string, number>>
  /** What the answer cost, by model. */
  readonly cost?: Readonly<Record<string, number>> | undefined
  /** How long the answer took, by model. */
  readonly latencyMs?: Readonly<Record<string, number>> | undefined
}

/**
 * Outcomes in columns: `scores[row * models.length + model]`. `NaN` stands for what is not known.
 * Models and tasks are in the order of their names. Not to be changed.
 */
export interface OutcomeSet {
  readonly name: string
  readonly size: number
  readonly models: readonly string[]
  readonly tasks: readonly string[]
  readonly ids: readonly string[]
  /** The index of each row's task. */
  readonly taskOf: Readonly<Uint32Array>
  readonly scores: Readonly<Float64Array>
  /** Absent where no row has a cost. */
  readonly costs?: Readonly<Float64Array> | undefined
  /** Absent where no row has a latency. */
  readonly latenciesMs?: Readonly<Float64Array> | undefined
  readonly prompts: readonly (string | undefined)[]
}

/** Lays outcomes out in columns. */
export function toOutcomeSet(name: string, outcomes: readonly Outcome[]): OutcomeSet {
  const models = sortedNames(outcomes.flatMap(({ score }) => Object.keys(score)))
  const tasks = sortedNames(outcomes.map(({ task }) => task))
  const taskIndex = new Map(tasks.map((task, index) => [task, index]))
  const columns = (values: (outcome: Outcome) => Values): Float64Array =>
    toColumns(models, outcomes.map(values))
  const hasAny = (values: (outcome: Outcome) => Values): boolean =>
    outcomes.some((outcome) => values(outcome) !== undefined)
  const costs = ({ cost }: Outcome): Values => cost
  const latencies = ({ latencyMs }: Outcome): Values => latencyMs
  return {
    name,
    size: outcomes.length,
    models,
    tasks,
    ids: outcomes.map(({ id }) => id),
    taskOf: Uint32Array.from(outcomes, ({ task }) => taskIndex.get(task) ?? 0),
    scores: columns(({ score }) => score),
    costs: hasAny(costs) ? columns(costs) : undefined,
    latenciesMs: hasAny(latencies) ? columns(latencies) : undefined,
    prompts: outcomes.map(({ prompt }) => prompt),
  }
}

/** What a model got for a row; `NaN` where it was not asked. */
export function scoreOf({ scores, models }: OutcomeSet, row: number, model: number): number {
  return scores[row * models.length + model] ?? Number.NaN
}

type Values = Readonly<Record<string, number>> | undefined

function toColumns(models: readonly string[], rows: readonly Values[]): Float64Array {
  const columns = new Float64Array(rows.length * models.length).fill(Number.NaN)
  for (const [row, values] of rows.entries()) {
    for (const [model, name] of models.entries()) {
      columns[row * models.length + model] = values?.[name] ?? Number.NaN
    }
  }
  return columns
}

function sortedNames(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort((left, right) => (left < right ? -1 : 1))
}
