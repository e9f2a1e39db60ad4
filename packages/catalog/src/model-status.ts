import type { Model, ModelInfo, Provider } from '@imrs/core'

import type { ProviderState } from './health/provider-state.ts'
import type { CredentialStatus } from './providers-contract.ts'

/** What is known of a provider when the list is made. */
export interface ProviderView {
  readonly provider: Provider
  readonly credential: CredentialStatus
  /** `undefined` when nothing was observed yet. */
  readonly state: ProviderState | undefined
  /** Why its models are those of an earlier reading; `undefined` when the last one worked. */
  readonly staleBecause?: string | undefined
}

export interface ModelStatus {
  readonly status: ModelInfo['status']
  /** Why it is not simply available, for people. */
  readonly errorMessage?: string | undefined
}

/** Whether a model can be used now; the reason that is hardest to get around comes first. */
export function modelStatusOf(
  model: Model,
  view: ProviderView | undefined,
  atMs: number,
): ModelStatus {
  if (view === undefined) return unavailable('Its provider is not known.')
  const why = unavailableBecause(model, view)
  if (why !== undefined) return unavailable(why)
  if (isLimited(view.state, atMs)) return { status: 'limited', errorMessage: view.state?.error }
  return isDeprecated(model)
    ? { status: 'deprecated', errorMessage: deprecation(model) }
    : { status: 'available' }
}

function unavailable(errorMessage: string): ModelStatus {
  return { status: 'unavailable', errorMessage }
}

function unavailableBecause(
  model: Model,
  { provider, credential, state }: ProviderView,
): string | undefined {
  if (!provider.isActive) return 'Its provider is switched off.'
  if (!model.isAvailable) return model.unavailableReason ?? 'Its provider does not offer it now.'
  if (!credential.isPresent) {
    return `${provider.displayName} has no key. ${credential.instruction ?? ''}`.trim()
  }
  return state?.status === 'down' ? `${provider.displayName} is not reachable.` : undefined
}

function isLimited(state: ProviderState | undefined, atMs: number): boolean {
  return state !== undefined && (state.status === 'degraded' || state.limitedUntilMs > atMs)
}

function isDeprecated(model: Model): boolean {
  return model.expiresAtMs !== undefined || model.successorId !== undefined
}

function deprecation({ expiresAtMs, successorId }: Model): string {
  const until =
    expiresAtMs === undefined ? '' : ` until ${new Date(expiresAtMs).toISOString().slice(0, 10)}`
  const after = successorId === undefined ? '' : `; its successor is ${successorId}`
  return `Served${until}${after}.`
}
