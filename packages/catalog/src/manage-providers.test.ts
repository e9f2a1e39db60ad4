import type { ProviderFailure, ProviderFamily, RouterEvent, SecretStore } from '@imrs/core'
import { environmentSecrets, memorySecrets } from '@imrs/secrets'
import { createTestRuntime, fakeProvider, memoryStore } from '@imrs/testing/host'
import { describe, expect, it, onTestFinished } from 'vitest'

import { createCatalog } from './create-catalog.ts'
import type { NewProvider } from './providers-contract.ts'

interface Setup {
  readonly secrets?: SecretStore
  readonly allowPrivateNetworks?: boolean
}

async function setUp({ secrets = memorySecrets(), allowPrivateNetworks = false }: Setup = {}) {
  const runtime = createTestRuntime()
  const store = memoryStore()
  const events: RouterEvent[] = []
  let failure: ProviderFailure | undefined
  const template = fakeProvider({
    models: ['m', 'n'],
    needsCredential: true,
    listFailure: () => failure,
  })
  const credentials: (string | undefined)[] = []
  const noting = (family: ProviderFamily): ProviderFamily => ({
    ...family,
    connect: (connection) => {
      credentials.push(connection.credential)
      return family.connect(connection)
    },
  })
  const declared = fakeProvider({ id: 'declared', models: ['x'] }).definition
  const catalog = await createCatalog({
    store,
    runtime,
    secrets,
    models: [],
    allowPrivateNetworks,
    definitions: [{ ...declared, family: noting(declared.family) }],
    families: { custom: noting(template.definition.family) },
    emit: (event) => events.push(event),
  })
  onTestFinished(() => catalog.close())
  const fail = (next: ProviderFailure | undefined): void => {
    failure = next
  }
  return { catalog, store, secrets, events, fail, credentials }
}

const acme: NewProvider = {
  id: 'acme',
  providerType: 'custom',
  apiBase: 'https://llm.acme.example/v1/',
  apiKey: 'key-of-acme',
}

describe('a provider made at run time', () => {
  it('is stored without its key, which goes to the secret store alone', async () => {
    const { catalog, store, secrets, events } = await setUp()
    const made = await catalog.providers.create(acme)
    expect(made).toMatchObject({
      displayName: 'acme',
      apiBase: 'https://llm.acme.example/v1',
      apiKeyVaultPath: 'secret/llm/acme',
      origin: 'api',
      isActive: true,
    })
    expect(JSON.stringify(await store.providers.list())).not.toContain('key-of-acme')
    const reference = { providerId: 'acme', path: 'secret/llm/acme' }
    expect(await secrets.read(reference)).toBe('key-of-acme')
    expect(events).toMatchObject([{ type: 'provider-changed', change: 'created' }])
    expect(await catalog.providers.sync('acme')).toMatchObject({ added: 2 })
  })

  it('is refused by the name of what is wrong, and then nothing is written', async () => {
    const { catalog, store, secrets } = await setUp()
    const refusals: [Partial<NewProvider>, string, string][] = [
      [{ id: 'A/B' }, 'invalid-request', 'id'],
      [{ apiBase: 'ftp://x' }, 'invalid-request', 'apiBase'],
      [{ apiBase: 'https://user:pass@x.example' }, 'invalid-request', 'apiBase'],
      [{ rateLimitRpm: -1 }, 'invalid-request', 'rateLimitRpm'],
      [
        { settings: { allowPrivateNetwork: true } },
        'invalid-request',
        'settings.allowPrivateNetwork',
      ],
      [{ settings: { maxRetries: 99 } }, 'invalid-request', 'maxRetries'],
      [{ providerType: 'azure' }, 'invalid-request', 'providerType'],
      [{ id: 'declared' }, 'conflict', 'id'],
    ]
    for (const [changes, code, field] of refusals) {
      await expect(catalog.providers.create({ ...acme, ...changes })).rejects.toMatchObject({
        code,
        field,
      })
    }
    expect(await store.providers.list()).toHaveLength(1)
    expect(await secrets.read({ providerId: 'acme', path: 'secret/llm/acme' })).toBeUndefined()
  })

  it('takes its key from the environment where the secret store takes none', async () => {
    const environment = { ACME_API_KEY: 'from-outside', IMRS_API_PROVIDERS: 'acme' }
    const runtime = createTestRuntime({ environment })
    const { catalog, store } = await setUp({ secrets: environmentSecrets({ runtime }) })
    const refused = catalog.providers.create(acme)
    await expect(refused).rejects.toMatchObject({ code: 'read-only' })
    await expect(refused).rejects.toThrow('ACME_API_KEY')
    expect(await store.providers.get('acme')).toBeUndefined()

    await catalog.providers.create({ ...acme, apiKey: undefined })
    expect(await catalog.providers.credential('acme')).toEqual({ isPresent: true })
  })

  it('gets no key of the environment that the host did not name for it', async () => {
    const environment = { ACME_API_KEY: 'not-for-acme', DECLARED_API_KEY: 'declared' }
    const secrets = environmentSecrets({ runtime: createTestRuntime({ environment }) })
    const { catalog, credentials } = await setUp({ secrets })
    const keyless = { ...acme, apiKey: undefined }
    await catalog.providers.try(keyless)
    await catalog.providers.create(keyless)
    expect(await catalog.providers.credential('acme')).toMatchObject({
      isPresent: false,
      instruction: expect.stringContaining('IMRS_API_PROVIDERS'),
    })
    await expect(catalog.providers.sync('acme')).rejects.toMatchObject({
      code: 'missing-credential',
    })
    await catalog.providers.update('acme', { apiBase: 'https://elsewhere.example/v1' })
    expect(credentials).not.toContain('not-for-acme')
    // What is declared in code is tried with its own key, at its own address.
    const { apiBase, providerType } = await catalog.providers.get('declared')
    await catalog.providers.try({ id: 'declared', providerType, apiBase })
    expect(credentials.at(-1)).toBe('declared')
  })

  it('can be changed and switched off, which its models feel at once', async () => {
    const { catalog, events } = await setUp()
    await catalog.providers.create(acme)
    await catalog.providers.sync('acme')
    await catalog.providers.update('acme', { displayName: 'Acme', apiKey: 'new' })
    expect(await catalog.providers.get('acme')).toMatchObject({
      displayName: 'Acme',
      origin: 'api',
    })

    await catalog.providers.update('acme', { isActive: false })
    const { models } = await catalog.models.response()
    expect(models.map(({ id, status }) => [id, status])).toEqual([
      ['acme/m', 'unavailable'],
      ['acme/n', 'unavailable'],
    ])
    await catalog.providers.update('acme', { isActive: true })
    const changes = events.flatMap((event) =>
      event.type === 'provider-changed' ? event.change : [],
    )
    expect(changes).toEqual(['created', 'updated', 'deactivated', 'activated'])
  })

  it('is not what is declared in code, which stays as it is', async () => {
    const { catalog } = await setUp()
    await expect(catalog.providers.update('declared', { isActive: false })).rejects.toMatchObject({
      code: 'read-only',
    })
    await expect(catalog.providers.update('nobody', {})).rejects.toMatchObject({
      code: 'unknown-provider',
    })
  })
})

describe('trying', () => {
  it('says what would be there and stores nothing', async () => {
    const { catalog, store, secrets } = await setUp()
    expect(await catalog.providers.try(acme)).toEqual({
      ok: true,
      models: 2,
      chatModels: 2,
      examples: ['m', 'n'],
    })
    expect(await store.providers.get('acme')).toBeUndefined()
    expect(await secrets.read({ providerId: 'acme', path: 'secret/llm/acme' })).toBeUndefined()
  })

  it('says what went wrong', async () => {
    const { catalog, fail } = await setUp()
    fail({ kind: 'credentials', message: 'Acme refused the key.' })
    expect(await catalog.providers.try(acme)).toEqual({
      ok: false,
      failureKind: 'credentials',
      message: 'Acme refused the key.',
    })
  })
})

it('a sync tells how far it is', async () => {
  const { catalog, events } = await setUp()
  await catalog.providers.create(acme)
  await catalog.providers.sync('acme')
  expect(events).toContainEqual(
    expect.objectContaining({ type: 'provider-sync-progress', rowsRead: 2, rowsTotal: 2 }),
  )
})

it('a provider may lead into a private network where the host allows that', async () => {
  const { catalog } = await setUp({ allowPrivateNetworks: true })
  const settings = { allowPrivateNetwork: true }
  expect(await catalog.providers.create({ ...acme, settings })).toMatchObject({ settings })
})
