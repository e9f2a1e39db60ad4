import type { EvaluationReport } from '@imrs/feedback'

/** The reports as a table, with a sentence and warnings for each. */
export function reportText(reports: readonly EvaluationReport[]): string {
  const [first] = reports
  const { rated = 0, eligible = 0, notEligible = {} } = first?.counts ?? {}
  const reasons = Object.entries(notEligible).map(([reason, count]) => `${count} ${reason}`)
  const others = reasons.length === 0 ? '' : `; not: ${reasons.join(', ')}`
  const rows = [
    ['', 'doubly robust', 'SNIPS', 'IPS', 'actually', 'used', 'ESS'],
    ...reports.map(rowOf),
  ]
  const notes = reports.flatMap(({ sentence, warnings }) => [
    sentence,
    ...warnings.map((warning) => `  ${warning}`),
  ])
  const head = `${rated} rated decisions, ${eligible} of them can serve evaluation${others}`
  return `${[head, '', ...aligned(rows), '', ...notes].join('\n')}\n`
}

function rowOf(report: EvaluationReport): readonly string[] {
  const { strategy, estimates, actual, counts, diagnostics } = report
  return [
    strategy.name,
    intervalText(estimates?.doublyRobust),
    intervalText(estimates?.snips),
    intervalText(estimates?.ips),
    actual?.value.toFixed(3) ?? '–',
    String(counts.used),
    diagnostics.effectiveSampleSize.toFixed(0),
  ]
}

function intervalText(estimate: EvaluationReport['value']): string {
  if (estimate === undefined) return '–'
  const { value, low, high } = estimate
  return `${value.toFixed(3)} (${low.toFixed(3)}–${high.toFixed(3)})`
}

function aligned(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  )
  return rows.map((row) =>
    row
      .map((text, column) => text.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}
