import type {
  HealthStatus,
  Model,
  ModelInfo,
  ModelsProviderInfo,
  ModelsResponse,
  Provider,
} from '@imrs/core'
import { perTokenFromPerMillion } from '@imrs/core'
import type { CredentialStatus } from './catalog.ts'
import type { ProviderState } from './health/provider-state.ts'

/** What is known of a provider when the list is made. */
export interface ProviderView {
  readonly provider: Provider
  readonly credential: CredentialStatus
  readonly state: ProviderState | undefined
}

export interface ModelsView {
  readonly models: readonly Model[]
  readonly providers: readonly ProviderView[]
  readonly atMs: number
  readonly cacheHit: boolean
}

const WIRE_HEALTH = { healthy: 'healthy', degraded: 'degraded', down: 'error' } as const

/** The catalogue in the form of `GET /api/models`. */
export function toModelsResponse(view: ModelsView): ModelsResponse {
  const providers = new Map(view.providers.map((entry) => [entry.provider.id, entry]))
  const models = view.models.map((model) => toModelInfo(model, providers.get(model.providerId), view))
  const synced = view.providers.flatMap(({ provider }) => provider.lastSyncedAtMs ?? [])
  return {
    models,
    metadata: {
      lastUpdated: iso(synced.length === 0 ? view.atMs : Math.max(...synced)),
      providers: Object.fromEntries(
        view.providers.map((entry) => [entry.provider.id, toProviderInfo(entry, view)]),
      ),
      totalModels: models.length,
      cacheHit: view.cacheHit,
    },
  }
}

function toModelInfo(model: Model, view: ProviderView | undefined, list: ModelsView): ModelInfo {
  const { status, errorMessage } = statusOf(model, view, list.atMs)
  const health = view?.state?.status
  return compact({
    id: model.id,
    provider: view?.provider.displayName ?? model.providerId,
    name: model.displayName,
    description: model.description,
    capabilities: model.capabilities,
    premium: isPositive(model.pricing.input) || isPositive(model.pricing.output),
    vision: model.capabilities.includes('vision'),
    contextMax: model.contextLength,
    status,
    lastChecked: iso(lastChecked(model, view)),
    errorMessage,
    providerHealth: health ?? 'healthy',
    pricing: pricingOf(model),
    rateLimit: rateLimitOf(view),
  })
}

interface Status {
  readonly status: ModelInfo['status']
  readonly errorMessage?: string | undefined
}

function statusOf(model: Model, view: ProviderView | undefined, atMs: number): Status {
  if (view === undefined || !view.provider.isActive) {
    return { status: 'unavailable', errorMessage: 'Its provider is switched off.' }
  }
  if (!model.isAvailable) {
    return { status: 'unavailable', errorMessage: model.unavailableReason ?? 'Not offered now.' }
  }
  if (!view.credential.isPresent) {
    return {
      status: 'unavailable',
      errorMessage: `${view.provider.displayName} has no key. ${view.credential.instruction ?? ''}`.trim(),
    }
  }
  const health: HealthStatus = view.state?.status ?? 'healthy'
  if (health === 'down') {
    return { status: 'unavailable', errorMessage: `${view.provider.displayName} is not reachable.` }
  }
  if (health === 'degraded' || (view.state?.limitedUntilMs ?? 0) > atMs) {
    return { status: 'limited', errorMessage: view.state?.error }
  }
  if (model.expiresAtMs !== undefined || model.successorId !== undefined) {
    return { status: 'deprecated', errorMessage: deprecation(model) }
  }
  return { status: 'available' }
}

function deprecation(model: Model): string {
  const until = model.expiresAtMs === undefined ? '' : ` until ${iso(model.expiresAtMs).slice(0, 10)}`
  const after = model.successorId === undefined ? '' : `; its successor is ${model.successorId}`
  return `Served${until}${after}.`
}

function toProviderInfo(view: ProviderView, list: ModelsView): ModelsProviderInfo {
  const { provider, state, credential } = view
  const missing = credential.isPresent ? undefined : `No key. ${credential.instruction ?? ''}`.trim()
  return compact({
    status: credential.isPresent ? WIRE_HEALTH[state?.status ?? 'healthy'] : 'error',
    lastChecked: iso(state?.checkedAtMs ?? provider.lastSyncedAtMs ?? provider.updatedAtMs),
    modelCount: list.models.filter((model) => model.providerId === provider.id).length,
    error: missing ?? (state?.status === 'healthy' ? undefined : state?.error),
  })
}

function lastChecked(model: Model, view: ProviderView | undefined): number {
  return Math.max(model.syncedAtMs ?? model.updatedAtMs, view?.state?.checkedAtMs ?? 0)
}

function pricingOf({ pricing }: Model): ModelInfo['pricing'] {
  if (pricing.input === undefined && pricing.output === undefined) return undefined
  return compact({
    input: pricing.input === undefined ? undefined : perTokenFromPerMillion(pricing.input),
    output: pricing.output === undefined ? undefined : perTokenFromPerMillion(pricing.output),
    currency: 'USD',
  })
}

function rateLimitOf(view: ProviderView | undefined): ModelInfo['rateLimit'] {
  const requestsPerMinute = view?.provider.rateLimitRpm
  return requestsPerMinute === undefined ? undefined : { requestsPerMinute }
}

function isPositive(price: string | undefined): boolean {
  return price !== undefined && Number(price) > 0
}

function iso(atMs: number): string {
  return new Date(atMs).toISOString()
}

/** Leaves out what is `undefined`, as it would be in JSON. */
function compact<Value extends object>(value: Value): Value {
  return Object.fromEntries(
    Object.entries(value).filter(([, field]) => field !== undefined),
  ) as Value
}
