import type { CallOptions, ProviderFailure, RouterEvent, Runtime, Store } from '@imrs/core'
import { BUDGETS_TOPIC, ImrsError } from '@imrs/core'

import type { Copies } from '../processes/change-hub.ts'
import { outputTokensOf } from './budget-amounts.ts'
import { actualOf, chargesOf } from './budget-charges.ts'
import type { Charged } from './budget-charges.ts'
import { BudgetRules } from './budget-rules.ts'
import type {
  BudgetPayer,
  BudgetVerdict,
  BudgetedCall,
  FreeCall,
  ReservedCall,
} from './budgeted-call.ts'
import { describeRefusal } from './describe-refusal.ts'
import type { RefusedCharge } from './describe-refusal.ts'
import { NOTHING_EXHAUSTED } from './exhausted-budgets.ts'
import type { ExhaustedBudgets } from './exhausted-budgets.ts'
import { RefusalMemory } from './refusal-memory.ts'
import type { SizedRequest } from './refusal-memory.ts'

/** What becomes of calls that a budget may hold while the store cannot say. */
export type WhenBudgetsUnavailable = 'refuse' | 'allow'

export interface BudgetKeeperOptions {
  readonly store: Pick<Store, 'budgets' | 'changes'>
  readonly runtime: Pick<Runtime, 'now' | 'monotonic'>
  readonly emit: (event: RouterEvent) => void
  readonly whenUnavailable: WhenBudgetsUnavailable
  /** After how long a reservation that nobody settled counts in full: longer than any call, milliseconds. */
  readonly lifetimeMs: number
}

const EXPIRE_EVERY_MS = 30_000
const EXPIRED_AT_ONCE = 500
const FREE: FreeCall = Object.freeze({ kind: 'free' })

/**
 * Keeps calls within the budgets of their tenant: {@link reserve} before each call, and its settlement
 * in the ledger after it. Exact across all processes of one store; what this class remembers only
 * saves asking.
 */
export class BudgetKeeper {
  readonly #options: BudgetKeeperOptions
  readonly #rules: BudgetRules
  readonly #refusals = new RefusalMemory()
  #expiredAt = -Infinity
  #expiring: Promise<void> | undefined
  #isClosed = false

  constructor(options: BudgetKeeperOptions) {
    const { store, runtime } = options
    this.#options = options
    this.#rules = new BudgetRules({
      store,
      runtime,
      onChange: (rules) => this.#refusals.keep(rules),
      onError: (error) => this.#report(error),
    })
  }

  /** Reads the rules, and begins to settle what processes that died left behind. @throws ImrsError `store-unavailable`. */
  async start(): Promise<void> {
    await this.#rules.refresh()
    this.#expireSometimes()
  }

  /** Reads the rules anew, after a change of this process's own. Never rejects: what fails is read later. */
  async changed(): Promise<void> {
    try {
      await this.#rules.refresh()
    } catch (error) {
      this.#report(error)
    }
  }

  /** What the rules were read from, for whoever watches the store. */
  readonly copies: Copies = {
    topics: () => [BUDGETS_TOPIC],
    versionOf: (topic) => (topic === BUDGETS_TOPIC ? this.#rules.version : undefined),
    moved: () => void this.changed(),
  }

  /**
   * Sets aside what a call may take at most. Without a rule that holds it, without any I/O.
   *
   * Before each call, once for each attempt id. After a call that was made, `toSettlement` goes into
   * the batch of the ledger that holds its row; after one that was not, `release` is called.
   *
   * When the store cannot be asked, the call is refused, or let through unreserved where
   * `whenUnavailable` says so; both emit `internal-failed`. A refusal by a rule emits `budget-refused`.
   *
   * @throws the signal's reason when it is aborted; nothing is reserved then.
   */
  async reserve(call: BudgetedCall, options?: CallOptions): Promise<BudgetVerdict> {
    try {
      if (this.#rules.areKnown) this.#rules.recheck()
      else await this.#rules.refresh()
      const holding = this.#rules.holding(call)
      if (holding.length === 0) return FREE
      const { charged, unbearable } = chargesOf(call, holding)
      if (unbearable !== undefined) {
        return this.#refuse(call, { ...unbearable, used: 0, reserved: 0 })
      }
      return charged.length === 0 ? FREE : await this.#take(call, charged, options)
    } catch (error) {
      options?.signal?.throwIfAborted()
      if (!ImrsError.is(error)) throw error
      this.#report(error)
      return this.#options.whenUnavailable === 'allow' ? FREE : refused(UNAVAILABLE)
    }
  }

  /**
   * What budgets leave no room for, for a request of this size, as far as refusals have shown: exact,
   * but for rules that changed within the last second. Without I/O.
   */
  exhausted(payer: BudgetPayer, request: SizedRequest): ExhaustedBudgets {
    if (this.#refusals.isEmpty) return NOTHING_EXHAUSTED
    this.#rules.recheck()
    const own = this.#rules.of(payer.tenantId)
    const others = own.filter(({ scope }) => scope === 'provider' || scope === 'model')
    const holding = [...this.#rules.holdingAll(payer), ...others.map((rule) => ({ rule }))]
    return this.#refusals.exhausted(holding, request)
  }

  /**
   * Counts reservations that expired in full: their processes died, and nobody knows what they used.
   * Runs by itself at the start, and at most every 30 seconds behind a reservation.
   *
   * @throws ImrsError `store-unavailable`.
   */
  async expireOrphans(): Promise<void> {
    const { store, runtime } = this.#options
    this.#expiredAt = runtime.monotonic()
    const given = { atMs: runtime.now(), limit: EXPIRED_AT_ONCE }
    for (;;) {
      const expired = await store.budgets.expire(given)
      if (expired.length < EXPIRED_AT_ONCE || this.#isClosed) return
    }
  }

  /** Resolves when nothing runs behind the scenes. Never rejects. */
  async settled(): Promise<void> {
    await Promise.all([this.#rules.settled(), this.#expiring])
  }

  /** Begins nothing behind the scenes any more, and waits for what runs there. Never rejects. Idempotent. */
  async close(): Promise<void> {
    this.#isClosed = true
    await this.settled()
  }

  async #take(
    call: BudgetedCall,
    charged: readonly Charged[],
    options?: CallOptions,
  ): Promise<BudgetVerdict> {
    const { attemptId: id, tenantId, atMs } = call
    const expiresAtMs = atMs + this.#options.lifetimeMs
    const charges = charged.map(({ charge }) => charge)
    const request = { id, tenantId, charges, expiresAtMs }
    const outcome = await this.#options.store.budgets.reserve(request, options)
    this.#expireSometimes()
    if (outcome.kind === 'reserved') return this.#reserved(call, charged)
    const refusing = charged.find(({ rule }) => rule.id === outcome.ruleId)
    if (refusing === undefined) throw new TypeError(`${outcome.ruleId} refused and was not asked`)
    return this.#refuse(call, { ...outcome, ...refusing, amount: refusing.charge.amount })
  }

  #reserved(call: BudgetedCall, charged: readonly Charged[]): ReservedCall {
    const { tenantId, attemptId: reservationId } = call
    const isBounded = charged.some(({ rule }) => rule.unit !== 'requests')
    return {
      kind: 'reserved',
      maxOutputTokens: isBounded ? outputTokensOf(call) : call.maxOutputTokens,
      toSettlement: (actual) => ({ tenantId, reservationId, actual: actualOf(charged, actual) }),
      release: async () => {
        try {
          await this.#options.store.budgets.release({ tenantId, reservationId })
        } catch (error) {
          this.#report(error)
        }
      },
    }
  }

  #refuse(
    { tenantId, model, atMs }: BudgetedCall,
    charge: Omit<RefusedCharge, 'model'> & { readonly subject: string },
  ): BudgetVerdict {
    const { rule, subject, amount, used, resetsAtMs } = charge
    const message = describeRefusal({ ...charge, model })
    const left = rule.limit - used
    this.#refusals.remember({ rule, subject, modelId: model.id, left, resetsAtMs, message })
    const refusal = { tenantId, ruleId: rule.id, modelId: model.id, resetsAtMs }
    this.#options.emit({ type: 'budget-refused', atMs, ...refusal })
    // Nobody knows when running calls give something back; and some calls never fit.
    const mayFitSoon = amount !== undefined && amount <= left
    const neverFits = amount === undefined || amount > rule.limit
    const waits = mayFitSoon || neverFits ? {} : { retryAfterMs: resetsAtMs - atMs }
    return refused({ kind: 'budget-exhausted', message, ...waits })
  }

  #expireSometimes(): void {
    const isEarly = this.#options.runtime.monotonic() - this.#expiredAt < EXPIRE_EVERY_MS
    if (isEarly || this.#isClosed || this.#expiring !== undefined) return
    this.#expiring = this.expireOrphans()
      .catch((error: unknown) => this.#report(error))
      .finally(() => {
        this.#expiring = undefined
      })
  }

  #report(cause: unknown): void {
    const error = cause instanceof Error ? cause : new Error(String(cause))
    const atMs = this.#options.runtime.now()
    this.#options.emit({ type: 'internal-failed', atMs, part: 'budgets', error })
  }
}

const UNAVAILABLE: ProviderFailure = Object.freeze({
  kind: 'budget-exhausted',
  message: 'Budgets cannot be checked now, and without that no model is called. Try again later.',
})

function refused(failure: ProviderFailure): BudgetVerdict {
  return { kind: 'refused', failure }
}
