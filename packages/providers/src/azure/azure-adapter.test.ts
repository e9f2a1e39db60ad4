import type { JsonValue, ListedModel, ProviderAdapter, ProviderError, Runtime } from '@imrs/core'
import { systemRuntime } from '@imrs/core'
import { startSimulator } from '@imrs/testing/simulator'
import type { Simulator } from '@imrs/testing/simulator'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

import { callOf, connect, readParts, rowOf, textOfParts } from '../__fixtures__/connect.ts'
import { azure } from '../definitions/azure.ts'
import type { AzureOptions } from '../definitions/azure.ts'
import { azureFamily } from './azure-family.ts'

let simulator: Simulator
beforeAll(async () => {
  simulator = await startSimulator({ seed: 1 })
})
afterEach(() => simulator.reset())
afterAll(() => simulator.close())

const deployments = [
  { name: 'fast', model: 'gpt-4o-mini' },
  { name: 'gpt-4o', model: 'gpt-4o', displayName: 'Big' },
] as const
const endpoint = 'https://acme.openai.azure.com'

interface Sent {
  readonly url: string
  readonly headers: Headers
  readonly body: Record<string, unknown> | undefined
}

function sentOf(...[input, init = {}]: Parameters<Runtime['fetch']>): Sent {
  const { href: url } = new URL(input instanceof Request ? input.url : input)
  const body = typeof init.body === 'string' ? (JSON.parse(init.body) as Sent['body']) : undefined
  return { url, headers: new Headers(init.headers), body }
}

/** Azure's addresses in front of the simulator, which knows the deployments by their models. */
function gateway(): { runtime: Runtime; sent: Sent[] } {
  const sent: Sent[] = []
  const fetch: Runtime['fetch'] = async (input, init) => {
    const request = sentOf(input, init)
    sent.push(request)
    const { url, headers, body } = request
    const deployment = deployments.find(({ name }) => name === body?.['model'])
    const path = new URL(url).pathname.endsWith('/models') ? '/models' : '/chat/completions'
    const model = deployment?.model ?? 'none'
    return globalThis.fetch(`${simulator.baseUrls.openai}${path}`, {
      method: init?.method ?? 'GET',
      headers: { authorization: `Bearer ${headers.get('api-key')}` },
      body: body === undefined ? null : JSON.stringify({ ...body, model }),
    })
  }
  return { runtime: { ...systemRuntime, fetch }, sent }
}

function open(
  options: Partial<AzureOptions> = {},
  credential = simulator.keys.openai,
): { adapter: ProviderAdapter; sent: Sent[] } {
  const { runtime, sent } = gateway()
  const definition = azure({ endpoint, deployments, ...options })
  return { adapter: connect(definition, { credential, runtime }), sent }
}

async function listOf(adapter: ProviderAdapter): Promise<readonly ListedModel[]> {
  const models: ListedModel[] = []
  for await (const page of adapter.listModels()) models.push(...page.models)
  return models
}

describe('the deployments on Azure', () => {
  it('are the list, with what is known of their models, and nothing is asked', async () => {
    const { adapter, sent } = open()
    const [fast, big] = await listOf(adapter)
    expect(fast).toMatchObject({
      externalId: 'fast',
      displayName: 'fast (gpt-4o-mini)',
      modelType: 'chat',
      isAvailable: true,
      contextLength: 128_000,
      maxOutputTokens: 16_384,
      pricing: { input: '0.15', output: '0.6', source: 'genai-prices' },
      metadata: deployments[0],
    })
    expect(fast?.capabilities).toEqual(expect.arrayContaining(['vision', 'function_calling']))
    expect(big).toMatchObject({ externalId: 'gpt-4o', displayName: 'Big' })
    expect(sent).toEqual([])
  })

  it('say what is not known of their models', async () => {
    const own = {
      name: 'own',
      model: 'Llama-9',
      contextLength: 32_000,
      maxOutputTokens: 2000,
      capabilities: ['function_calling', 'text'],
      pricing: { input: '0.5', output: '1' },
    } as const
    const [model] = await listOf(open({ deployments: [own] }).adapter)
    expect(model).toMatchObject({
      externalId: 'own',
      displayName: 'own (Llama-9)',
      contextLength: 32_000,
      maxOutputTokens: 2000,
      capabilities: ['text', 'function_calling'],
      pricing: { input: '0.5', output: '1' },
    })
  })

  it('of a row that came through the API are read with care', async () => {
    const rows: JsonValue = [
      { name: 'x' },
      { model: 'gpt-4o' },
      null,
      'x',
      { name: 'y', model: 'z' },
    ]
    for (const given of [rows, {}, undefined]) {
      const row = rowOf(azure({ endpoint, deployments }))
      const settings = given === undefined ? {} : { deployments: given }
      const provider = { ...row, settings }
      const { runtime } = gateway()
      const models = await listOf(azureFamily.connect({ provider, credential: 'k', runtime }))
      expect(models).toHaveLength(given === rows ? 5 : 0)
      if (given !== rows) continue
      expect(models.map(({ isAvailable }) => isAvailable)).toEqual([
        false,
        false,
        false,
        false,
        true,
      ])
      expect(models[0]).toMatchObject({ externalId: 'x' })
      expect(new Set(models.map(({ externalId }) => externalId)).size).toBe(5)
    }
  })
})

describe('a chat on Azure', () => {
  it.each([true, false])('goes to the v1 API (streamed: %s)', async (stream) => {
    const { adapter, sent } = open({ headers: { 'x-team': 'a' } })
    const parts = await readParts(adapter.chat(callOf('fast', { stream, maxOutputTokens: 999 })))
    expect(textOfParts(parts)).toContain('```python')
    expect(parts.some(({ type }) => type === 'usage')).toBe(true)
    expect(parts.at(-1)).toEqual({ type: 'finish', finishReason: 'stop' })
    expect(sent).toMatchObject([
      { url: `${endpoint}/openai/v1/chat/completions`, body: { model: 'fast' } },
    ])
    expect(sent[0]?.body).toHaveProperty('max_completion_tokens', 999)
    expect(sent[0]?.headers.get('api-key')).toBe(simulator.keys.openai)
    expect(sent[0]?.headers.get('x-team')).toBe('a')
    expect(sent[0]?.headers.has('authorization')).toBe(false)
  })

  it.each([true, false])('goes to the deployment with a version (streamed: %s)', async (stream) => {
    const { adapter, sent } = open({ apiVersion: '2024-10-21' })
    const parts = await readParts(adapter.chat(callOf('fast', { stream })))
    expect(textOfParts(parts)).toContain('```python')
    expect(sent[0]?.url).toBe(
      `${endpoint}/openai/deployments/fast/chat/completions?api-version=2024-10-21`,
    )
    expect(sent[0]?.headers.get('api-key')).toBe(simulator.keys.openai)
    expect(sent[0]?.headers.has('authorization')).toBe(false)
  })

  it.each([undefined, '2024-10-21'])('fails with a kind (version: %s)', async (apiVersion) => {
    const failureOf = async (reading: Promise<unknown>): Promise<ProviderError> => {
      const error: unknown = await reading.catch((thrown: unknown) => thrown)
      return error as ProviderError
    }
    const { adapter } = open({ apiVersion })
    expect((await failureOf(readParts(adapter.chat(callOf('gone'))))).failure.kind).toBe(
      'model-gone',
    )
    simulator.script({}, { type: 'status', status: 429 }, { type: 'truncate', afterChunks: 2 })
    for (const kind of ['rate-limited', 'truncated']) {
      expect((await failureOf(readParts(adapter.chat(callOf('fast'))))).failure.kind).toBe(kind)
    }
    const filtered = { code: 'content_filter', message: 'The response was filtered', status: 400 }
    simulator.script({}, { type: 'status', status: 400, body: { error: filtered } })
    expect((await failureOf(readParts(adapter.chat(callOf('fast'))))).failure.kind).toBe(
      'content-filtered',
    )
    const wrong = open({ apiVersion }, 'canary-0123456789')
    const error = await failureOf(readParts(wrong.adapter.chat(callOf('fast'))))
    expect(error.failure.kind).toBe('credentials')
    expect(JSON.stringify([error.failure, error.message, error.stack])).not.toContain('canary')
  })

  it.each([
    [undefined, '/openai/v1/models'],
    ['2024-10-21', '/openai/models?api-version=2024-10-21'],
  ])('checks the key without cost (version: %s)', async (apiVersion, path) => {
    const { adapter, sent } = open({ apiVersion })
    await expect(adapter.checkCredential()).resolves.toBeUndefined()
    expect(sent[0]?.url).toBe(endpoint + path)
    expect(sent[0]?.headers.get('api-key')).toBe(simulator.keys.openai)
    await expect(open({ apiVersion }, 'wrong').adapter.checkCredential()).rejects.toMatchObject({
      failure: { kind: 'credentials' },
    })
  })
})

describe('azure()', () => {
  it.each([
    [{ resource: 'acme' }, 'https://acme.openai.azure.com'],
    [{ endpoint: 'https://acme.openai.azure.com/' }, 'https://acme.openai.azure.com'],
    [{ endpoint: 'https://acme.openai.azure.com/openai/v1/' }, 'https://acme.openai.azure.com'],
    [{ endpoint: 'https://gateway.acme.example/llm' }, 'https://gateway.acme.example/llm'],
  ])('with %j is at %s', (where, apiBase) => {
    const { provider } = azure({ ...where, deployments })
    expect(provider).toMatchObject({ id: 'azure', providerType: 'azure', apiBase })
    expect(provider.settings).toEqual({ deployments })
  })

  it.each<readonly [object, string]>([
    [{}, '`azure` must have either'],
    [{ endpoint, resource: 'acme' }, '`azure` must have either'],
    [{ resource: 'acme.evil.example/' }, '`azure.resource` must be'],
    [{ endpoint: 'acme' }, '`azure.apiBase` must be'],
    [{ endpoint, deployments: [] }, '`azure.deployments` must name'],
    [{ endpoint, apiVersion: '2024 & more' }, '`azure.apiVersion` must be'],
    [{ endpoint, deployments: [{ name: 'a/b', model: 'x' }] }, '`azure.deployments[0].name` must'],
    [{ endpoint, deployments: [{ name: 'a', model: '' }] }, '`azure.deployments[0].model` must'],
    [
      { endpoint, deployments: [deployments[0], deployments[0]] },
      '`azure.deployments[1].name` must be there once',
    ],
    [
      { endpoint, deployments: [{ ...deployments[0], contextLength: 0 }] },
      '`azure.deployments[0].contextLength` must',
    ],
    [
      { endpoint, deployments: [{ ...deployments[0], capabilities: ['magic'] }] },
      '`azure.deployments[0].capabilities` must',
    ],
    [
      { endpoint, deployments: [{ ...deployments[0], pricing: { input: 1 } }] },
      '`azure.deployments[0].pricing` must',
    ],
    [
      { endpoint, deployments: [{ ...deployments[0], displayName: ' ' }] },
      '`azure.deployments[0].displayName` must',
    ],
  ])('refuses %j', (options, message) => {
    expect(() => azure({ deployments, ...options } as AzureOptions)).toThrow(message)
  })
})
