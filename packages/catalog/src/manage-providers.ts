import type {
  CallOptions,
  ListedModel,
  Provider,
  ProviderAdapter,
  RouterEvent,
  Runtime,
  SecretStore,
  Store,
} from '@imrs/core'
import {
  ImrsError,
  ProviderError,
  changedProvider,
  parseBody,
  providerPolicySchema,
  providerSchema,
  vaultPathOf,
} from '@imrs/core'

import type { Connections } from './connections.ts'
import { referenceOf } from './connections.ts'
import type {
  NewProvider,
  ProviderChanges,
  ProviderTrial,
  ProvidersApi,
} from './providers-contract.ts'

export interface ManageContext {
  readonly store: Store
  readonly secrets: SecretStore
  readonly runtime: Runtime
  readonly connections: Connections
  readonly allowPrivateNetworks: boolean
  readonly emit: (event: RouterEvent) => void
  readonly get: (providerId: string, options?: CallOptions) => Promise<Provider>
}

/** How many models a trial names. */
const TRIAL_EXAMPLES = 5

/** Making, changing and trying providers at run time. */
export function manageProviders(
  context: ManageContext,
): Pick<ProvidersApi, 'create' | 'update' | 'try'> {
  return {
    create: (provider, options) => create(context, provider, options),
    update: (providerId, changes, options) => update(context, { providerId, changes }, options),
    try: (provider, options) => tryProvider(context, provider, options),
  }
}

async function create(
  context: ManageContext,
  input: NewProvider,
  options?: CallOptions,
): Promise<Provider> {
  const { store, secrets } = context
  const provider = toProvider(context, input)
  if ((await store.providers.get(provider.id, options)) !== undefined) {
    throw new ImrsError('conflict', `There is a provider ${provider.id} already.`, { field: 'id' })
  }
  const reference = referenceOf(provider)
  if (input.apiKey !== undefined) await secrets.write(reference, input.apiKey, options)
  try {
    const audit = { by: input.by, atMs: provider.createdAtMs }
    await store.providers.put(provider, { ...options, audit })
  } catch (error) {
    if (input.apiKey !== undefined) await secrets.remove(reference)
    throw error
  }
  announce(context, provider, 'created')
  return provider
}

async function update(
  context: ManageContext,
  { providerId, changes }: { readonly providerId: string; readonly changes: ProviderChanges },
  options?: CallOptions,
): Promise<Provider> {
  const { store, secrets, runtime } = context
  const { apiKey, by, ...fields } = changes
  const stored = await context.get(providerId, options)
  const change = { set: fields, by, atMs: runtime.now() }
  // What would come of it is checked before anything is written, the key included.
  const { apiBase } = checked(context, changedProvider(stored, change))
  const set = fields.apiBase === undefined ? fields : { ...fields, apiBase }
  if (apiKey === undefined) await refuseNewPlace(context, { stored, apiBase }, options)
  const keyWritten = apiKey === undefined ? undefined : true
  if (apiKey !== undefined) await secrets.write(referenceOf(stored), apiKey, options)
  const provider = await store.providers.update(providerId, { ...change, set, keyWritten }, options)
  if (provider === undefined) return context.get(providerId, options)
  announce(context, provider, changeOf(stored, provider))
  return provider
}

/**
 * A key that nobody can read must not be sent to whatever address somebody types: one that moves to
 * another place is given again.
 */
async function refuseNewPlace(
  { secrets }: ManageContext,
  { stored, apiBase }: { readonly stored: Provider | undefined; readonly apiBase: string },
  options?: CallOptions,
): Promise<void> {
  if (stored === undefined || placeOf(stored.apiBase) === placeOf(apiBase)) return
  if ((await secrets.read(referenceOf(stored), options)) === undefined) return
  throw new ImrsError(
    'invalid-request',
    '`apiKey`: must be given again, as the provider moves to another address',
    { field: 'apiKey' },
  )
}

function placeOf(apiBase: string): string {
  return URL.canParse(apiBase) ? new URL(apiBase).origin : apiBase
}

function changeOf(before: Provider, after: Provider): 'updated' | 'activated' | 'deactivated' {
  if (before.isActive === after.isActive) return 'updated'
  return after.isActive ? 'activated' : 'deactivated'
}

async function tryProvider(
  context: ManageContext,
  input: NewProvider,
  options?: CallOptions,
): Promise<ProviderTrial> {
  const provider = toProvider(context, input)
  const credential = input.apiKey ?? (await storedKey(context, provider, options))
  const family = context.connections.familyOf(provider)
  const adapter = family.connect({ provider, credential, runtime: context.runtime })
  try {
    await adapter.checkCredential(options)
    return toTrial(await readAll(adapter, options))
  } catch (error) {
    if (!ProviderError.is(error)) throw error
    return { ok: false, failureKind: error.failure.kind, message: error.message }
  }
}

/** The key of a provider that is there at the same address, else one that lies ready for a new one. */
async function storedKey(
  context: ManageContext,
  provider: Provider,
  options?: CallOptions,
): Promise<string | undefined> {
  const stored = await context.store.providers.get(provider.id, options)
  await refuseNewPlace(context, { stored, apiBase: provider.apiBase }, options)
  return context.secrets.read(referenceOf(stored ?? provider), options)
}

async function readAll(
  adapter: ProviderAdapter,
  options?: CallOptions,
): Promise<readonly ListedModel[]> {
  const models: ListedModel[] = []
  for await (const page of adapter.listModels(options)) models.push(...page.models)
  return models
}

function toTrial(models: readonly ListedModel[]): ProviderTrial {
  const chat = models.filter((model) => model.modelType === 'chat' && model.isAvailable)
  return {
    ok: true,
    models: models.length,
    chatModels: chat.length,
    examples: chat.slice(0, TRIAL_EXAMPLES).map((model) => model.externalId),
  }
}

function toProvider(context: ManageContext, input: NewProvider): Provider {
  const { runtime, connections } = context
  const atMs = runtime.now()
  const { id, providerType } = input
  const provider = checked(context, {
    id,
    providerType,
    displayName: input.displayName ?? id,
    apiBase: input.apiBase,
    modelsEndpoint: input.modelsEndpoint ?? '/models',
    rateLimitRpm: input.rateLimitRpm,
    settings: input.settings ?? {},
    createdBy: input.by,
    isActive: true,
    origin: 'api',
    createdAtMs: atMs,
    updatedAtMs: atMs,
  })
  const takesNoKey = connections.familyOf(provider).needsCredential === false
  return takesNoKey && input.apiKey === undefined
    ? provider
    : { ...provider, apiKeyVaultPath: vaultPathOf(id) }
}

/** That is the host's to allow, not of whoever may make providers. */
function assertNetwork({ allowPrivateNetworks }: ManageContext, { settings }: Provider): void {
  if (allowPrivateNetworks || settings['allowPrivateNetwork'] !== true) return
  throw new ImrsError(
    'invalid-request',
    '`settings.allowPrivateNetwork` is refused: this router was made without `allowPrivateNetworks`',
    { field: 'settings.allowPrivateNetwork' },
  )
}

/** What a form sent, in the form it is stored; the base without a slash at its end. */
function checked(context: ManageContext, provider: Provider): Provider {
  const valid = parseBody(providerSchema, provider)
  parseBody(providerPolicySchema, valid.settings)
  assertNetwork(context, valid)
  const url = new URL(valid.apiBase)
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw new ImrsError(
      'invalid-request',
      '`apiBase` must have no user name, password, query or fragment',
      { field: 'apiBase' },
    )
  }
  // An address there would be sent the key.
  if (!/^\/(?!\/)[^\s#]*$/.test(valid.modelsEndpoint)) {
    throw new ImrsError(
      'invalid-request',
      '`modelsEndpoint` must be a path that begins with one /',
      { field: 'modelsEndpoint' },
    )
  }
  return { ...valid, apiBase: valid.apiBase.replace(/\/+$/, '') }
}

function announce(
  { emit, runtime }: ManageContext,
  { id }: Provider,
  change: 'created' | 'updated' | 'activated' | 'deactivated',
): void {
  emit({ type: 'provider-changed', atMs: runtime.now(), providerId: id, change })
}
