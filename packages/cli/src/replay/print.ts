import type { Reaction, ReadOutcomes, ReplayResult } from '@imrs/router'

/** A result as one line of JSON, with these fields and no others. */
export function resultJson(result: ReplayResult): string {
  const { dataset, policy, feedback, seeds, costMean } = result
  return `${JSON.stringify({
    dataset,
    policy,
    feedback,
    seeds,
    mean: rounded(result.mean),
    lastQuarter: rounded(result.lastQuarter),
    meanSd: rounded(result.meanSd),
    ...(costMean === undefined ? {} : { costMean: Number(costMean.toPrecision(6)) }),
    random: rounded(result.random),
    bestSingle: rounded(result.bestSingle),
    taskOracle: rounded(result.taskOracle),
    queryOracle: rounded(result.queryOracle),
  })}\n`
}

/** The results of one data set, and the lines beside them. */
export function resultTable(results: readonly ReplayResult[]): string {
  const [first] = results
  if (first === undefined) return ''
  const { dataset, requests, seeds, feedback } = first
  const rated = feedback === 1 ? 'all rated' : `${percent(feedback)} rated`
  const hasCost = results.some(({ costMean }) => costMean !== undefined)
  const hasLatency = results.some(({ latencyMeanMs }) => latencyMeanMs !== undefined)
  const head = [
    '',
    'mean',
    'last quarter',
    'sd',
    ...(hasCost ? ['cost'] : []),
    ...(hasLatency ? ['latency, ms'] : []),
    'alarms',
  ]
  const policies = results.map((result) => [
    result.policy,
    fixed(result.mean),
    fixed(result.lastQuarter),
    fixed(result.meanSd),
    ...(hasCost ? [result.costMean?.toPrecision(3) ?? ''] : []),
    ...(hasLatency ? [result.latencyMeanMs?.toFixed(0) ?? ''] : []),
    result.alarms.toFixed(2),
  ])
  const lines = [
    ['any model', fixed(first.random)],
    ['best single', fixed(first.bestSingle)],
    ['best per task', fixed(first.taskOracle)],
    ['best per request', fixed(first.queryOracle)],
  ]
  const title = `${dataset}: ${Math.round(requests)} requests, ${seeds} seeds, ${rated}\n`
  const reactions = results.flatMap(({ policy, reactions: all }) =>
    all.map((reaction) => `  ${policy} ${describeReaction(reaction)}\n`),
  )
  return `${title}${textTable([head, ...policies, ...lines])}${reactions.join('')}\n`
}

/** Rows of cells: the first column to the left, numbers to the right. */
export function textTable(rows: readonly (readonly string[])[]): string {
  const [head = []] = rows
  const widths = head.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd()
  return rows.map((row) => `  ${line(row)}\n`).join('')
}

/** The lines that could not be read, as far as they were kept. */
export function problemsText(
  file: string,
  { problems, problemCount }: Pick<ReadOutcomes, 'problems' | 'problemCount'>,
): string {
  if (problemCount === 0) return ''
  const shown = problems.slice(0, 10).map(({ line, problem }) => `  line ${line}: ${problem}\n`)
  const more = problemCount - shown.length
  const count = `${problemCount} ${problemCount === 1 ? 'line' : 'lines'}`
  return `${file}: left out ${count}\n${shown.join('')}${more > 0 ? `  and ${more} more\n` : ''}`
}

export function describeReaction({ kind, model, requests, tasks, seenIn }: Reaction): string {
  const what = kind === 'left' ? `left ${model}` : `found ${model}`
  if (tasks === 0) {
    return kind === 'left'
      ? `did not use ${model} much`
      : `could not find ${model}: it is the clear best of no task`
  }
  const where = `seen in ${seenIn} of ${tasks} ${tasks === 1 ? 'task' : 'tasks'}`
  return requests === undefined
    ? `has not ${what} by the end (${where})`
    : `${what} after ${requests} requests (median over tasks; ${where})`
}

function fixed(value: number): string {
  return value.toFixed(4)
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(1))} %`
}

function rounded(value: number): number {
  return Number(value.toFixed(6))
}
