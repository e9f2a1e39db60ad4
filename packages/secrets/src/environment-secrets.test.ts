import { ConfigError, ImrsError, vaultPathOf } from '@imrs/core'
import type { SecretReference } from '@imrs/core'
import { secretStoreContract } from '@imrs/testing/contracts'
import { createTestRuntime } from '@imrs/testing/host'
import { describe, expect, it } from 'vitest'

import { environmentSecrets } from './environment-secrets.ts'
import type { EnvironmentSecretsOptions } from './environment-secrets.ts'
import { variablesOf } from './variable-names.ts'

secretStoreContract({
  name: 'environment',
  open: async (secrets) => {
    const environment = Object.fromEntries(
      Object.entries(secrets).map(([id, secret]) => [variablesOf(id)[0] ?? '', secret]),
    )
    return environmentSecrets({ runtime: createTestRuntime({ environment }) })
  },
})

function referenceTo(providerId: string): SecretReference {
  return { providerId, path: vaultPathOf(providerId) }
}

function read(
  providerId: string,
  environment: Readonly<Record<string, string>>,
  variables?: EnvironmentSecretsOptions['variables'],
): Promise<string | undefined> {
  const store = environmentSecrets({ variables, runtime: createTestRuntime({ environment }) })
  return store.read(referenceTo(providerId))
}

describe('the name of the variable', () => {
  it.each([
    ['openrouter', 'OPENROUTER_API_KEY'],
    ['my-proxy', 'MY_PROXY_API_KEY'],
    ['custom_1', 'CUSTOM_1_API_KEY'],
    ['google', 'GEMINI_API_KEY'],
    ['google', 'GOOGLE_API_KEY'],
    ['azure', 'AZURE_OPENAI_API_KEY'],
    ['constructor', 'CONSTRUCTOR_API_KEY'],
  ])('of %s may be %s', async (providerId, variable) => {
    expect(await read(providerId, { [variable]: 'the-key' })).toBe('the-key')
  })

  it('that comes first wins, if it holds anything', async () => {
    expect(await read('google', { GEMINI_API_KEY: 'one', GOOGLE_API_KEY: 'two' })).toBe('one')
    expect(await read('google', { GEMINI_API_KEY: ' \n', GOOGLE_API_KEY: 'two' })).toBe('two')
  })

  it('can be given, and then it alone counts', async () => {
    const variables = { openai: 'TEAM_KEY', google: ['A_KEY', 'B_KEY'] }
    expect(await read('openai', { TEAM_KEY: 'team' }, variables)).toBe('team')
    expect(await read('openai', { OPENAI_API_KEY: 'mine' }, variables)).toBeUndefined()
    expect(await read('google', { B_KEY: 'b' }, variables)).toBe('b')
  })

  it.each([
    ['', 'openai'],
    ['sk-4f9a1c7e', 'openai'],
    [[], 'openai'],
    [['A', 'b c'], 'openai'],
  ])('is refused when it is %j, and not shown', (names, providerId) => {
    const make = () => environmentSecrets({ variables: { [providerId]: names } })
    expect(make).toThrow(ConfigError)
    expect(make).toThrow(/`variables\.openai`/)
    expect(make).not.toThrow(/4f9a1c7e/)
  })
})

describe('the value', () => {
  it('loses what is around it', async () => {
    expect(await read('openai', { OPENAI_API_KEY: ' \tsk-1\r\n' })).toBe('sk-1')
  })

  it.each(['sk-4f9a\nsk-1c7e', 'sk-4f9a\u0000', 'sk-4f9a…'])(
    'is refused, unshown, when no header could hold it: %j',
    async (value) => {
      const reading = read('openai', { OPENAI_API_KEY: value })
      await expect(reading).rejects.toMatchObject({ code: 'secret-store-unavailable' })
      await expect(reading).rejects.toThrow(/OPENAI_API_KEY/)
      await expect(reading).rejects.not.toThrow(/4f9a/)
    },
  )

  it('is read anew each time', async () => {
    const environment = new Map<string, string>()
    const store = environmentSecrets({ runtime: { environment: (name) => environment.get(name) } })
    expect(await store.read(referenceTo('openai'))).toBeUndefined()
    environment.set('OPENAI_API_KEY', 'sk-1')
    expect(await store.read(referenceTo('openai'))).toBe('sk-1')
  })
})

describe('a provider made at run time', () => {
  const made = { ...referenceTo('stripe'), origin: 'api' } as const
  const open = (
    environment: Readonly<Record<string, string>>,
    options?: EnvironmentSecretsOptions,
  ) => environmentSecrets({ ...options, runtime: createTestRuntime({ environment }) })

  it('has no key in the environment, whatever its id', async () => {
    const store = open({ STRIPE_API_KEY: 'money' }, { variables: { stripe: 'STRIPE_API_KEY' } })
    expect(await store.read(made)).toBeUndefined()
    expect(store.instruction(made)).toBe(
      'Set STRIPE_API_KEY, and name stripe in IMRS_API_PROVIDERS: it was made at run time.',
    )
    // The host's own code chose the address of its provider.
    expect(await store.read({ ...made, origin: 'code' })).toBe('money')
    expect(await store.read(referenceTo('stripe'))).toBe('money')
  })

  it.each(['stripe', 'a, stripe', 'a stripe', 'stripe,b\n'])(
    'has one where the environment names it: %j',
    async (listed) => {
      const store = open({ STRIPE_API_KEY: 'key', IMRS_API_PROVIDERS: listed })
      expect(await store.read(made)).toBe('key')
      expect(store.instruction(made)).toBe('Set STRIPE_API_KEY.')
    },
  )

  it.each(['', 'strip', 'stripes', 'STRIPE', '*'])(
    'has none where the environment names another: %j',
    async (listed) => {
      const store = open({ STRIPE_API_KEY: 'key', IMRS_API_PROVIDERS: listed })
      expect(await store.read(made)).toBeUndefined()
    },
  )

  it('has one where the code names it, and then the environment names none', async () => {
    const environment = { STRIPE_API_KEY: 'key', OTHER_API_KEY: 'k', IMRS_API_PROVIDERS: 'other' }
    const store = open(environment, { apiProviders: ['stripe'] })
    expect(await store.read(made)).toBe('key')
    const other = { ...referenceTo('other'), origin: 'api' } as const
    expect(await store.read(other)).toBeUndefined()
    expect(store.instruction(other)).toContain('`apiProviders`')
  })

  it('is named by its id', () => {
    expect(() => environmentSecrets({ apiProviders: ['STRIPE_API_KEY'] })).toThrow(/apiProviders/)
  })
})

describe('what to do', () => {
  const store = environmentSecrets()

  it('names the variables', () => {
    expect(store.instruction(referenceTo('openrouter'))).toBe('Set OPENROUTER_API_KEY.')
    expect(store.instruction(referenceTo('google'))).toBe('Set GEMINI_API_KEY or GOOGLE_API_KEY.')
  })

  it.each(['write', 'remove'] as const)('is said when %s is refused', async (method) => {
    const error = await store[method](referenceTo('openai'), 'sk-4f9a').catch((thrown) => thrown)
    expect(ImrsError.is(error) && error.code).toBe('read-only')
    expect(String(error)).toContain('Set OPENAI_API_KEY.')
    expect(String(error)).not.toContain('4f9a')
  })
})
