import type { JsonObject, ModelCall, ProviderDefinition } from '@imrs/core'
import { startSimulator } from '@imrs/testing/simulator'
import type { Simulator } from '@imrs/testing/simulator'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

import { answering } from './__fixtures__/answering.ts'
import { callOf, readParts } from './__fixtures__/connect.ts'
import { connectSimulated, simulatedFamilies } from './__fixtures__/simulated-families.ts'
import { anthropic, azure, google, openRouter, openai } from './index.ts'

let simulator: Simulator
beforeAll(async () => {
  simulator = await startSimulator({ seed: 1 })
})
afterEach(() => simulator.reset())
afterAll(() => simulator.close())

/** Fields that each provider has and we have not. */
const options: Readonly<Record<string, JsonObject>> = {
  openai: { logit_bias: { '50256': -100 }, stream_options: { include_obfuscation: false } },
  openrouter: { provider: { order: ['x'], allow_fallbacks: false }, transforms: ['middle-out'] },
  requesty: { requesty: { tags: ['a'] } },
  google: {
    safetySettings: [{ category: 'HARM_CATEGORY_HARASSMENT', threshold: 'BLOCK_NONE' }],
    generationConfig: { topK: 40, presencePenalty: 0.5, thinkingConfig: { includeThoughts: true } },
  },
  anthropic: { metadata: { user_id: 'u' }, top_k: 5, service_tier: 'auto' },
}

/** What we write ourselves has that name, too. */
const isForeign = (name: string): boolean => !['stream_options', 'generationConfig'].includes(name)

describe.each(simulatedFamilies)('the options of $dialect', (family) => {
  const { dialect, model } = family
  const own = options[dialect] ?? {}

  it.each([true, false])('reach it as they are (streamed: %s)', async (stream) => {
    const call = callOf(model, {
      stream,
      temperature: 0.5,
      maxOutputTokens: 3000,
      providerOptions: { ...options, [dialect]: own },
    })
    const parts = await readParts(connectSimulated(simulator, family).chat(call))
    expect(parts.at(-1)?.type).toBe('finish')
    const body = simulator.calls[0]?.body as JsonObject
    expect(body).toMatchObject(own)
    const others = Object.entries(options).filter(([other]) => other !== dialect)
    const foreign = others.flatMap(([, fields]) => Object.keys(fields)).filter(isForeign)
    expect(foreign).not.toEqual([])
    for (const name of foreign) expect(body).not.toHaveProperty(name)
  })

  it('leave the fields alone that stand beside them', async () => {
    const call = callOf(model, { temperature: 0.5, maxOutputTokens: 3000 })
    await readParts(connectSimulated(simulator, family).chat(call))
    const withOptions = { ...call, providerOptions: { [dialect]: own } }
    await readParts(connectSimulated(simulator, family).chat(withOptions))
    const [without, body] = simulator.calls.map((one) => one.body as JsonObject)
    expect(body).toMatchObject(without ?? {})
  })
})

const azureModel = azure({ resource: 'r', deployments: [{ name: 'model', model: 'gpt-4o' }] })
const tools = [{ name: 'f', parameters: { type: 'object' } }] as const

describe('a field that is ours', () => {
  it.each<readonly [string, ProviderDefinition, JsonObject, Partial<ModelCall>]>([
    ['model', openai(), { model: 'gpt-5' }, {}],
    ['messages', openai(), { messages: [] }, {}],
    ['stream', openai(), { stream: false }, {}],
    ['temperature', openai(), { temperature: 1 }, {}],
    ['max_tokens', openai(), { max_tokens: 1 }, {}],
    ['max_completion_tokens', openai(), { max_completion_tokens: 1 }, {}],
    ['stream_options.include_usage', openai(), { stream_options: { include_usage: false } }, {}],
    ['n', openai(), { n: 2 }, {}],
    ['tools', openai(), { tools: [] }, { tools }],
    ['reasoning_effort', openai(), { reasoning_effort: 'low' }, { reasoningEffort: 'high' }],
    ['model', azureModel, { model: 'x' }, {}],
    ['models', openRouter(), { models: ['a', 'b'] }, {}],
    [
      'reasoning.effort',
      openRouter(),
      { reasoning: { effort: 'low' } },
      { reasoningEffort: 'high' },
    ],
    ['system', anthropic(), { system: 'x' }, {}],
    ['max_tokens', anthropic(), { max_tokens: 5 }, {}],
    [
      'thinking.type',
      anthropic(),
      { thinking: { type: 'disabled' } },
      { externalId: 'claude-opus-4-6', reasoningEffort: 'high' },
    ],
    ['output_config.format', anthropic(), { output_config: { format: {} } }, {}],
    ['contents', google(), { contents: [] }, {}],
    ['system_instruction', google(), { system_instruction: {} }, {}],
    ['generation_config', google(), { generation_config: { topK: 1 } }, {}],
    ['generationConfig.temperature', google(), { generationConfig: { temperature: 1 } }, {}],
    [
      'generationConfig.max_output_tokens',
      google(),
      { generationConfig: { max_output_tokens: 1 } },
      {},
    ],
    ['generationConfig.candidateCount', google(), { generationConfig: { candidateCount: 2 } }, {}],
    [
      'generationConfig.thinkingConfig.thinkingBudget',
      google(),
      { generationConfig: { thinkingConfig: { thinkingBudget: 1 } } },
      { externalId: 'gemini-2.5-flash', reasoningEffort: 'high' },
    ],
  ])(
    'is refused by its name, and nothing is sent: %s',
    async (...[field, definition, fields, changes]) => {
      const { id } = definition.provider
      const { adapter, requests } = answering(definition, { body: '{}' })
      const { externalId = 'model' } = changes
      const call = callOf(externalId, { ...changes, providerOptions: { [id]: fields } })
      await expect(readParts(adapter.chat(call))).rejects.toMatchObject({
        code: 'invalid-request',
        failure: {
          kind: 'invalid-request',
          message: expect.stringContaining(`\`providerOptions.${id}.${field}\``),
        },
      })
      expect(requests).toEqual([])
    },
  )

  it.each<readonly [string, ProviderDefinition, JsonObject]>([
    ['a way of thinking that has no effort', openRouter(), { reasoning: { max_tokens: 2000 } }],
    ['a budget of one’s own', anthropic(), { thinking: { type: 'enabled', budget_tokens: 2000 } }],
    ['tools that run at the provider', google(), { tools: [{ googleSearch: {} }] }],
    [
      'tools that run at the provider',
      anthropic(),
      { tools: [{ type: 'web_search_20260209', name: 'web_search' }] },
    ],
  ])('is another’s as long as we leave it out: %s', async (_, definition, fields) => {
    const { adapter, requests } = answering(definition, { body: '{}' })
    const { id } = definition.provider
    const call = callOf('model', { providerOptions: { [id]: fields } })
    await readParts(adapter.chat(call)).catch(() => undefined)
    expect(requests).toEqual([expect.objectContaining(fields)])
  })
})
