import { z } from 'zod'

import type { Outcome, OutcomeSet } from './outcome-set.ts'
import { toOutcomeSet } from './outcome-set.ts'

export interface ReadOutcomesOptions {
  /** What the data set is called. */
  readonly name: string
  /** Only lines whose `split` is this. Default: all. */
  readonly split?: string | undefined
  /** Only lines whose `bench` is this. Default: all. */
  readonly bench?: string | undefined
}

/** A line that could not be read. */
export interface OutcomeProblem {
  /** Counted from 1. */
  readonly line: number
  readonly problem: string
}

export interface ReadOutcomes {
  readonly outcomes: OutcomeSet
  /** The first hundred of them. */
  readonly problems: readonly OutcomeProblem[]
  readonly problemCount: number
  /** How many lines were of another split or bench. */
  readonly otherCount: number
}

/** How many problems are kept. */
const PROBLEMS_KEPT = 100

/**
 * Reads the lines of an `outcomes.jsonl`, one at a time. A line that cannot be read is left out and
 * named; an empty one is nothing. A model whose score is `null` counts as not asked.
 */
export async function readOutcomes(
  lines: AsyncIterable<string> | Iterable<string>,
  options: ReadOutcomesOptions,
): Promise<ReadOutcomes> {
  const outcomes: Outcome[] = []
  const problems: OutcomeProblem[] = []
  let [line, problemCount, otherCount] = [0, 0, 0]
  for await (const text of lines) {
    line += 1
    if (text.trim() === '') continue
    const read = readLine(text, options)
    if (read.kind === 'outcome') outcomes.push(read.outcome)
    if (read.kind === 'other') otherCount += 1
    if (read.kind !== 'problem') continue
    problemCount += 1
    if (problems.length < PROBLEMS_KEPT) problems.push({ line, problem: read.problem })
  }
  return { outcomes: toOutcomeSet(options.name, outcomes), problems, problemCount, otherCount }
}

type ReadLine =
  | { readonly kind: 'outcome'; readonly outcome: Outcome }
  | { readonly kind: 'other' }
  | { readonly kind: 'problem'; readonly problem: string }

const partSchema = z.object({ split: z.unknown(), bench: z.unknown() }).partial()

const scoresSchema = z
  .record(z.string().min(1), z.number().min(0).max(1).nullable())
  .transform(withoutNulls)
  .refine((scores) => Object.keys(scores).length > 0, 'no model has a score')

const amountsSchema = z
  .record(z.string().min(1), z.number().min(0).nullable())
  .transform(withoutNulls)

const outcomeSchema = z.object({
  id: z.union([z.string(), z.number()]).transform(String),
  task: z.string().min(1),
  prompt: z.string().nullish(),
  score: scoresSchema,
  cost: amountsSchema.nullish(),
  latency_ms: amountsSchema.nullish(),
})

function readLine(text: string, { split, bench }: ReadOutcomesOptions): ReadLine {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return { kind: 'problem', problem: 'is not JSON' }
  }
  // Before the rest is judged: what other parts of the data look like is no concern.
  const part = partSchema.safeParse(json).data
  const isOther = (wanted: string | undefined, found: unknown): boolean =>
    wanted !== undefined && found !== wanted
  if (part !== undefined && (isOther(split, part.split) || isOther(bench, part.bench))) {
    return { kind: 'other' }
  }
  const { data, error } = outcomeSchema.safeParse(json)
  if (error !== undefined) return { kind: 'problem', problem: describeIssue(error) }
  const { latency_ms: latencyMs, prompt, cost, ...outcome } = data
  return {
    kind: 'outcome',
    outcome: {
      ...outcome,
      prompt: prompt ?? undefined,
      cost: cost ?? undefined,
      latencyMs: latencyMs ?? undefined,
    },
  }
}

function describeIssue({ issues: [issue] }: z.ZodError): string {
  if (issue === undefined) return 'is not an outcome'
  const place = issue.path.join('.')
  return place === '' ? issue.message : `\`${place}\`: ${issue.message}`
}

function withoutNulls(values: Readonly<Record<string, number | null>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, number] => entry[1] !== null),
  )
}
