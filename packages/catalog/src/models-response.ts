import type { Model, ModelInfo, ModelsProviderInfo, ModelsResponse } from '@imrs/core'
import { perTokenFromPerMillion } from '@imrs/core'

import { modelStatusOf } from './model-status.ts'
import type { ProviderView } from './model-status.ts'

export interface ModelsView {
  readonly models: readonly Model[]
  /** When models appeared in a list that was read before, by id. */
  readonly addedAtMs: ReadonlyMap<string, number>
  readonly providers: readonly ProviderView[]
  readonly atMs: number
  readonly cacheHit: boolean
  /** Providers for which the caller's own key was used. */
  readonly userProvidedKeys?: readonly string[] | undefined
}

const WIRE_HEALTH = { healthy: 'healthy', degraded: 'degraded', down: 'error' } as const

/** The catalogue in the form of `GET /api/models`. */
export function toModelsResponse(view: ModelsView): ModelsResponse {
  const providers = new Map(view.providers.map((entry) => [entry.provider.id, entry]))
  const models = view.models.map((model) =>
    toModelInfo(model, providers.get(model.providerId), view),
  )
  const counts = countByProvider(view.models)
  const synced = view.providers.flatMap(({ provider }) => provider.lastSyncedAtMs ?? [])
  return {
    models,
    metadata: {
      lastUpdated: iso(synced.length === 0 ? view.atMs : Math.max(...synced)),
      providers: Object.fromEntries(
        view.providers.map((entry) => {
          const { id } = entry.provider
          return [id, toProviderInfo(entry, counts.get(id) ?? 0)]
        }),
      ),
      totalModels: models.length,
      cacheHit: view.cacheHit,
      ...(view.userProvidedKeys === undefined || view.userProvidedKeys.length === 0
        ? {}
        : { userProvidedKeys: view.userProvidedKeys }),
    },
  }
}

function toModelInfo(model: Model, view: ProviderView | undefined, list: ModelsView): ModelInfo {
  const { status, errorMessage } = modelStatusOf(model, view, list.atMs)
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
    addedAt: isoOf(list.addedAtMs.get(model.id)),
    errorMessage,
    providerHealth: health ?? 'healthy',
    pricing: pricingOf(model),
    rateLimit: rateLimitOf(view),
  })
}

function toProviderInfo(view: ProviderView, modelCount: number): ModelsProviderInfo {
  const { provider, state } = view
  return compact({
    status: providerStatus(view),
    lastChecked: iso(state?.checkedAtMs ?? provider.lastSyncedAtMs ?? provider.updatedAtMs),
    modelCount,
    error: providerError(view),
  })
}

/** A list that could not be read again is not an outage, but not healthy either. */
function providerStatus(view: ProviderView): ModelsProviderInfo['status'] {
  if (!view.credential.isPresent) return 'error'
  const status = WIRE_HEALTH[view.state?.status ?? 'healthy']
  return status === 'healthy' && view.staleBecause !== undefined ? 'degraded' : status
}

function providerError({
  credential,
  state,
  staleBecause,
  provider,
}: ProviderView): string | undefined {
  if (!credential.isPresent) return `No key. ${credential.instruction ?? ''}`.trim()
  if (staleBecause !== undefined) return `${staleNote(provider.lastSyncedAtMs)} ${staleBecause}`
  return state?.status === 'healthy' ? undefined : state?.error
}

function staleNote(lastSyncedAtMs: number | undefined): string {
  return lastSyncedAtMs === undefined
    ? 'The list could not be read yet:'
    : `The models are those of ${iso(lastSyncedAtMs)}, as the list could not be read again:`
}

function countByProvider(models: readonly Model[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { providerId } of models) counts.set(providerId, (counts.get(providerId) ?? 0) + 1)
  return counts
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

function isoOf(atMs: number | undefined): string | undefined {
  return atMs === undefined ? undefined : iso(atMs)
}

/** Leaves out what is `undefined`, as it would be in JSON. */
function compact<Value extends object>(value: Value): Value {
  return Object.fromEntries(
    Object.entries(value).filter(([, field]) => field !== undefined),
  ) as Value
}
