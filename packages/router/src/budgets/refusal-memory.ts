import type { BudgetRule, BudgetScope } from '@imrs/core'

import { amountOf } from './budget-amounts.ts'
import type { CallSize } from './budgeted-call.ts'
import { NOTHING_EXHAUSTED } from './exhausted-budgets.ts'
import type { ExhaustedBudgets } from './exhausted-budgets.ts'

/** What a refusal has shown. */
export interface Refusal {
  readonly rule: BudgetRule
  readonly subject: string
  readonly modelId: string
  /** What the limit leaves beyond what is used. Only shrinks before the window ends. */
  readonly left: number
  readonly resetsAtMs: number
  /** One sentence for people. */
  readonly message: string
}

/** A request, of which it is asked what budgets leave room for. */
export interface SizedRequest {
  readonly atMs: number
  /** An estimate of the prompt's. */
  readonly inputTokens: number
  /** The call the request would be to a model; `undefined` for one it may not use anyway. */
  readonly callOf: (modelId: string) => CallSize | undefined
}

/** What is known of one rule, for one subject, in one window. */
interface Entry {
  left: number
  readonly resetsAtMs: number
  message: string
  /** Refused at least once, oldest first. */
  readonly modelIds: Set<string>
}

/** Of rules that count each subject on its own. */
const MAX_SUBJECTS = 1_000
const MAX_MODELS = 64

/**
 * What refusals said, until their window ends or their rule changes. Used only ever grows in a window,
 * so a call that did not fit into what the limit leaves beyond it will not fit later; whether a call
 * of another size would is worked out anew.
 */
export class RefusalMemory {
  readonly #entries = new Map<BudgetRule, Map<string, Entry>>()

  remember({ rule, subject, modelId, left, resetsAtMs, message }: Refusal): void {
    const entries = this.#entries.get(rule) ?? new Map<string, Entry>()
    this.#entries.set(rule, entries)
    const known = entries.get(subject)
    const entry =
      known?.resetsAtMs === resetsAtMs
        ? known
        : { left, resetsAtMs, message, modelIds: new Set<string>() }
    entry.left = Math.min(entry.left, left)
    entry.message = message
    addBounded(entry.modelIds, modelId)
    // Set anew, so that the oldest are those not heard of for longest.
    entries.delete(subject)
    entries.set(subject, entry)
    const [oldest] = entries.keys()
    if (entries.size > MAX_SUBJECTS && oldest !== undefined) entries.delete(oldest)
  }

  /** Forgets rules that are not among these any more. */
  keep(rules: ReadonlySet<BudgetRule>): void {
    for (const rule of this.#entries.keys()) if (!rules.has(rule)) this.#entries.delete(rule)
  }

  get isEmpty(): boolean {
    return this.#entries.size === 0
  }

  /** What the rules leave no room for; of a rule without a subject, for any of its subjects. */
  exhausted(
    holding: readonly { readonly rule: BudgetRule; readonly subject?: string | undefined }[],
    request: SizedRequest,
  ): ExhaustedBudgets {
    const found = new Exhaustion()
    for (const { rule, subject } of holding) {
      for (const [name, entry] of this.#entriesOf(rule, subject)) {
        if (entry.resetsAtMs <= request.atMs) this.#entries.get(rule)?.delete(name)
        else judge({ rule, subject: name, entry }, request, found)
      }
    }
    return found.result()
  }

  #entriesOf(rule: BudgetRule, subject: string | undefined): readonly (readonly [string, Entry])[] {
    const entries = this.#entries.get(rule)
    if (entries === undefined) return []
    if (subject === undefined) return [...entries]
    const entry = entries.get(subject)
    return entry === undefined ? [] : [[subject, entry]]
  }
}

function addBounded(ids: Set<string>, id: string): void {
  ids.delete(id)
  ids.add(id)
  const [oldest] = ids
  if (ids.size > MAX_MODELS && oldest !== undefined) ids.delete(oldest)
}

interface Known {
  readonly rule: BudgetRule
  readonly subject: string
  readonly entry: Entry
}

function judge({ rule, subject, entry }: Known, request: SizedRequest, found: Exhaustion): void {
  if (leastAmount(rule, request) > entry.left) {
    found.add(targetOf(rule.scope), subject, entry)
    return
  }
  for (const modelId of entry.modelIds) {
    const call = request.callOf(modelId)
    const amount = call === undefined ? 0 : amountOf(rule.unit, call)
    if (amount === undefined || amount > entry.left) found.add('model', modelId, entry)
  }
}

/** What every call takes, whichever the model: a request, its prompt and a token; some cost nothing. */
function leastAmount({ unit }: BudgetRule, { inputTokens }: SizedRequest): number {
  if (unit === 'requests') return 1
  return unit === 'tokens' ? inputTokens + 1 : 0
}

type Target = 'all' | 'provider' | 'model'

function targetOf(scope: BudgetScope): Target {
  return scope === 'provider' || scope === 'model' ? scope : 'all'
}

class Exhaustion {
  #all = false
  readonly #providers = new Set<string>()
  readonly #models = new Set<string>()
  #reason: ExhaustedBudgets['reason']

  add(target: Target, id: string, { message, resetsAtMs }: Entry): void {
    if (target === 'all') this.#all = true
    else if (target === 'provider') this.#providers.add(id)
    else this.#models.add(id)
    if (resetsAtMs > (this.#reason?.resetsAtMs ?? 0)) this.#reason = { message, resetsAtMs }
  }

  result(): ExhaustedBudgets {
    if (this.#reason === undefined) return NOTHING_EXHAUSTED
    return {
      all: this.#all,
      providers: this.#providers,
      models: this.#models,
      reason: this.#reason,
    }
  }
}
