import { describe, expect, it } from 'vitest'

import { MODEL_PARAMETERS } from '../chat/model-parameters.ts'
import type { ModelParameterName } from '../chat/model-parameters.ts'
import type { Capability } from './capability.ts'
import type { Model } from './model.ts'
import { parameterSupportOf } from './parameter-support-of.ts'
import type { ModelParameterSupport, ParameterSupport } from './parameter-support.ts'
import type { ProviderType } from './provider.ts'

interface Given extends Partial<
  Pick<Model, 'supportedParameters' | 'maxOutputTokens' | 'metadata'>
> {
  readonly capabilities?: readonly Capability[]
  readonly apiBase?: string
}

function support(
  providerType: ProviderType,
  externalId: string,
  { apiBase = 'https://provider.example/v1', ...model }: Given = {},
): ModelParameterSupport {
  return parameterSupportOf(
    { externalId, capabilities: ['text'], metadata: {}, ...model },
    { providerType, apiBase },
  )
}

function parameter(
  name: ModelParameterName,
  ...given: Parameters<typeof support>
): ParameterSupport {
  return support(...given).parameters[name]
}

/** One letter a parameter: yes, no, or `?`. */
function letters({ parameters }: ModelParameterSupport): string {
  const letter = { supported: 'y', unsupported: 'n', unknown: '?' }
  return MODEL_PARAMETERS.map((name) => letter[parameters[name].support]).join('')
}

describe('the wire format', () => {
  it.each([
    ['openai', 'gpt-6', 'yyyyy?y'],
    ['azure', 'my-deployment', 'yyyyy?y'],
    ['anthropic', 'claude-3-haiku-20240307', 'yyyynny'],
    ['google', 'gemini-2.0-flash', 'yyyyyny'],
    ['openrouter', 'a/b', 'y?????y'],
    ['requesty', 'a/b', 'y?????y'],
    ['custom', 'llama3', 'y?????y'],
  ] as const)('of %s, for %s: %s', (providerType, externalId, expected) => {
    expect(letters(support(providerType, externalId))).toBe(expected)
  })

  it('has limits of its own', () => {
    expect(parameter('temperature', 'anthropic', 'claude-3-haiku-20240307').max).toBe(1)
    expect(parameter('temperature', 'google', 'gemini-2.5-flash').max).toBe(2)
    expect(parameter('stop', 'openai', 'gpt-4o').max).toBe(4)
    expect(parameter('stop', 'google', 'gemini-2.5-flash').max).toBe(5)
    expect(parameter('seed', 'google', 'gemini-2.5-flash')).toMatchObject({ max: 2_147_483_647 })
  })

  it('is another on a server that leaves something out', () => {
    const apiBase = 'https://api.mistral.ai/v1'
    expect(parameter('seed', 'custom', 'mistral-large', { apiBase }).support).toBe('unsupported')
    expect(parameter('temperature', 'custom', 'mistral-large', { apiBase }).max).toBe(1.5)
    expect(letters(support('custom', 'x', { apiBase: 'no address' }))).toBe('y?????y')
  })
})

describe("the model's name and capabilities", () => {
  it.each([
    ['o1', 'ynnny', ['low', 'medium', 'high']],
    ['o3-mini-2025-01-31', 'ynnny', ['low', 'medium', 'high']],
    ['gpt-5', 'ynnny', ['minimal', 'low', 'medium', 'high']],
    ['gpt-5-mini-2025-08-07', 'ynnny', ['minimal', 'low', 'medium', 'high']],
    ['gpt-5-pro', 'ynnny', ['high']],
    ['gpt-5.2-pro', 'ynnny', ['medium', 'high']],
    ['gpt-5.1-codex-mini', 'ynnny', ['low', 'medium', 'high']],
    ['gpt-5.5', 'ynnny', ['none', 'low', 'medium', 'high']],
    ['gpt-5.1', 'yyyny', ['none', 'low', 'medium', 'high']],
  ])('of OpenAI that reason: %s', (name, expected, values) => {
    const found = support('openai', name, { capabilities: ['text', 'reasoning'] })
    expect(letters(found).slice(0, 5)).toBe(expected)
    expect(found.parameters.reasoningEffort).toEqual({ support: 'supported', values })
  })

  it.each([
    ['gpt-4o', 'yyyyyn'],
    ['ft:gpt-4o-mini-2024-07-18:org::id', 'yyyyyn'],
    ['gpt-4.1-2025-04-14', 'yyyyyn'],
    ['gpt-5-chat-latest', 'yyyyyn'],
    ['gpt-5.2-chat-latest', 'ynnnyn'],
    ['gpt-4o-search-preview', 'ynnnnn'],
    ['o1-mini', 'ynnnyn'],
  ])('of OpenAI that take no effort: %s', (name, expected) => {
    expect(letters(support('openai', name)).slice(0, 6)).toBe(expected)
  })

  it('of a deployment that is called something else, when it reasons', () => {
    const found = support('azure', 'our-model', { capabilities: ['text', 'reasoning'] })
    expect(letters(found)).toBe('ynnnyyy')
  })

  it.each([
    ['claude-3-5-sonnet-20241022', 'yyyynn'],
    ['claude-3-7-sonnet-20250219', 'yyyyny'],
    ['claude-opus-4-20250514', 'yyyyny'],
    ['claude-opus-4-1', 'yyyyny'],
    ['claude-haiku-4-5-20251001', 'yyyyny'],
    ['claude-sonnet-4-6', 'yyyyny'],
    ['claude-opus-4-7', 'ynnyny'],
    ['claude-sonnet-5', 'ynnyny'],
    ['claude-anything-9', 'ynnyny'],
  ])('of Anthropic: %s', (name, expected) => {
    expect(letters(support('anthropic', name)).slice(0, 6)).toBe(expected)
  })

  it.each([
    ['claude-haiku-4-5', undefined, false],
    ['claude-opus-4-6', ['none', 'low', 'medium', 'high'], false],
    ['claude-opus-4-8', ['none', 'low', 'medium', 'high'], false],
    ['claude-sonnet-5', ['none', 'low', 'medium', 'high'], true],
    ['claude-fable-5', ['low', 'medium', 'high'], true],
  ])('of Anthropic, and how little they think: %s', (name, values, reasonsUnasked) => {
    const found = support('anthropic', name)
    expect(found.parameters.reasoningEffort.values).toEqual(values)
    expect(found.reasonsUnasked).toBe(reasonsUnasked)
  })

  it('say what a model takes only while it does not reason, and what not beside another', () => {
    expect(support('openai', 'gpt-5.1')).toMatchObject({
      reasonsUnasked: true,
      parameters: { temperature: { max: 2, isTakenWhileReasoning: false } },
    })
    expect(support('anthropic', 'claude-sonnet-4-5')).toMatchObject({
      reasonsUnasked: false,
      parameters: {
        temperature: { max: 1, isTakenWhileReasoning: false },
        topP: { notBeside: 'temperature' },
        stop: { takesBlank: false },
      },
    })
  })

  it.each([
    ['gemini-2.5-flash', undefined],
    ['gemini-2.5-pro', ['minimal', 'low', 'medium', 'high']],
    ['gemini-3-pro-preview', ['low', 'high']],
    ['gemini-3.1-pro-preview', ['low', 'medium', 'high']],
    ['gemini-3-flash-preview', ['minimal', 'low', 'medium', 'high']],
  ])('of Google that think: %s', (name, values) => {
    const found = parameter('reasoningEffort', 'google', name, { capabilities: ['reasoning'] })
    expect(found).toEqual({ support: 'supported', ...(values === undefined ? {} : { values }) })
  })

  it('of any server, when it says that it reasons', () => {
    const capabilities = ['text', 'reasoning'] as const
    expect(parameter('reasoningEffort', 'custom', 'r1', { capabilities }).support).toBe('supported')
  })
})

describe("the provider's list", () => {
  it('says what a model takes, in the words of the provider', () => {
    const supportedParameters = ['max_tokens', 'temperature', 'top_p', 'stop', 'include_reasoning']
    expect(letters(support('openrouter', 'a/b', { supportedParameters }))).toBe('yyyynny')
    const others = ['max_completion_tokens', 'seed', 'reasoning_effort', 'tools']
    expect(letters(support('openrouter', 'a/b', { supportedParameters: others }))).toBe('ynnnyyy')
  })

  it('says nothing when it is empty, and nothing against a limit of the answer', () => {
    expect(letters(support('openrouter', 'a/b', { supportedParameters: [] }))).toBe('y?????y')
    const found = support('openrouter', 'a/b', { supportedParameters: ['temperature'] })
    expect(found.parameters.maxOutputTokens.support).toBe('supported')
  })

  it('cannot make up for what no request can say', () => {
    const supportedParameters = ['seed', 'temperature', 'stop']
    const found = support('anthropic', 'claude-3-haiku-20240307', { supportedParameters })
    expect(found.parameters.seed.support).toBe('unsupported')
    expect(found.parameters.temperature).toMatchObject({ support: 'supported', max: 1 })
  })

  it('gives the longest answer and the highest temperature', () => {
    const given = { maxOutputTokens: 8192, metadata: { maxTemperature: 1 } }
    const { parameters } = support('google', 'gemini-x', given)
    expect(parameters.maxOutputTokens).toEqual({ support: 'supported', max: 8192 })
    expect(parameters.temperature.max).toBe(1)
  })
})
