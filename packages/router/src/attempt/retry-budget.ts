import type { Runtime } from '@imrs/core'

export interface RetryBudgetOptions {
  readonly runtime: Runtime
  /** Repetitions earned by each call that is none. */
  readonly budgetShare: number
  /** Repetitions earned by a second's time. */
  readonly budgetPerSecond: number
}

/** What a provider can have earned at most: ten seconds' worth of time, and a hundred repetitions by calls. */
const SECONDS_KEPT = 10
const CALLS_KEPT = 100

interface Account {
  byTime: number
  byCalls: number
  updatedAtMs: number
}

/**
 * How many repetitions each provider may still be asked for. Calls and time earn them, repetitions
 * spend them, so that during an outage traffic grows by the share and no more. After Finagle's
 * `RetryBudget`. One process; bounded by the number of providers.
 */
export class RetryBudget {
  readonly #options: RetryBudgetOptions
  readonly #accounts = new Map<string, Account>()

  constructor(options: RetryBudgetOptions) {
    this.#options = options
  }

  /** A call that repeats nothing was made. */
  earned(providerId: string): void {
    const account = this.#account(providerId)
    account.byCalls = Math.min(CALLS_KEPT, account.byCalls + this.#options.budgetShare)
  }

  /** Whether there is a repetition left; takes none. */
  hasOne(providerId: string): boolean {
    const { byTime, byCalls } = this.#account(providerId)
    return byTime >= 1 || byCalls >= 1
  }

  /** Takes a repetition, if there is one left. */
  take(providerId: string): boolean {
    const account = this.#account(providerId)
    if (account.byTime >= 1) account.byTime -= 1
    else if (account.byCalls >= 1) account.byCalls -= 1
    else return false
    return true
  }

  #account(providerId: string): Account {
    const { runtime, budgetPerSecond } = this.#options
    const now = runtime.monotonic()
    const most = budgetPerSecond * SECONDS_KEPT
    const known = this.#accounts.get(providerId)
    const account = known ?? { byTime: most, byCalls: 0, updatedAtMs: now }
    if (known === undefined) this.#accounts.set(providerId, account)
    const seconds = (now - account.updatedAtMs) / 1000
    account.byTime = Math.min(most, account.byTime + seconds * budgetPerSecond)
    account.updatedAtMs = now
    return account
  }
}
