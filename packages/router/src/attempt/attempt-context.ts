import type { CatalogHandle } from '@imrs/catalog'
import type { RouterEvent, Runtime } from '@imrs/core'

import type { BudgetKeeper } from '../budgets/budget-keeper.ts'
import type { RequestObserver } from '../observe/request-observer.ts'
import type { Plan } from '../plan/plan.ts'
import type { PreparedRequest } from '../prepare/prepared-request.ts'
import type { ResolvedAttemptOptions } from './attempt-options.ts'
import type { Breakers } from './breaker/breakers.ts'
import type { FirstPartTimes } from './first-part-times.ts'
import type { RetryBudget } from './retry-budget.ts'
import type { SharedPace } from './shared-pace.ts'

/** What carrying out needs of the router. */
export interface AttemptContext {
  readonly runtime: Runtime
  readonly catalog: CatalogHandle
  readonly options: ResolvedAttemptOptions
  readonly pace: Pick<SharedPace, 'take'>
  readonly breakers: Breakers
  readonly retryBudget: RetryBudget
  readonly budgets: Pick<BudgetKeeper, 'reserve'>
  readonly firstPartTimes: FirstPartTimes
  readonly emit: (event: RouterEvent) => void
}

/** One answer to be made. */
export interface AttemptJob {
  readonly prepared: PreparedRequest
  readonly plan: Plan
  /** Any of them ends it: the caller's, and the router's own end. */
  readonly signals: readonly AbortSignal[]
  /** Who watches. Default: nobody does. */
  readonly observer?: RequestObserver | undefined
}
