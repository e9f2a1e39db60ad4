import type { CostTierBounds, ListedModel, Model } from '@imrs/core'
import { DEFAULT_PRIORITY, costTierOf, toModelId } from '@imrs/core'

import type { ModelSeed } from './models-contract.ts'

/** What reading a list needs to know beside the list. */
export interface ListReading {
  /** Names for people by model id, for lists that have none. */
  readonly names: ReadonlyMap<string, string>
  readonly costTierBounds: CostTierBounds
}

export interface ToModelContext extends ListReading {
  readonly providerId: string
  readonly atMs: number
}

/** A row of a provider's list as a catalogue row; what only people set gets its default. */
export function toModel(listed: ListedModel, context: ToModelContext): Model {
  const { providerId, atMs, names, costTierBounds } = context
  const id = toModelId({ providerId, externalId: listed.externalId })
  const isNameless = listed.displayName === listed.externalId
  return {
    ...listed,
    id,
    displayName: isNameless ? (names.get(id) ?? listed.displayName) : listed.displayName,
    providerId,
    priority: DEFAULT_PRIORITY,
    costTier: costTierOf(listed.pricing, costTierBounds),
    domains: [],
    origin: 'sync',
    syncedAtMs: atMs,
    createdAtMs: atMs,
    updatedAtMs: atMs,
  }
}

export type SeedContext = Pick<ToModelContext, 'atMs' | 'costTierBounds'>

/** A seed as a catalogue row. A retired one is there, unavailable, and says what succeeded it. */
export function fromSeed(seed: ModelSeed, { atMs, costTierBounds }: SeedContext): Model {
  const pricing = seed.pricing ?? {}
  return {
    id: toModelId(seed),
    providerId: seed.providerId,
    externalId: seed.externalId,
    displayName: seed.displayName,
    description: seed.description,
    modelType: 'chat',
    capabilities: seed.capabilities ?? ['text'],
    contextLength: seed.contextLength,
    maxOutputTokens: seed.maxOutputTokens,
    pricing,
    costTier: costTierOf(pricing, costTierBounds),
    priority: seed.priority ?? DEFAULT_PRIORITY,
    domains: [],
    origin: 'code',
    metadata: {},
    createdAtMs: atMs,
    updatedAtMs: atMs,
    ...retirement(seed, atMs),
  }
}

type Retirement = Pick<Model, 'isAvailable' | 'unavailableReason' | 'expiresAtMs' | 'successorId'>

function retirement(seed: ModelSeed, atMs: number): Retirement {
  if (seed.retired === undefined) return { isAvailable: true }
  const { atMs: expiresAtMs, successorId } = seed.retired
  if (expiresAtMs > atMs) return { isAvailable: true, expiresAtMs, successorId }
  const day = new Date(expiresAtMs).toISOString().slice(0, 10)
  const after = successorId === undefined ? '' : `; its successor is ${successorId}`
  return {
    isAvailable: false,
    unavailableReason: `Its provider stopped serving it on ${day}${after}.`,
    expiresAtMs,
    successorId,
  }
}
