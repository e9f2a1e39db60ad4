import { routeLlm } from '@imrs/router'
import type { OutcomeSet, RouteLlmResult } from '@imrs/router'

import { textTable } from './print.ts'

/** The best that was published, and what prompt length gives: RouteLLM's own figures, by bench. */
const PUBLISHED: Readonly<Record<string, number>> = { mmlu: 0.603, gsm8k: 0.622 }

/** The benches of RouteLLM's data that the protocol is played on. */
export const ROUTE_LLM_BENCHES: readonly string[] = ['mmlu', 'gsm8k']

export interface BenchResult extends RouteLlmResult {
  readonly bench: string
  /** The best that was published, where there is one. */
  readonly published: number | undefined
}

/** Plays the protocol on one bench. */
export function playBench(
  bench: string,
  outcomes: OutcomeSet,
  seeds: number | undefined,
): BenchResult {
  return { bench, published: PUBLISHED[bench], ...routeLlm({ outcomes, seeds }) }
}

export function benchJson(result: BenchResult): string {
  const { dataset, bench, requests, labels, seeds, textModel, promptLength, published } = result
  return `${JSON.stringify({
    dataset,
    bench,
    requests,
    labels,
    seeds,
    apgr: Number(textModel.apgr.toFixed(6)),
    apgrSd: Number(textModel.deviation.toFixed(6)),
    promptLength: Number(promptLength.toFixed(6)),
    published,
  })}\n`
}

/** The results as a table, and what is to be known of them. */
export function benchTable(results: readonly BenchResult[]): string {
  const [first] = results
  if (first === undefined) return ''
  const head = ['APGR', 'requests', 'labels', 'text model', 'sd', 'prompt length', 'published best']
  const rows = results.map(({ bench, requests, labels, textModel, promptLength, published }) => [
    bench,
    String(requests),
    String(labels),
    textModel.apgr.toFixed(4),
    textModel.deviation.toFixed(4),
    promptLength.toFixed(4),
    published?.toFixed(3) ?? '',
  ])
  return `${first.dataset}: ${first.strong} against ${first.weak}, ${first.seeds} draws of labels
${textTable([head, ...rows])}
The labels of the text model are in-domain: they come from the same bench as the requests it is tested
on. The published figures are of routers that saw no labels of it. Chance is 0.5.

`
}
