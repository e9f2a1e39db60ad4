/** What budgets leave no room for, as far as is known without asking the store. */
export interface ExhaustedBudgets {
  /** Every model. */
  readonly all: boolean
  /** Ids of providers, every model of theirs. */
  readonly providers: ReadonlySet<string>
  /** Ids of models. */
  readonly models: ReadonlySet<string>
  /** What the refusal that lasts longest said; `undefined` when nothing is exhausted. */
  readonly reason?: { readonly message: string; readonly resetsAtMs: number } | undefined
}

export const NOTHING_EXHAUSTED: ExhaustedBudgets = Object.freeze({
  all: false,
  providers: new Set<string>(),
  models: new Set<string>(),
})
