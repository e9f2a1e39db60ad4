import type { ChatMessage, ModelCall, ProviderDefinition, ReasoningEffort } from '@imrs/core'
import { REASONING_EFFORTS } from '@imrs/core'
import { startSimulator } from '@imrs/testing/simulator'
import type { Simulator } from '@imrs/testing/simulator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { answering } from './__fixtures__/answering.ts'
import { callOf, connect, readParts } from './__fixtures__/connect.ts'
import {
  anthropic,
  azure,
  deepSeek,
  google,
  groq,
  openRouter,
  openai,
  openaiCompatible,
  requesty,
} from './index.ts'

/** What is sent for a call. */
async function sent(definition: ProviderDefinition, changes: Partial<ModelCall>) {
  const { adapter, requests } = answering(definition, { body: '{}', status: 400 })
  const { externalId = 'model' } = changes
  await readParts(adapter.chat(callOf(externalId, changes))).catch(() => undefined)
  return requests[0] as Record<string, unknown>
}

const anyHost = openaiCompatible({ id: 'acme', apiBase: 'https://acme.example/v1' })
const azureModel = azure({ resource: 'r', deployments: [{ name: 'model', model: 'o3' }] })

describe('how hard to think, in OpenAI’s words', () => {
  it.each<readonly [string, ProviderDefinition, string, ReasoningEffort, object]>([
    ['OpenAI', openai(), 'gpt-5.2', 'none', { reasoning_effort: 'none' }],
    ['OpenAI', openai(), 'gpt-5.1-2025-11-13', 'minimal', { reasoning_effort: 'low' }],
    ['OpenAI', openai(), 'gpt-5', 'none', { reasoning_effort: 'minimal' }],
    ['OpenAI', openai(), 'gpt-5-mini-2025-08-07', 'minimal', { reasoning_effort: 'minimal' }],
    ['OpenAI', openai(), 'gpt-5-codex', 'minimal', { reasoning_effort: 'low' }],
    ['OpenAI', openai(), 'gpt-5-pro', 'low', { reasoning_effort: 'high' }],
    ['OpenAI', openai(), 'o3', 'none', { reasoning_effort: 'low' }],
    ['OpenAI', openai(), 'o4-mini', 'medium', { reasoning_effort: 'medium' }],
    ['OpenAI', openai(), 'gpt-9', 'none', { reasoning_effort: 'none' }],
    ['OpenAI', openai(), 'gpt-4o', 'high', { reasoning_effort: 'high' }],
    ['OpenAI', openai(), 'gpt-4o', 'none', {}],
    ['Azure', azureModel, 'model', 'minimal', { reasoning_effort: 'minimal' }],
    ['Requesty', requesty(), 'openai/o3', 'none', { reasoning_effort: 'none' }],
    ['Groq', groq(), 'openai/gpt-oss-120b', 'low', { reasoning_effort: 'low' }],
    ['any host', anyHost, 'model', 'high', { reasoning_effort: 'high' }],
    ['OpenRouter', openRouter(), 'openai/o3', 'none', { reasoning: { effort: 'none' } }],
    ['OpenRouter', openRouter(), 'x/y', 'minimal', { reasoning: { effort: 'minimal' } }],
    ['DeepSeek', deepSeek(), 'deepseek-v4-pro', 'none', { thinking: { type: 'disabled' } }],
    [
      'DeepSeek',
      deepSeek(),
      'deepseek-v4-pro',
      'low',
      { thinking: { type: 'enabled' }, reasoning_effort: 'low' },
    ],
  ])('%s', async (...[, definition, externalId, reasoningEffort, expected]) => {
    const { reasoning_effort, reasoning, thinking } = await sent(definition, {
      externalId,
      reasoningEffort,
    })
    expect(JSON.parse(JSON.stringify({ reasoning_effort, reasoning, thinking }))).toEqual(expected)
  })
})

describe('how hard to think, in Gemini’s words', () => {
  it.each<readonly [string, ReasoningEffort, object]>([
    ['gemini-2.5-flash', 'none', { thinkingBudget: 0 }],
    ['gemini-2.5-flash', 'minimal', { thinkingBudget: 1024, includeThoughts: true }],
    ['gemini-2.5-flash', 'medium', { thinkingBudget: 8192, includeThoughts: true }],
    ['gemini-2.5-pro', 'none', { thinkingBudget: 128 }],
    ['gemini-2.5-pro', 'high', { thinkingBudget: 24_576, includeThoughts: true }],
    ['gemini-3-flash-preview', 'none', { thinkingLevel: 'MINIMAL' }],
    ['gemini-3-flash-preview', 'medium', { thinkingLevel: 'MEDIUM', includeThoughts: true }],
    ['gemini-3-pro-preview', 'none', { thinkingLevel: 'LOW' }],
    ['gemini-3-pro-preview', 'medium', { thinkingLevel: 'HIGH', includeThoughts: true }],
    ['gemini-3.1-pro-preview', 'medium', { thinkingLevel: 'MEDIUM', includeThoughts: true }],
    ['gemini-flash-latest', 'high', { thinkingLevel: 'HIGH', includeThoughts: true }],
  ])('%s: %s', async (externalId, reasoningEffort, expected) => {
    expect(await sent(google(), { externalId, reasoningEffort })).toMatchObject({
      generationConfig: { thinkingConfig: expected },
    })
  })
})

describe('how hard to think, in Anthropic’s words', () => {
  const adaptive = { type: 'adaptive', display: 'summarized' }
  const enabled = (budget_tokens: number) => ({ type: 'enabled', budget_tokens })
  const [haiku, sonnet] = ['claude-haiku-4-5-20251001', 'claude-sonnet-4-6']
  const tools = [{ name: 'f', parameters: { type: 'object' } }] as const
  const responseFormat = {
    type: 'json-schema',
    name: 'answer',
    schema: { type: 'object', properties: { a: { type: 'string' } } },
  } as const

  it.each<readonly [string, Partial<ModelCall>, object]>([
    ['a budget', { externalId: haiku, reasoningEffort: 'high' }, { thinking: enabled(32_000) }],
    [
      'a share of the answer',
      { externalId: haiku, reasoningEffort: 'medium', maxOutputTokens: 10_000 },
      { thinking: enabled(5000), max_tokens: 10_000 },
    ],
    [
      'the smallest budget',
      { externalId: haiku, reasoningEffort: 'minimal', maxOutputTokens: 2000 },
      { thinking: enabled(1024) },
    ],
    ['no room for it', { externalId: haiku, reasoningEffort: 'high', maxOutputTokens: 1024 }, {}],
    ['off', { externalId: haiku, reasoningEffort: 'none' }, {}],
    [
      'no temperature beside it',
      {
        externalId: haiku,
        reasoningEffort: 'low',
        temperature: 0.2,
        topP: 0.5,
        maxOutputTokens: 6000,
      },
      { thinking: enabled(1200) },
    ],
    [
      'a share of the words beside it that goes with it',
      { externalId: haiku, reasoningEffort: 'low', topP: 0.97, maxOutputTokens: 6000 },
      { thinking: enabled(1200), top_p: 0.97 },
    ],
    [
      'not where a tool is forced',
      { externalId: haiku, reasoningEffort: 'high', tools, toolChoice: 'required', temperature: 0 },
      { temperature: 0 },
    ],
    [
      'not where a schema is a tool',
      { externalId: 'claude-sonnet-4-20250514', reasoningEffort: 'high', responseFormat },
      {},
    ],
    [
      'an effort',
      { externalId: sonnet, reasoningEffort: 'medium' },
      { thinking: adaptive, output_config: { effort: 'medium' } },
    ],
    [
      'the lowest effort',
      { externalId: sonnet, reasoningEffort: 'minimal' },
      { thinking: adaptive, output_config: { effort: 'low' } },
    ],
    [
      'an effort beside a schema',
      { externalId: sonnet, reasoningEffort: 'high', responseFormat },
      { thinking: adaptive, output_config: { effort: 'high', format: { type: 'json_schema' } } },
    ],
    [
      'an effort alone where a tool is forced',
      { externalId: sonnet, reasoningEffort: 'high', tools, toolChoice: { toolName: 'f' } },
      { output_config: { effort: 'high' } },
    ],
    ['off: thinks only when asked', { externalId: sonnet, reasoningEffort: 'none' }, {}],
    ['off: the same', { externalId: 'claude-opus-4-7', reasoningEffort: 'none' }, {}],
    [
      'off: thinks unless told',
      { externalId: 'claude-opus-5', reasoningEffort: 'none' },
      { thinking: { type: 'disabled' } },
    ],
    [
      'off: cannot be told',
      { externalId: 'claude-opus-5-5', reasoningEffort: 'none' },
      { output_config: { effort: 'low' } },
    ],
  ])('%s', async (_, changes, expected) => {
    const body = await sent(anthropic(), changes)
    expect(body).toMatchObject(expected)
    for (const field of ['thinking', 'output_config', 'temperature', 'top_p']) {
      expect({ field, has: field in body }).toEqual({ field, has: field in expected })
    }
  })

  it.each<readonly [string, readonly boolean[], boolean]>([
    ['its own', [true], true],
    ['its own, and then another one’s', [true, false], true],
    ['another one’s', [false], false],
    ['another one’s, and then its own', [false, true], false],
  ])('a budget goes with a round of calls only if it began it: %s', async (...row) => {
    const [, thoughts, hasBudget] = row
    const data = { type: 'thinking', signature: 's', characters: 0, toolCalls: 0 }
    const own = { text: 'Hm', providerData: { providerId: 'anthropic', externalId: haiku, data } }
    const rounds = thoughts.flatMap((isOwn, index): readonly ChatMessage[] => [
      {
        role: 'assistant',
        content: '',
        toolCalls: [{ id: `a${index}`, name: 'f', input: {} }],
        reasoning: isOwn ? [own] : [],
      },
      { role: 'tool', toolCallId: `a${index}`, content: 'x' },
    ])
    const question: ChatMessage = { role: 'user', content: 'Go' }
    const earlier: ChatMessage = { role: 'assistant', content: 'Nobody’s' }
    const messages = [question, earlier, question, ...rounds]
    const body = await sent(anthropic(), { externalId: haiku, reasoningEffort: 'high', messages })
    expect('thinking' in body).toBe(hasBudget)
  })
})

describe('every effort', () => {
  let simulator: Simulator
  beforeAll(async () => {
    simulator = await startSimulator({ seed: 1 })
  })
  afterAll(() => simulator.close())

  it.each(REASONING_EFFORTS)('is taken by every model that can think: %s', async (effort) => {
    const { baseUrls, keys } = simulator
    const thinkers = [
      ...['claude-sonnet-4-6', 'claude-haiku-4-5-20251001'].map((id) => ['anthropic', id] as const),
      ...['gemini-2.5-flash', 'gemini-2.5-pro', 'gemini-3-flash-preview'].map(
        (id) => ['google', id] as const,
      ),
      ['openrouter', 'qwen/qwen3.7-flash'] as const,
      ['requesty', 'openai/o3:flex'] as const,
    ]
    for (const [dialect, id] of thinkers) {
      const factory = { anthropic, google, openrouter: openRouter, requesty }[dialect]
      const definition = factory({ apiBase: baseUrls[dialect] })
      const adapter = connect(definition, { credential: keys[dialect] })
      const call = callOf(id, { reasoningEffort: effort, temperature: 0.3, maxOutputTokens: 4000 })
      const parts = await readParts(adapter.chat(call))
      expect(parts.at(-1)?.type).toBe('finish')
      // What the simulator understood of it.
      const thought = simulator.calls.at(-1)?.usage?.reasoningTokens ?? 0
      const cannotStop = id.startsWith('gemini-3') || id === 'gemini-2.5-pro'
      if (!cannotStop)
        expect({ id, thinks: thought > 0 }).toEqual({ id, thinks: effort !== 'none' })
      const isShown = parts.some(({ type }) => type === 'reasoning-delta')
      if (dialect !== 'requesty' && effort !== 'none')
        expect({ id, isShown }).toEqual({ id, isShown: thought > 0 })
    }
  })
})
