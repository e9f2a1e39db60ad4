import { requestNumberOf } from './fault-plan.ts'
import type { LedgerRow, StoredAnswer } from './ledger-rows.ts'
import type { RequestResult } from './messages.ts'
import type { Pair } from './pair-calls.ts'

/** What is stored of one answer. */
export interface StoredOfAnswer {
  readonly rows: readonly LedgerRow[]
  readonly decisions: number
  readonly message: StoredAnswer | undefined
  /** The call that its words say they are of. */
  readonly answeredBy: Pair | undefined
}

/** What is wrong with a request, as its caller saw it and as it is stored. */
export function problemsOfAnswer(result: RequestResult, stored: StoredOfAnswer): readonly string[] {
  const problems = [
    ...result.problems,
    ...problemsOfRows(result, stored),
    ...problemsOfWords(result, stored),
    ...(result.ending === 'end' ? problemsOfEnd(result, stored) : []),
  ]
  if (result.ending === 'rejected') problems.push('was not answered at all')
  if (result.code === 'aborted' && !result.isAborted) problems.push('stopped, and nobody did it')
  return problems.map((problem) => {
    return `request ${result.number} (${result.ending} ${result.code ?? ''}): ${problem}`
  })
}

function problemsOfRows(
  { ending }: RequestResult,
  { rows, decisions }: StoredOfAnswer,
): readonly string[] {
  const problems: string[] = []
  const isNothing = ending === 'never-read' || ending === 'rejected'
  if (decisions !== (isNothing ? 0 : 1)) problems.push(`${decisions} decisions are stored`)
  if (isNothing && rows.length > 0) problems.push(`${rows.length} calls, though nothing was read`)
  if (new Set(rows.map(({ position }) => position)).size !== rows.length) {
    problems.push('two of its calls are at one position')
  }
  const completed = rows.filter(({ outcome }) => outcome === 'completed').length
  const isOne = ending === 'end' || (ending === 'left' && completed === 1)
  if (completed !== (isOne ? 1 : 0)) problems.push(`${completed} of its calls are completed`)
  return problems
}

function problemsOfWords(
  { call, number, ending }: RequestResult,
  { answeredBy }: StoredOfAnswer,
): readonly string[] {
  if (call === undefined) return []
  if (answeredBy === undefined || requestNumberOf(answeredBy.call) !== number) {
    return [`its words are of call ${call}, which is not its own`]
  }
  const isWrong = ending === 'end' && answeredBy.row.outcome !== 'completed'
  return isWrong ? [`its words are of call ${call}, which did not complete`] : []
}

function problemsOfEnd(
  { model, usage }: RequestResult,
  { rows, message }: StoredOfAnswer,
): readonly string[] {
  const row = rows.find(({ outcome }) => outcome === 'completed')
  if (row === undefined) return []
  const tokens = (row.inputTokens ?? 0) + (row.outputTokens ?? 0)
  const wrong: readonly (readonly [boolean, string])[] = [
    [model !== undefined && model !== row.modelId, `${row.modelId} answered for ${model}`],
    [
      usage !== undefined && usage.inputTokens + usage.outputTokens !== tokens,
      `its usage part is not ${tokens} tokens`,
    ],
    [
      // Of a text nothing else is known.
      model !== undefined && (usage !== undefined) !== (row.usageSource === 'provider'),
      'its usage part is an estimate, or missing',
    ],
    [message?.model !== row.modelId, `its message is of ${message?.model}`],
    [(message?.tokenCount ?? 0) !== tokens, `its message has ${message?.tokenCount} tokens`],
  ]
  return wrong.flatMap(([isWrong, problem]) => (isWrong ? [problem] : []))
}
