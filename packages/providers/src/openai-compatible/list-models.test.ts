import type { ListedModel, ModelPage, ProviderAdapter, ProviderError } from '@imrs/core'
import { systemRuntime } from '@imrs/core'
import { simulatedModel, startSimulator } from '@imrs/testing/simulator'
import type { Behaviour, Simulator } from '@imrs/testing/simulator'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

import { connect } from '../__fixtures__/connect.ts'
import { openRouter } from '../definitions/open-router.ts'
import { openaiCompatible } from '../definitions/openai-compatible.ts'
import { openai } from '../definitions/openai.ts'
import { requesty } from '../definitions/requesty.ts'

let simulator: Simulator
beforeAll(async () => {
  simulator = await startSimulator({ seed: 1 })
})
afterEach(() => simulator.reset())
afterAll(() => simulator.close())

const dialects = ['openai', 'openrouter', 'requesty'] as const
type Dialect = (typeof dialects)[number]

function adapterOf(dialect: Dialect, credential = simulator.keys[dialect]): ProviderAdapter {
  const factory = { openai, openrouter: openRouter, requesty }[dialect]
  return connect(factory({ apiBase: simulator.baseUrls[dialect] }), { credential })
}

async function pagesOf(adapter: ProviderAdapter, signal?: AbortSignal): Promise<ModelPage[]> {
  const pages: ModelPage[] = []
  for await (const page of adapter.listModels({ signal })) pages.push(page)
  return pages
}

async function modelsOf(adapter: ProviderAdapter): Promise<readonly ListedModel[]> {
  return (await pagesOf(adapter)).flatMap(({ models }) => models)
}

/** A host that answers with these bodies, in order, and remembers what it was asked. */
function scripted(bodies: readonly unknown[]): { adapter: ProviderAdapter; asked: string[] } {
  const asked: string[] = []
  const runtime = {
    ...systemRuntime,
    fetch: (input: string | URL | Request): Promise<Response> => {
      const url = input instanceof Request ? input.url : String(input)
      const body = bodies[asked.push(url) - 1]
      return Promise.resolve(Response.json(body))
    },
  }
  const apiBase = 'https://models.example/v1'
  const definition = openaiCompatible({ id: 'example', apiBase })
  return { adapter: connect(definition, { credential: 'key', runtime }), asked }
}

const broken: readonly (readonly [what: string, behaviour: Behaviour])[] = [
  ['HTML', { type: 'status', status: 200, body: '<h1>Welcome</h1>' }],
  ['not JSON', { type: 'status', status: 200, body: '{"data": [' }],
  ['no list', { type: 'status', status: 200, body: { data: 'none' } }],
]

describe.each(dialects)('the list of %s', (dialect) => {
  it('has every row, with chat models among them', async () => {
    const models = await modelsOf(adapterOf(dialect))
    const calls = simulator.calls.filter(({ operation }) => operation === 'list')
    expect(calls).toHaveLength(1)
    expect(models.length).toBeGreaterThan(3)
    expect(models.some(({ modelType }) => modelType === 'chat')).toBe(true)
    expect(models.filter(({ isAvailable }) => !isAvailable)).toEqual([])
  })

  it.each(broken)('is refused when it is %s', async (_, behaviour) => {
    simulator.always({ path: '/models' }, behaviour)
    const error: unknown = await pagesOf(adapterOf(dialect)).catch((thrown: unknown) => thrown)
    expect((error as ProviderError).failure).toMatchObject({ kind: 'malformed' })
  })

  it('may be empty', async () => {
    simulator.always({ path: '/models' }, { type: 'empty' })
    expect(await modelsOf(adapterOf(dialect))).toEqual([])
  })

  it('fails as the host does', async () => {
    simulator.always({ path: '/models' }, { type: 'status', status: 503 })
    await expect(pagesOf(adapterOf(dialect))).rejects.toMatchObject({
      failure: { status: 503 },
    })
  })

  it('ends with the reason of the caller', async () => {
    const reason = new Error('enough')
    await expect(pagesOf(adapterOf(dialect), AbortSignal.abort(reason))).rejects.toBe(reason)
  })
})

describe('rows of the simulated hosts', () => {
  it('have prices for 1,000,000 tokens', async () => {
    const byId = new Map<string, ListedModel>()
    for (const dialect of dialects) {
      for (const model of await modelsOf(adapterOf(dialect))) byId.set(model.externalId, model)
    }
    expect(byId.get('gpt-4o')?.pricing).toMatchObject({ input: '2.5', output: '10' })
    expect(byId.get('openrouter/auto')).toMatchObject({ modelType: 'chat', pricing: {} })
    expect(byId.get('qwen/qwen3.7-flash')?.pricing.tiers).toHaveLength(2)
    expect(byId.get('openai/gpt-4o-mini:batch')).toMatchObject({ modelType: 'batch' })
    expect(byId.get('netmind/deepseek-ai/DeepSeek-R1-0528')?.pricing.source).toBe('provider')
  })

  it('change with the host', async () => {
    simulator.replaceModels([simulatedModel({ dialect: 'openai', id: 'gpt-next' })])
    const models = await modelsOf(adapterOf('openai'))
    expect(models.map(({ externalId }) => externalId)).toEqual(['gpt-next'])
  })
})

describe('keys', () => {
  it.each(dialects)('a right one of %s is taken', async (dialect) => {
    await adapterOf(dialect).checkCredential?.()
  })

  it.each(dialects)('a wrong one of %s is refused, and not repeated', async (dialect) => {
    const credential = 'sk-wrong-key-that-nobody-has'
    const check = adapterOf(dialect, credential).checkCredential?.()
    const error: unknown = await check?.catch((thrown: unknown) => thrown)
    expect((error as ProviderError).failure).toMatchObject({ kind: 'credentials' })
    expect(String((error as ProviderError).message)).not.toContain(credential)
  })

  it.each(['openai', 'requesty'] as const)('%s lists nothing with a wrong one', async (dialect) => {
    const failure = { kind: 'credentials' }
    await expect(pagesOf(adapterOf(dialect, 'wrong'))).rejects.toMatchObject({ failure })
  })

  it('OpenRouter lists with a wrong one: its list is public', async () => {
    expect(await modelsOf(adapterOf('openrouter', 'wrong'))).not.toEqual([])
  })
})

describe('pages', () => {
  it('follow the links of the host, and count rows through', async () => {
    const { adapter, asked } = scripted([
      { data: [{ id: 'one' }, null], total_count: 3, links: { next: '/v1/models?offset=2' } },
      { data: [7], total_count: 3, links: { next: null } },
    ])
    const pages = await pagesOf(adapter)
    expect(asked).toEqual([
      'https://models.example/v1/models',
      'https://models.example/v1/models?offset=2',
    ])
    expect(pages.map(({ total }) => total)).toEqual([3, 3])
    const ids = pages.flatMap(({ models }) => models.map(({ externalId }) => externalId))
    expect(ids).toEqual(['one', 'unreadable-row-1', 'unreadable-row-2'])
  })

  it('of OpenRouter come one after the other', async () => {
    const definition = openRouter({
      apiBase: simulator.baseUrls.openrouter,
      modelsEndpoint: '/models?limit=3',
    })
    const pages = await pagesOf(connect(definition, { credential: simulator.keys.openrouter }))
    expect(pages.map(({ models }) => models.length)).toEqual([3, 3, 1])
    expect(pages.map(({ total }) => total)).toEqual([7, 7, 7])
  })

  it.each([
    'https://elsewhere.example/v1/models',
    '//elsewhere.example/models',
    'http://models.example/v1/models',
    'file:///etc/models',
    'http://',
  ])('that goes on at %s is not followed, and no whole list', async (next) => {
    const { adapter, asked } = scripted([{ data: [{ id: 'one' }], links: { next } }])
    await expect(modelsOf(adapter)).rejects.toMatchObject({ failure: { kind: 'malformed' } })
    expect(asked).toHaveLength(1)
  })

  it('that has fewer rows than it says is no whole list', async () => {
    const { adapter } = scripted([{ data: [{ id: 'one' }], total_count: 2, links: { next: null } }])
    await expect(modelsOf(adapter)).rejects.toThrow('sent 1 of 2 models')
  })

  it('may be a bare list, or `models` of a local server', async () => {
    expect(await modelsOf(scripted([[{ id: 'one' }]]).adapter)).toHaveLength(1)
    const local = { models: [{ key: 'maker/one', type: 'llm' }] }
    expect(await modelsOf(scripted([local]).adapter)).toMatchObject([{ externalId: 'maker/one' }])
  })
})
