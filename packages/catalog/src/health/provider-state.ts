import type { HealthStatus } from '@imrs/core'

/** What traffic and list readings say of one provider. */
export type HealthObservation =
  | { readonly type: 'success'; readonly atMs: number }
  | { readonly type: 'failure'; readonly atMs: number; readonly error: string }
  | { readonly type: 'rate-limited'; readonly atMs: number; readonly untilMs: number }

export interface ProviderState {
  readonly status: HealthStatus
  /** Failures without a success between them. */
  readonly failures: number
  /** Successes without a failure between them, counted while not healthy. */
  readonly successes: number
  readonly checkedAtMs: number
  readonly error?: string | undefined
  /** *Auto* passes over the provider until then; 0 when it does not. */
  readonly shunUntilMs: number
  /** Shown as limited until then. */
  readonly limitedUntilMs: number
}

export interface HealthLimits {
  /** Failures in a row that make a provider degraded. */
  readonly degradedAfter: number
  /** Failures in a row that make it down. */
  readonly downAfter: number
  /** Successes in a row that bring it up one step. More than one, so that it does not flap. */
  readonly recoverAfter: number
  /** How long *Auto* passes over a provider that is down before it tries again. */
  readonly shunMs: number
}

export const DEFAULT_HEALTH_LIMITS: HealthLimits = Object.freeze({
  degradedAfter: 2,
  downAfter: 4,
  recoverAfter: 2,
  shunMs: 30_000,
})

export function initialProviderState(atMs: number): ProviderState {
  return {
    status: 'healthy',
    failures: 0,
    successes: 0,
    checkedAtMs: atMs,
    shunUntilMs: 0,
    limitedUntilMs: 0,
  }
}

/** The state after an observation. Pure and total; see `SPEC.md`. */
export function nextProviderState(
  state: ProviderState,
  observation: HealthObservation,
  limits: HealthLimits,
): ProviderState {
  switch (observation.type) {
    case 'success':
      return afterSuccess(state, observation.atMs, limits)
    case 'failure':
      return afterFailure(state, observation, limits)
    case 'rate-limited':
      return {
        ...state,
        checkedAtMs: observation.atMs,
        limitedUntilMs: Math.max(state.limitedUntilMs, observation.untilMs),
      }
  }
}

function afterSuccess(state: ProviderState, atMs: number, limits: HealthLimits): ProviderState {
  if (state.status === 'healthy') {
    return state.failures === 0 ? state : { ...state, failures: 0, checkedAtMs: atMs }
  }
  const successes = state.successes + 1
  const base = { ...state, failures: 0, checkedAtMs: atMs, shunUntilMs: 0 }
  if (successes < limits.recoverAfter) return { ...base, successes }
  return state.status === 'down'
    ? { ...base, status: 'degraded', successes: 0 }
    : { ...base, status: 'healthy', successes: 0, error: undefined }
}

function afterFailure(
  state: ProviderState,
  observation: Extract<HealthObservation, { type: 'failure' }>,
  limits: HealthLimits,
): ProviderState {
  const failures = state.failures + 1
  const status = statusAfter(state.status, failures, limits)
  return {
    ...state,
    status,
    failures,
    successes: 0,
    checkedAtMs: observation.atMs,
    error: observation.error,
    shunUntilMs: status === 'down' ? observation.atMs + limits.shunMs : state.shunUntilMs,
  }
}

/** A failure never makes a provider better: what is down stays down. */
function statusAfter(status: HealthStatus, failures: number, limits: HealthLimits): HealthStatus {
  if (status === 'down' || failures >= limits.downAfter) return 'down'
  return status === 'degraded' || failures >= limits.degradedAfter ? 'degraded' : 'healthy'
}
