import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import type { ImportSource } from './import-source.ts'
import { parseLiteLlmConfig } from './litellm-config.ts'
import { parseModelTable } from './model-table.ts'
import { parseStaticCatalogue } from './static-catalogue.ts'

const aliasesOf = (source: ImportSource) =>
  Object.fromEntries(source.aliases.map(({ name, target }) => [name, target]))
const idsOf = (source: ImportSource) =>
  source.models.map(({ providerId, externalId }) => `${providerId}/${externalId}`)

describe('an existing model table', () => {
  it('is read with names in snake_case and camelCase alike', () => {
    const snake = {
      id: 7,
      name: 'gpt-4o',
      provider: 'OpenAI',
      display_name: 'GPT-4o',
      model_type: 'llm',
      capabilities: ['chat', 'tools', 'vision', 'telepathy'],
      priority: 80,
      cost_tier: 'Standard',
      domains: ['legal'],
      ctx_length: 128_000,
      pricing_input: '2.50',
      pricing_output: 10,
      is_active: true,
    }
    const camel = {
      name: 'gpt-4o',
      provider: 'OpenAI',
      displayName: 'GPT-4o',
      modelType: 'chat',
      capabilities: '["text", "function_calling", "vision", "telepathy"]',
      priority: '80',
      costTier: 'standard',
      domains: 'legal',
      ctxLength: '128000',
      pricingInput: 2.5,
      pricingOutput: '10.0',
      isActive: 1,
    }
    const expected = {
      row: 'models[0]',
      providerId: 'openai',
      externalId: 'gpt-4o',
      displayName: 'GPT-4o',
      modelType: 'chat',
      capabilities: ['text', 'vision', 'long_context', 'function_calling'],
      priority: 80,
      costTier: 'standard',
      domains: ['legal'],
      contextLength: 128_000,
      pricing: { input: '2.5', output: '10', source: 'import' },
      isActive: true,
      metadata: { capabilities: ['telepathy'] },
    }
    expect(parseModelTable([snake]).models).toEqual([expected])
    expect(parseModelTable({ rows: [camel] }).models).toEqual([{ ...expected, row: 'rows[0]' }])
    expect(aliasesOf(parseModelTable([snake]))).toEqual({ 'gpt-4o': 'openai/gpt-4o' })
  })

  it('may hold the rows of our own catalogue', () => {
    const id = 'openrouter/google/gemma-2-9b:free'
    const source = parseModelTable([
      { id, provider_id: 'openrouter', external_id: 'google/gemma-2-9b:free' },
    ])
    expect(idsOf(source)).toEqual([id])
  })

  it('reads rows of agents, several of one model', () => {
    const row = { model: 'gpt-4o', provider: 'openai' }
    const source = parseModelTable([
      { ...row, agent_id: 'a', is_active: false, priority_override: 90 },
      { ...row, agentId: 'b', tenantId: 't' },
      { ...row, agent_id: 'c', priority_override: 900 },
    ])
    expect(source.agentModels).toMatchObject([
      { tenantId: 'default', agentId: 'a', isEnabled: false, priorityOverride: 90 },
      { tenantId: 't', agentId: 'b', isEnabled: true },
    ])
    expect(source.models).toHaveLength(1)
    expect(source.models[0]).not.toHaveProperty('isActive')
    expect(source.used[2]?.notes).toEqual([
      'Its agent row was not used: the ids or the priority are out of bounds.',
    ])
  })

  it.each([
    ['no object', 'gpt-4o'],
    ['no name', { provider: 'openai', id: 7 }],
    ['no provider', { name: 'gpt-4o' }],
    ['a provider that can be no id', { name: 'gpt-4o', provider: '日本' }],
    ['a control character', { name: 'gpt\u00004o', provider: 'openai' }],
    ['an id that is too long', { name: 'x'.repeat(250), provider: 'openai' }],
    ['a pattern', { name: '*', provider: 'openai' }],
  ])('refuses a row with %s, and keeps the others', (_, row) => {
    const source = parseModelTable([row, { name: 'a', provider: 'p' }])
    expect(source.refused).toMatchObject([{ row: 'models[0]' }])
    expect(source.used).toMatchObject([{ row: 'models[1]' }])
  })

  it('takes the caller’s word for which provider is meant', () => {
    const rows = [{ name: 'gpt-4o', provider: 'Azure EU' }]
    expect(idsOf(parseModelTable(rows, { providers: { 'Azure EU': 'ours' } }))).toEqual([
      'ours/gpt-4o',
    ])
    expect(idsOf(parseModelTable(rows))).toEqual(['azure-eu/gpt-4o'])
  })

  it('never reads a key', () => {
    const source = parseModelTable([
      { name: 'a', provider: 'p', api_key: 'sk-1', apiSecret: 's-2' },
    ])
    expect(JSON.stringify(source)).not.toMatch(/sk-1|s-2/)
    expect(source.used[0]?.notes).toHaveLength(2)
  })

  it.each([
    ['1e-7', '0.0000001'],
    [1e-7, '0.0000001'],
    [2.5e3, '2500'],
    ['$0.150', '0.15'],
    [0, '0'],
    ['007.50', '7.5'],
    [-1, undefined],
    ['1e99', undefined],
    ['a lot', undefined],
    [Number.NaN, undefined],
  ])('reads the price %j as %j', (price, expected) => {
    const [model] = parseModelTable([{ name: 'a', provider: 'p', pricing_input: price }]).models
    expect(model?.pricing?.input).toBe(expected)
  })
})

describe('a static catalogue', () => {
  const catalogue = {
    MODELS: ['openrouter/anthropic/claude', 'gpt-4o', 'openai/o3', 'gpt-4o', 7],
    modelDetails: {
      'openrouter/anthropic/claude': {
        provider: 'OpenRouter',
        name: 'Claude',
        description: 'Writes\nwell',
        capabilities: ['Code', 'Reasoning'],
        premium: true,
        contextMax: 200_000,
        apiVersion: 'v1',
        pricing: { input: 3e-6, output: 0.000_015 },
      },
      'gpt-4o': { provider: 'OpenAI', name: 'GPT-4o', vision: true },
      bare: { name: 'Nobody knows whose' },
    },
    defaultModel: 'gpt-4o',
    MODEL_MIGRATIONS: [
      { oldId: 'gpt-4', newId: 'gpt-4o', reason: 'deprecated', automaticMigration: false },
      { oldId: 'x', reason: 'renamed' },
    ],
  }

  it('gives models, the old ids as aliases, migrations and the default model', () => {
    const source = parseStaticCatalogue(catalogue)
    expect(idsOf(source)).toEqual(['openrouter/anthropic/claude', 'openai/gpt-4o', 'openai/o3'])
    expect(source.models[0]).toEqual({
      row: 'modelDetails["openrouter/anthropic/claude"]',
      providerId: 'openrouter',
      externalId: 'anthropic/claude',
      displayName: 'Claude',
      description: 'Writes\nwell',
      capabilities: ['text', 'code', 'long_context', 'reasoning'],
      contextLength: 200_000,
      pricing: { input: '3', output: '15', source: 'import' },
      metadata: { apiVersion: 'v1', premium: true },
    })
    expect(source.models[1]?.capabilities).toEqual(['text', 'vision'])
    expect(source.defaultModel).toBe('gpt-4o')
    expect(source.aliases).toMatchObject([
      { name: 'gpt-4o', target: 'openai/gpt-4o', reason: 'alias', isAutomatic: true },
      { name: 'gpt-4', target: 'gpt-4o', reason: 'deprecated', isAutomatic: false },
    ])
    expect(source.refused.map(({ row }) => row)).toEqual([
      'modelDetails["bare"]',
      'MODELS[3]',
      'MODELS[4]',
      'MODEL_MIGRATIONS[1]',
    ])
  })
})

describe('a LiteLLM configuration', () => {
  const config = {
    model_list: [
      {
        model_name: 'smart',
        litellm_params: {
          model: 'openai/gpt-4o',
          api_key: 'os.environ/OPENAI_API_KEY',
          rpm: 100,
          input_cost_per_token: 0.000_002_5,
        },
        model_info: { mode: 'chat', supports_vision: true, max_input_tokens: 128_000 },
      },
      {
        model_name: 'smart',
        litellm_params: { model: 'gemini/gemini-2.5-flash', api_key: 'AIza-1' },
      },
      {
        model_name: 'own',
        litellm_params: {
          model: 'hosted_vllm/meta/llama',
          api_base: 'http://me:pw@gpu.example:8000/team/v1/?key=k-2',
        },
      },
      {
        model_name: 'embed',
        litellm_params: { model: 'openai/e3' },
        model_info: { mode: 'embedding' },
      },
      { model_name: '*', litellm_params: { model: 'openai/*' } },
      { model_name: 'bare', litellm_params: { model: 'claude-sonnet' } },
      { model_name: 'lost', litellm_params: { model: 'whatever' } },
      { model_name: 'smart', litellm_params: { model: 'openai/gpt-4o', api_key: 'sk-3' } },
    ],
    router_settings: {
      model_group_alias: { best: 'smart', secret: { model: 'own', hidden: true }, no: 'nobody' },
      fallbacks: [{ smart: ['own', 'bare'] }, { smart: [] }],
    },
    environment_variables: { OPENAI_API_KEY: 'sk-4' },
    general_settings: { master_key: 'sk-5' },
  }
  const source = parseLiteLlmConfig(config)

  it('gives models and providers', () => {
    expect(idsOf(source)).toEqual([
      'openai/gpt-4o',
      'google/gemini-2.5-flash',
      'gpu-example-8000-team/meta/llama',
      'openai/e3',
      'anthropic/claude-sonnet',
    ])
    expect(source.models[0]).toMatchObject({
      modelType: 'chat',
      capabilities: ['text', 'vision', 'long_context'],
      contextLength: 128_000,
      pricing: { input: '2.5' },
      metadata: { rpm: 100 },
    })
    expect(source.models[3]?.modelType).toBe('embedding')
    expect(source.providers).toMatchObject([
      { id: 'openai', apiBase: 'https://api.openai.com/v1', keyVariable: 'OPENAI_API_KEY' },
      { id: 'google' },
      { id: 'gpu-example-8000-team', apiBase: 'http://gpu.example:8000/team/v1' },
      { id: 'anthropic' },
    ])
  })

  it('gives aliases: of a group its first model', () => {
    expect(aliasesOf(source)).toEqual({
      smart: 'openai/gpt-4o',
      own: 'gpu-example-8000-team/meta/llama',
      embed: 'openai/e3',
      bare: 'anthropic/claude-sonnet',
      best: 'openai/gpt-4o',
      secret: 'gpu-example-8000-team/meta/llama',
    })
    expect(source.used[1]?.notes.join(' ')).toContain('already means openai/gpt-4o')
  })

  it('turns fallbacks into priorities', () => {
    const priorities = source.models.map(({ priority }) => priority)
    expect(priorities).toEqual([50, undefined, 40, undefined, 30])
  })

  it('says of every row it could not use why', () => {
    expect(source.refused.map(({ row }) => row)).toEqual([
      'model_list[4]',
      'model_list[6]',
      'model_list[7]',
      'router_settings.model_group_alias["no"]',
      'router_settings.fallbacks[1]',
    ])
  })

  it('never keeps a key, and says that there was one', () => {
    expect(JSON.stringify(source)).not.toMatch(/AIza-1|sk-\d|k-2|pw/)
    expect(source.used[1]?.notes[0]).toContain('`api_key` may hold a key')
  })

  it('is told when it is YAML text', () => {
    expect(parseLiteLlmConfig('model_list: []').refused[0]?.reason).toContain('not the YAML text')
  })

  it('ends with fallbacks that run in a circle', () => {
    const model = (name: string) => ({ model_name: name, litellm_params: { model: `p/${name}` } })
    const circle = parseLiteLlmConfig({
      model_list: [model('a'), model('b')],
      litellm_settings: { fallbacks: [{ a: ['b'] }, { b: ['a'] }] },
    })
    expect(circle.models.map(({ priority }) => priority)).toEqual([0, 0])
  })
})

/** JSON with the field names that parsers look for, so that garbage gets past the first check. */
const names = fc.constantFrom(
  ...'name provider id model_id agent_id capabilities pricing priority litellm_params model'.split(
    ' ',
  ),
  ...'model_name model_info api_base api_key oldId newId context_length pricing_input'.split(' '),
  ...'is_active __proto__ constructor openai/x'.split(' '),
)
const leaf = fc.oneof(
  fc.jsonValue({ maxDepth: 1 }),
  fc.constantFrom(
    'openai/gpt',
    'gpt',
    'OpenAI',
    'https://a.b/v1',
    'http://[',
    '*',
    '\u0000',
    '\ud800',
  ),
)
const { value: garbage } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    leaf,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(names, tie('value'), { maxKeys: 6 }),
  ),
}))
const rows = fc.array(garbage, { maxLength: 6 })
const record = fc.dictionary(fc.oneof(names, fc.string()), garbage, { maxKeys: 6 })

describe('whatever comes in', () => {
  const parsers = [parseModelTable, parseStaticCatalogue, parseLiteLlmConfig]

  it('nothing throws', () => {
    fc.assert(
      fc.property(fc.oneof(garbage, fc.anything()), (input) => {
        for (const parse of parsers) {
          const source = parse(input)
          expect(source.used.length + source.refused.length).toBeGreaterThanOrEqual(0)
          expect(JSON.parse(JSON.stringify(source))).toEqual(source)
        }
      }),
    )
  })

  it('every row is used or refused, once', () => {
    const once = (source: ImportSource, count: number) => {
      const all = [...source.used, ...source.refused].map(({ row }) => row)
      expect(all).toHaveLength(count)
      expect(new Set(all).size).toBe(count)
    }
    fc.assert(
      fc.property(rows, rows, record, (first, second, details) => {
        once(parseModelTable({ models: first, migrations: second }), first.length + second.length)
        const modelDetails = Object.keys(details).length
        once(
          parseStaticCatalogue({ MODELS: first, modelDetails: details, MODEL_MIGRATIONS: second }),
          first.length + second.length + modelDetails,
        )
        once(
          parseLiteLlmConfig({
            model_list: first,
            router_settings: { model_group_alias: details, fallbacks: second },
          }),
          first.length + second.length + modelDetails,
        )
      }),
    )
  })
})
