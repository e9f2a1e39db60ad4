import type { ConformanceReport } from '../run-conformance.ts'
import type { ScenarioResult } from '../run-scenario.ts'

/** Something that text can be written to. */
export interface TextOutput {
  readonly write: (text: string) => unknown
  /** Whether a person looks at it. */
  readonly isTTY?: boolean | undefined
}

/** Says how a run goes. */
export interface Progress {
  onResult(result: ScenarioResult): void
  /** Clears what is only there while it runs. */
  clear(): void
}

const MARKS = { passed: 'ok     ', failed: 'FAILED ', skipped: 'skipped' } as const

/** A line that changes on a terminal, and a line for each scenario elsewhere. Failures always stay. */
export function createProgress(output: TextOutput, total: number): Progress {
  let count = 0
  const isLive = output.isTTY === true
  const clear = (): void => {
    if (isLive) output.write('\r\u001B[2K')
  }
  return {
    clear,
    onResult: (result) => {
      count += 1
      clear()
      if (!isLive || result.status === 'failed') output.write(resultLine(result))
      if (isLive) output.write(`[${count}/${total}] ${result.id}`)
    },
  }
}

/** One scenario as a line, and the reason of a failure as another. */
export function resultLine({ status, id, title, reason, durationMs }: ScenarioResult): string {
  const line = `${MARKS[status]}  ${id}: ${title}`
  if (status === 'passed') return `${line} (${durationMs} ms)\n`
  if (status === 'skipped') return `${line}\n`
  return `${line} (${durationMs} ms)\n         ${(reason ?? '').replaceAll('\n', '\n         ')}\n`
}

/** What a run came to, and why scenarios were skipped. */
export function summaryText({ passed, failed, skipped, scenarios }: ConformanceReport): string {
  const reasons = new Map<string, number>()
  for (const { status, reason = '' } of scenarios) {
    if (status === 'skipped') reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
  }
  const why = [...reasons].map(([reason, count]) => `  ${count} skipped: ${reason}\n`)
  return `${why.join('')}${passed} passed, ${failed} failed, ${skipped} skipped\n`
}

/** The report as one JSON object. */
export function reportJson(report: ConformanceReport): string {
  return `${JSON.stringify(report)}\n`
}
