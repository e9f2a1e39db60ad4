import type { Attempt } from '@imrs/core'
import { expect } from 'vitest'

import type { SoakReport } from './run-soak.ts'
import type { CallSummary } from './soak-messages.ts'

/** A row of the ledger beside the call that the providers saw. */
interface Pair {
  readonly attempt: Attempt
  /** Absent for a call that was ended before it reached anybody. */
  readonly call: CallSummary | undefined
}

/** What a run came to, for people. */
export interface SoakFigures {
  readonly rows: number
  readonly calls: number
  /** Rows whose call was ended, or failed, before it reached its provider. */
  readonly neverArrived: number
  readonly ends: number
  readonly inputTokens: number
  readonly outputTokens: number
}

/**
 * What must hold after any run: every request ended once, and the ledger is what the providers
 * counted, call by call and token by token.
 */
export function expectExact(report: SoakReport): SoakFigures {
  const { answers, calls } = report
  for (const { marker, endings, left, last } of answers) {
    expect(endings, `endings of request ${marker}`).toBe(left ? 0 : 1)
    if (!left) expect(['end', 'error'], `last part of request ${marker}`).toContain(last?.type)
  }
  const { pairs, unrecorded } = pairUp(report)
  expect(unrecorded, 'calls that are in no row').toEqual([])
  const neverArrived = pairs.filter(({ call }) => call === undefined)
  for (const { attempt } of neverArrived) {
    // The loser of a race, ended at once, or a connection that was gone.
    const why = attempt.failureKind ?? attempt.outcome
    expect(['aborted', 'connect'], `a row without a call: ${attempt.modelId}`).toContain(why)
    expect(attempt.headersMs, 'a row without a call that was answered').toBeUndefined()
  }
  for (const pair of pairs) expectHonest(pair)
  const told = pairs.flatMap(({ attempt }) =>
    attempt.usageSource === 'provider' ? (attempt.usage ?? []) : [],
  )
  return {
    rows: pairs.length,
    calls: calls.length,
    neverArrived: neverArrived.length,
    ends: answers.filter(({ last }) => last?.type === 'end').length,
    inputTokens: told.reduce((sum, { inputTokens }) => sum + inputTokens, 0),
    outputTokens: told.reduce((sum, { outputTokens }) => sum + outputTokens, 0),
  }
}

/** By request and model, in the order in which they were made. */
function pairUp({ answers, calls }: SoakReport): {
  readonly pairs: readonly Pair[]
  readonly unrecorded: readonly CallSummary[]
} {
  const left = Map.groupBy(calls, ({ marker, provider, model }) => `${marker} ${provider}/${model}`)
  const pairs = answers.flatMap(({ marker, attempts }) =>
    attempts.map((attempt) => {
      const waiting = left.get(`${marker} ${attempt.modelId}`)
      return { attempt, call: waiting?.shift() }
    }),
  )
  return { pairs, unrecorded: [...left.values()].flat() }
}

/** A row says what the provider said, and of what it did not say nothing that is certain. */
function expectHonest({ attempt, call }: Pair): void {
  const { outcome, usage, usageSource, costNanoUsd, messageId } = attempt
  const sent = call?.usageSent
  if (outcome === 'completed') expect(usageSource, messageId).toBe('provider')
  if (usageSource === 'provider') {
    expect(usage, messageId).toMatchObject({
      inputTokens: sent?.inputTokens,
      outputTokens: sent?.outputTokens,
    })
  } else if (call?.outcome === 'completed' && sent !== undefined) {
    // All of it was sent, but the caller had left, or what came could not be read.
    expect(outcome, messageId).not.toBe('completed')
  }
  if (usage === undefined) expect(costNanoUsd, messageId).toBeUndefined()
  else expect(usage.inputTokens, messageId).toBeGreaterThan(0)
}
