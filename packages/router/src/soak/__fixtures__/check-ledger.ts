import type { SimulatedCall, SimulatedUsage } from '@imrs/testing/simulator'

import { problemsOfAnswer } from './check-answer.ts'
import { problemsOfPair, problemsOfRow, usageOfRow } from './check-pair.ts'
import { counted } from './counted.ts'
import type { LedgerContents, LedgerRow } from './ledger-rows.ts'
import type { RequestResult } from './messages.ts'
import { pairUp } from './pair-calls.ts'
import type { Pairing } from './pair-calls.ts'
import { BUDGETED_TENANT } from './soak-router.ts'

export interface LedgerCheck {
  readonly calls: readonly SimulatedCall[]
  readonly results: readonly RequestResult[]
  /** By request number: the message that it led to, also of requests that were cut off. */
  readonly messages: ReadonlyMap<number, string>
  readonly ledger: LedgerContents
}

/** What the comparison of the ledger with the simulator came to. */
export interface LedgerReport {
  readonly calls: number
  readonly rows: number
  /** Calls that never reached the simulator, most of them since we ended them: rows without a call. */
  readonly rowsOfUnseenCalls: number
  /** Calls whose process was killed before their answer was over: calls without a row. */
  readonly callsCutOff: number
  readonly rowsBySource: Readonly<Record<string, number>>
  readonly rowsByOutcome: Readonly<Record<string, number>>
  /** Of the rows that say what the provider said, and of their calls. */
  readonly billed: TokenSums
  readonly recorded: TokenSums
  readonly problems: readonly string[]
}

export interface TokenSums {
  readonly input: number
  readonly output: number
  readonly cached: number
}

/** Compares the ledger with what the simulator counted itself, row by row and in sum. */
export function checkLedger(check: LedgerCheck): LedgerReport {
  const { calls, ledger } = check
  const pairing = pairUp({ ...check, rows: ledger.attempts, cutOff: cutOffIn(check) })
  const { pairs, unseen, unrecorded } = pairing
  const told = pairs.filter(({ row }) => row.usageSource === 'provider')
  return {
    calls: calls.length,
    rows: ledger.attempts.length,
    rowsOfUnseenCalls: unseen.length,
    callsCutOff: unrecorded.length,
    rowsBySource: counted(ledger.attempts.map(({ usageSource }) => usageSource ?? 'unknown')),
    rowsByOutcome: counted(
      ledger.attempts.map(({ outcome, failureKind }) => failureKind ?? outcome),
    ),
    billed: sumsOf(told.flatMap(({ call }) => call.usage ?? [])),
    recorded: sumsOf(told.map(({ row }) => usageOfRow(row))),
    problems: [
      ...pairing.problems,
      ...pairs.flatMap(problemsOfPair),
      ...ledger.attempts.flatMap(problemsOfRow),
      ...problemsOfAnswers(check, pairing),
      ...problemsOfBudget(check),
    ],
  }
}

function cutOffIn({ messages, results }: LedgerCheck): ReadonlySet<string> {
  const told = new Set(results.map(({ messageId }) => messageId))
  return new Set([...messages.values()].filter((message) => !told.has(message)))
}

/** Each request against its rows, its decision and its message. */
function problemsOfAnswers(
  { results, ledger }: LedgerCheck,
  { pairs }: Pairing,
): readonly string[] {
  const rowsOf = Map.groupBy(ledger.attempts, ({ messageId }) => messageId)
  const decisionsOf = Map.groupBy(ledger.decisions, (id) => id)
  const pairOf = new Map(pairs.map((pair) => [pair.call.number, pair]))
  const ofRequests = results.flatMap((result) => {
    const { messageId = '', call = 0 } = result
    return problemsOfAnswer(result, {
      rows: rowsOf.get(messageId) ?? [],
      decisions: decisionsOf.get(messageId)?.length ?? 0,
      message: ledger.messages.get(messageId),
      answeredBy: pairOf.get(call),
    })
  })
  const undecided = [...rowsOf.keys()].filter((message) => !decisionsOf.has(message))
  return [...ofRequests, ...undecided.map((message) => `${message} has calls and no decision`)]
}

/**
 * What the budgets counted, against the rows of their tenant: each call as one request, and no fewer
 * tokens than are known (a call that broke off untold counts as it was reserved). Only a process that
 * was killed leaves something set aside.
 */
function problemsOfBudget(check: LedgerCheck): readonly string[] {
  const { attempts, budget } = check.ledger
  const rows = attempts.filter(({ tenantId }) => tenantId === BUDGETED_TENANT)
  const tokensOf = (row: LedgerRow): number => (row.inputTokens ?? 0) + (row.outputTokens ?? 0)
  const tokens = rows.reduce((sum, row) => sum + tokensOf(row), 0)
  const { used, reserved } = budget
  const isWhole = cutOffIn(check).size === 0
  const isCounted = isWhole
    ? used.requests === rows.length && reserved.requests === 0
    : used.requests + reserved.requests >= rows.length
  const figures = `${JSON.stringify(budget)}, the ledger ${rows.length} calls of ${tokens} tokens`
  return isCounted && used.tokens >= tokens ? [] : [`The budgets have ${figures}`]
}

function sumsOf(usages: readonly SimulatedUsage[]): TokenSums {
  const sum = (pick: (usage: SimulatedUsage) => number): number =>
    usages.reduce((total, usage) => total + pick(usage), 0)
  return {
    input: sum(({ inputTokens }) => inputTokens),
    output: sum(({ outputTokens }) => outputTokens),
    cached: sum(({ cachedInputTokens }) => cachedInputTokens),
  }
}
