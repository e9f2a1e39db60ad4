import type { ModelAlias, Provider, ProviderDefinition, Store } from '@imrs/core'
import { ConfigError, isProviderId, toModelId, vaultPathOf } from '@imrs/core'

import type { ModelSeed } from './models-contract.ts'
import { fromSeed } from './to-model.ts'
import type { SeedContext } from './to-model.ts'

export interface SeedOptions extends SeedContext {
  readonly store: Store
  readonly definitions: readonly ProviderDefinition[]
  readonly models: readonly ModelSeed[]
}

/** Writes what the host's code declares. Idempotent; a model that a list has confirmed since is left as it is. */
export async function seedStore(options: SeedOptions): Promise<void> {
  assertDistinct(options.definitions)
  for (const definition of options.definitions) {
    await options.store.providers.put(toProvider(definition, options.atMs))
    for (const alias of definition.aliases ?? []) {
      const target = { providerId: definition.provider.id, externalId: alias.externalId }
      await putAlias(options, { name: alias.name, modelId: toModelId(target) })
    }
  }
  for (const seed of options.models) await seedModel(options, seed)
}

async function seedModel(options: SeedOptions, seed: ModelSeed): Promise<void> {
  const model = fromSeed(seed, options)
  if (!options.definitions.some((definition) => definition.provider.id === seed.providerId)) {
    throw new ConfigError(
      `\`models\`: ${model.id} names provider ${seed.providerId}, which \`providers\` does not have`,
    )
  }
  const stored = await options.store.models.get(model.id)
  const isConfirmed = stored?.syncedAtMs !== undefined
  if (stored === undefined || (stored.origin === 'code' && !isConfirmed)) {
    await options.store.models.put(model)
  }
  for (const name of seed.aliases ?? []) await putAlias(options, { name, modelId: model.id })
}

async function putAlias(
  options: SeedOptions,
  alias: Pick<ModelAlias, 'name' | 'modelId'>,
): Promise<void> {
  const stored = await options.store.models.getAlias(alias.name)
  if (stored?.modelId === alias.modelId && stored.reason === 'alias') return
  await options.store.models.putAlias({
    ...alias,
    reason: 'alias',
    isAutomatic: true,
    createdAtMs: options.atMs,
  })
}

function toProvider({ provider, family }: ProviderDefinition, atMs: number): Provider {
  if (!isProviderId(provider.id)) {
    throw new ConfigError(
      `\`providers\`: an id must be 1 to 50 lower-case letters, digits, _ or -, got ${JSON.stringify(provider.id)}`,
    )
  }
  return {
    ...provider,
    ...(family.needsCredential === false ? {} : { apiKeyVaultPath: vaultPathOf(provider.id) }),
    isActive: true,
    origin: 'code',
    createdAtMs: atMs,
    updatedAtMs: atMs,
  }
}

function assertDistinct(definitions: readonly ProviderDefinition[]): void {
  const seen = new Set<string>()
  for (const { provider } of definitions) {
    if (seen.has(provider.id)) {
      throw new ConfigError(`\`providers\`: ${provider.id} is there twice; give one another \`id\``)
    }
    seen.add(provider.id)
  }
}
