import type { BreakerReport } from './breakers.ts'

/** The breakers of this process. */
export interface BreakersApi {
  /** Every breaker that is open or half-open, as plain data with times on the wall clock. */
  list(): readonly BreakerReport[]
  /**
   * Takes over what {@link list} gave, here or in another process. What is known here of the same
   * model and key wins.
   */
  restore(reports: readonly BreakerReport[]): void
}
