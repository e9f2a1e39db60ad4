import type { CallOptions, Model, Store } from '@imrs/core'
import { ImrsError, toModelId } from '@imrs/core'

import { closestNames } from './closest-names.ts'
import type { ResolvedModel, ResolveModel } from './models-contract.ts'

/** How many valid names an error lists. */
const NAMES_IN_ERROR = 8

/** Finds what a name means: exact id, then alias, then an external id that one provider alone has. */
export async function resolveModel(
  store: Store,
  name: ResolveModel,
  options?: CallOptions,
): Promise<ResolvedModel> {
  if (name.provider === undefined) {
    return (await find(store, name.model, options)) ?? (await refuse(store, name, options))
  }
  await assertProvider(store, name.provider, options)
  const found = await findWithin(store, { model: name.model, provider: name.provider }, options)
  return found ?? (await refuse(store, name, options))
}

/** Where a model went by itself: the target of an automatic migration of this id, if there is one. */
export function findMigration(
  store: Store,
  modelId: string,
  options?: CallOptions,
): Promise<ResolvedModel | undefined> {
  return findAlias(store, modelId, options)
}

async function find(
  store: Store,
  name: string,
  options?: CallOptions,
): Promise<ResolvedModel | undefined> {
  const exact = await store.models.get(name, options)
  if (exact !== undefined) return { model: exact }
  const aliased = await findAlias(store, name, options)
  if (aliased !== undefined) return aliased
  const [only, another] = await store.models.findByExternalId(name, options)
  return only === undefined || another !== undefined ? undefined : { model: only }
}

async function findAlias(
  store: Store,
  name: string,
  options?: CallOptions,
): Promise<ResolvedModel | undefined> {
  const alias = await store.models.getAlias(name, options)
  if (alias === undefined || !alias.isAutomatic) return undefined
  const model = await store.models.get(alias.modelId, options)
  if (model === undefined) return undefined
  return alias.reason === 'alias' ? { model } : { model, migratedFrom: name }
}

async function findWithin(
  store: Store,
  name: { readonly model: string; readonly provider: string },
  options?: CallOptions,
): Promise<ResolvedModel | undefined> {
  const id = toModelId({ providerId: name.provider, externalId: name.model })
  const exact = await store.models.get(id, options)
  if (exact !== undefined) return { model: exact }
  const anywhere = (await findAlias(store, id, options)) ?? (await find(store, name.model, options))
  if (anywhere === undefined) return undefined
  if (anywhere.model.providerId === name.provider) return anywhere
  throw new ImrsError(
    'model-provider-mismatch',
    `${name.model} is a model of ${anywhere.model.providerId}, not of ${name.provider}. ` +
      (await validNames(store, name, options)),
    { field: 'provider' },
  )
}

async function assertProvider(
  store: Store,
  providerId: string,
  options?: CallOptions,
): Promise<void> {
  const providers = await store.providers.list(options)
  if (providers.some((provider) => provider.id === providerId)) return
  const ids = providers.map((provider) => provider.id).join(', ')
  throw new ImrsError(
    'unknown-provider',
    `There is no provider ${JSON.stringify(providerId)}. Valid ones: ${ids}.`,
    { field: 'provider' },
  )
}

async function refuse(store: Store, name: ResolveModel, options?: CallOptions): Promise<never> {
  const several = await store.models.findByExternalId(name.model, options)
  if (several.length > 1 && name.provider === undefined) {
    const ids = several.map((model) => model.id).join(', ')
    throw new ImrsError('unknown-model', `${name.model} could be any of: ${ids}.`, {
      field: 'model',
    })
  }
  const moved = await store.models.getAlias(name.model, options)
  const hint = moved === undefined ? '' : ` Its successor is ${moved.modelId}.`
  const of = name.provider === undefined ? '' : ` of ${name.provider}`
  throw new ImrsError(
    'unknown-model',
    `There is no model ${JSON.stringify(name.model)}${of}.${hint} ` +
      (await validNames(store, name, options)),
    { field: 'model' },
  )
}

async function validNames(
  store: Store,
  name: ResolveModel,
  options?: CallOptions,
): Promise<string> {
  const filter = { providerId: name.provider, modelType: 'chat', isAvailable: true } as const
  const { items } = await store.models.list({ ...filter, limit: 200 }, options)
  const total = await store.models.count(filter, options)
  const ids = closestNames(name.model, items.map(idOf)).slice(0, NAMES_IN_ERROR)
  const more = total > ids.length ? ` and ${total - ids.length} more` : ''
  return ids.length === 0 ? 'No model is known yet.' : `Valid ones: ${ids.join(', ')}${more}.`
}

function idOf(model: Model): string {
  return model.id
}
