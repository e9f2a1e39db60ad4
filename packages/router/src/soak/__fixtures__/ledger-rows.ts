import { DatabaseSync } from 'node:sqlite'

import type { Attempt } from '@imrs/core'

/** A row of `attempts`, as far as the soak compares it; `null` is unknown. */
export interface LedgerRow extends Pick<
  Attempt,
  'tenantId' | 'messageId' | 'position' | 'modelId' | 'outcome'
> {
  readonly failureKind: string | null
  readonly headersMs: number | null
  readonly inputTokens: number | null
  readonly outputTokens: number | null
  readonly cachedInputTokens: number | null
  readonly reasoningTokens: number | null
  readonly usageSource: 'provider' | 'estimate' | null
  readonly costNanoUsd: number | null
}

export interface StoredAnswer {
  readonly model: string
  readonly tokenCount: number | null
}

/** By the id of the rule, which is its unit. */
type ByUnit = Readonly<Record<'requests' | 'tokens', number>>

export interface LedgerContents {
  readonly attempts: readonly LedgerRow[]
  /** Message ids. */
  readonly decisions: readonly string[]
  /** By message id. */
  readonly messages: ReadonlyMap<string, StoredAnswer>
  readonly feedbackEvents: number
  /** Of the tenant that has one, in all windows. */
  readonly budget: {
    readonly used: ByUnit
    /** What is still set aside. */
    readonly reserved: ByUnit
  }
  /** `ok`, or what SQLite found. */
  readonly integrity: string
}

/** Reads the file itself, past everything that wrote it. */
export function readLedger(path: string): LedgerContents {
  const database = new DatabaseSync(path, { readOnly: true })
  const rowsOf = <Row>(sql: string): readonly Row[] =>
    database.prepare(sql).all() as unknown as readonly Row[]
  const countOf = (table: string): number =>
    rowsOf<{ readonly count: number }>(`select count(*) as count from ${table}`)[0]?.count ?? 0
  try {
    const windows = rowsOf<Window>(WINDOWS)
    const messages = rowsOf<StoredAnswer & { readonly id: string }>(MESSAGES)
    const [integrity] = rowsOf<{ readonly integrity_check: string }>('pragma integrity_check')
    return {
      attempts: rowsOf<LedgerRow>(ATTEMPTS),
      decisions: rowsOf<{ readonly id: string }>(DECISIONS).map(({ id }) => id),
      messages: new Map(messages.map(({ id, ...message }) => [id, message])),
      feedbackEvents: countOf('feedback_events'),
      budget: {
        used: byUnit(windows, ({ used }) => used),
        reserved: byUnit(windows, ({ reserved }) => reserved),
      },
      integrity: integrity?.integrity_check ?? '',
    }
  } finally {
    database.close()
  }
}

interface Window {
  readonly ruleId: string
  readonly used: number
  readonly reserved: number
}

function byUnit(windows: readonly Window[], amountOf: (window: Window) => number): ByUnit {
  const sumOf = (unit: string): number =>
    windows
      .filter(({ ruleId }) => ruleId === unit)
      .reduce((sum, window) => sum + amountOf(window), 0)
  return { requests: sumOf('requests'), tokens: sumOf('tokens') }
}

const DECISIONS = 'select message_id as id from routing_decisions'

const MESSAGES =
  "select id, model, token_count as tokenCount from messages where role = 'assistant'"

const WINDOWS = 'select rule_id as ruleId, used, reserved from budget_windows'

const ATTEMPTS = `
  select tenant_id as tenantId, message_id as messageId, position, model_id as modelId, outcome,
    failure_kind as failureKind, headers_ms as headersMs,
    input_tokens as inputTokens, output_tokens as outputTokens,
    cached_input_tokens as cachedInputTokens, reasoning_tokens as reasoningTokens,
    usage_source as usageSource, cost_nano_usd as costNanoUsd
  from attempts order by message_id, position`
