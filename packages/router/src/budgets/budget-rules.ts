import type { BudgetRule, BudgetScope, Runtime, Store } from '@imrs/core'
import { BUDGETS_TOPIC, BUDGET_SCOPES, EACH_SUBJECT } from '@imrs/core'

import type { BudgetPayer, BudgetedCall } from './budgeted-call.ts'

/** A rule that holds a call, and for whom it counts there. */
export interface HoldingRule {
  readonly rule: BudgetRule
  /** Never `*`. */
  readonly subject: string
}

export interface BudgetRulesOptions {
  readonly store: Pick<Store, 'budgets' | 'changes'>
  readonly runtime: Pick<Runtime, 'monotonic'>
  /** Told the rules there are now. */
  readonly onChange: (rules: ReadonlySet<BudgetRule>) => void
  /** Told when another process's changes could not be looked for. */
  readonly onError: (error: unknown) => void
}

/** How old the rules may grow before the store is asked, behind the scenes, whether they still hold. */
const RECHECK_MS = 1_000

/** The subjects of a call, by scope. */
type Subjects = Readonly<Partial<Record<BudgetScope, string | undefined>>>

/**
 * The rules of all tenants, as this process knows them: its own changes at once, those of others when
 * the store tells of them, and after a second at most. A rule that did not change stays the same object.
 */
export class BudgetRules {
  readonly #options: BudgetRulesOptions
  #byTenant: ReadonlyMap<string, readonly BudgetRule[]> = new Map()
  /** By tenant, scope and subject. */
  #bySubject: ReadonlyMap<string, readonly BudgetRule[]> = new Map()
  #version: number | undefined
  #checkedAt = 0
  #checking: Promise<void> | undefined

  constructor(options: BudgetRulesOptions) {
    this.#options = options
  }

  /** What they were read from; `undefined` before. */
  get version(): number | undefined {
    return this.#version
  }

  /** Whether they were read. */
  get areKnown(): boolean {
    return this.#version !== undefined
  }

  /** The rules that hold a call. */
  holding({ tenantId, agentId, userId, model }: BudgetedCall): readonly HoldingRule[] {
    const { providerId: provider, id } = model
    return this.#fitting(tenantId, {
      ...payerOf({ tenantId, agentId, userId }),
      provider,
      model: id,
    })
  }

  /** Those that hold every call of the payer's. */
  holdingAll(payer: BudgetPayer): readonly HoldingRule[] {
    return this.#fitting(payer.tenantId, payerOf(payer))
  }

  /** Those of a tenant. */
  of(tenantId: string): readonly BudgetRule[] {
    return this.#byTenant.get(tenantId) ?? []
  }

  /** Reads them anew. @throws ImrsError `store-unavailable`. */
  async refresh(): Promise<void> {
    const { store, runtime } = this.#options
    this.#checkedAt = runtime.monotonic()
    // The version first: a change that comes in between is seen as newer, and read again.
    const [version = 0] = await store.changes.versions([BUDGETS_TOPIC])
    const rules = await store.budgets.list()
    if (version >= (this.#version ?? 0)) this.#take(rules, version)
  }

  /** Asks the store, without making anyone wait, whether another process changed something. */
  recheck(): void {
    const now = this.#options.runtime.monotonic()
    if (this.#checking !== undefined || now - this.#checkedAt < RECHECK_MS) return
    this.#checkedAt = now
    this.#checking = this.#check()
      .catch((error: unknown) => this.#options.onError(error))
      .finally(() => {
        this.#checking = undefined
      })
  }

  /** Resolves when nothing is being looked for. */
  async settled(): Promise<void> {
    await this.#checking
  }

  async #check(): Promise<void> {
    const [version] = await this.#options.store.changes.versions([BUDGETS_TOPIC])
    if (version !== this.#version) await this.refresh()
  }

  #take(given: readonly BudgetRule[], version: number): void {
    const known = new Map([...this.#byTenant.values()].flat().map((rule) => [keyOf(rule), rule]))
    const rules = given.map((rule) => {
      const before = known.get(keyOf(rule))
      return before !== undefined && isSame(before, rule) ? before : rule
    })
    this.#version = version
    this.#options.onChange(new Set(rules))
    this.#byTenant = Map.groupBy(rules, (rule) => rule.tenantId)
    this.#bySubject = Map.groupBy(rules, ({ tenantId, scope, subject }) =>
      subjectKey(tenantId, scope, subject),
    )
  }

  #fitting(tenantId: string, subjects: Subjects): readonly HoldingRule[] {
    // Most requests of most hosts end here.
    if (!this.#byTenant.has(tenantId)) return []
    const holding: HoldingRule[] = []
    for (const scope of BUDGET_SCOPES) {
      const subject = subjects[scope]
      if (subject === undefined) continue
      for (const named of subject === EACH_SUBJECT ? [subject] : [subject, EACH_SUBJECT]) {
        const rules = this.#bySubject.get(subjectKey(tenantId, scope, named)) ?? []
        for (const rule of rules) holding.push({ rule, subject })
      }
    }
    return holding
  }
}

function payerOf({ tenantId, agentId, userId }: BudgetPayer): Subjects {
  return { tenant: tenantId, agent: agentId, user: userId }
}

function keyOf({ tenantId, id }: BudgetRule): string {
  return JSON.stringify([tenantId, id])
}

function subjectKey(tenantId: string, scope: BudgetScope, subject: string): string {
  return JSON.stringify([tenantId, scope, subject])
}

function isSame(left: BudgetRule, right: BudgetRule): boolean {
  return (
    left.scope === right.scope &&
    left.subject === right.subject &&
    left.unit === right.unit &&
    left.period === right.period &&
    left.limit === right.limit &&
    left.updatedAtMs === right.updatedAtMs
  )
}
