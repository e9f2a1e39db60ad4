import type { SimulatedCall, SimulatedUsage } from '@imrs/testing/simulator'

import type { LedgerRow } from './ledger-rows.ts'
import { modelIdOf } from './pair-calls.ts'
import type { Pair } from './pair-calls.ts'

/** What is wrong with a row, by itself. */
export function problemsOfRow(row: LedgerRow): readonly string[] {
  const { usageSource, inputTokens, outputTokens, costNanoUsd } = row
  if ((usageSource === null) !== (inputTokens === null && outputTokens === null)) {
    return [`${showRow(row)}: tokens without a source, or a source without tokens`]
  }
  if (usageSource === null) {
    return costNanoUsd === null ? [] : [`${showRow(row)}: a cost of nothing known`]
  }
  return inputTokens === 0 ? [`${showRow(row)}: claims that the prompt had no tokens`] : []
}

/** What is wrong with a row, seen beside its call. */
export function problemsOfPair({ row, call }: Pair): readonly string[] {
  const problems: string[] = []
  const { usage, usageSent, outcome, status } = call
  if (outcome === undefined || outcome === 'server-closed')
    problems.push('the call was left running')
  if (row.usageSource === 'provider') {
    if (!isSame(row, usage)) problems.push('not the tokens that were billed')
    if (!isSame(row, usageSent)) problems.push('not the tokens that were sent')
    if (!isSameCost({ row, call })) problems.push('not the cost that was billed')
  } else if (isUsageThere({ row, call })) {
    problems.push('the tokens were told to the end, and are not in the row')
  }
  if (row.outcome === 'completed' && status !== 200) problems.push('completed without an answer')
  return problems.map((problem) => `${showRow(row)} of ${showCall(call)}: ${problem}`)
}

/** Tokens of a row, as the simulator names them. */
export function usageOfRow(row: LedgerRow): SimulatedUsage {
  return {
    inputTokens: row.inputTokens ?? 0,
    outputTokens: row.outputTokens ?? 0,
    cachedInputTokens: row.cachedInputTokens ?? 0,
    reasoningTokens: row.reasoningTokens ?? 0,
  }
}

/** Anthropic does not say what its thinking took: it is in the output. */
function isSame(row: LedgerRow, other: SimulatedUsage | undefined): boolean {
  if (other === undefined) return false
  const { inputTokens, outputTokens, cachedInputTokens, reasoningTokens } = usageOfRow(row)
  return (
    inputTokens === other.inputTokens &&
    outputTokens === other.outputTokens &&
    cachedInputTokens === other.cachedInputTokens &&
    (reasoningTokens === other.reasoningTokens || row.reasoningTokens === null)
  )
}

/** Where the router's prices are from the list that the simulator bills by; to a nano-dollar. */
function isSameCost({ row, call }: Pair): boolean {
  const isListed = call.dialect === 'openrouter' || call.dialect === 'requesty'
  if (!isListed || row.costNanoUsd === null) return true
  return Math.abs((call.costUsd ?? 0) * 1e9 - row.costNanoUsd) <= 1
}

/**
 * Whether the client must have been told of the tokens: the answer came to an end by itself, and was
 * read up to there. Not so when we ended it, when the connection was reset (that drops what was not
 * read yet), and when what came could not be read.
 */
function isUsageThere({ row, call }: Pair): boolean {
  const { dialect, outcome, behaviours, usageSent, isStream } = call
  if (usageSent === undefined) return false
  if (row.outcome === 'completed') return true
  if (row.outcome === 'aborted' || row.failureKind?.startsWith('timeout-') === true) return false
  if (outcome === 'completed') return true
  // Two of them say at each place what it is so far: only at the end is it what counts.
  if (dialect === 'anthropic' || dialect === 'google') return false
  return isStream && !behaviours.includes('reset') && !behaviours.includes('malformed')
}

export function showRow({ messageId, position, modelId, outcome, ...row }: LedgerRow): string {
  const { failureKind, usageSource, inputTokens, outputTokens } = row
  const tokens = [inputTokens, outputTokens, row.cachedInputTokens, row.reasoningTokens]
  return `row ${messageId}:${position} ${modelId} ${failureKind ?? outcome} ${usageSource ?? '-'} ${tokens.join('/')}`
}

function showCall(call: SimulatedCall): string {
  const { number, outcome, status, behaviours, chunksSent, usage, usageSent, isStream } = call
  const how = `${isStream ? 'stream' : 'whole'} ${outcome ?? 'running'} ${status ?? '-'}`
  const tokens = JSON.stringify({ chunksSent, usage, usageSent })
  return `call ${number} ${modelIdOf(call)} ${how} [${behaviours.join()}] ${tokens}`
}
