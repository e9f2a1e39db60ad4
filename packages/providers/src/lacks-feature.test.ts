import type { FailureKind, ProviderFailure } from '@imrs/core'
import { FAILURE_RULES } from '@imrs/core'
import { describe, expect, it } from 'vitest'

import { anthropicFailure } from './anthropic/anthropic-failure.ts'
import { googleFailure } from './google/google-failure.ts'
import { openAiFailure } from './openai-compatible/openai-failure.ts'

type Classify = (status: number | undefined, body: unknown) => ProviderFailure

const rest = { providerName: 'Acme', headers: undefined, nowMs: 0 }
const openAi: Classify = (status, body) => openAiFailure({ ...rest, status, body })
const gemini: Classify = (status, body) => googleFailure({ ...rest, status, body })
const anthropic: Classify = (status, body) => anthropicFailure({ ...rest, status, body })

const openRouter = (message: string, metadata?: object) => ({
  error: { code: 404, message, ...(metadata === undefined ? {} : { metadata }) },
})
const invalid = (message: string) => ({ error: { message, type: 'invalid_request_error' } })
const argument = (message: string) => ({
  error: { code: 400, message, status: 'INVALID_ARGUMENT' },
})

describe('a model that cannot do what the request needs', () => {
  it.each<readonly [string, Classify, number | undefined, unknown]>([
    ['OpenRouter', openAi, 404, openRouter('No endpoints found that support tool use.')],
    [
      'OpenRouter, with a type',
      openAi,
      404,
      openRouter('No endpoints found that support image input', { error_type: 'not_found' }),
    ],
    [
      'OpenRouter, parameters',
      openAi,
      404,
      openRouter('No endpoints found that can handle the requested parameters.'),
    ],
    [
      'OpenRouter, in mid-stream',
      openAi,
      undefined,
      openRouter('No endpoints found that support tools'),
    ],
    [
      'OpenAI',
      openAi,
      400,
      invalid("Unsupported parameter: 'tools' is not supported with this model."),
    ],
    [
      'OpenAI, a value',
      openAi,
      400,
      invalid("Unsupported value: 'temperature' does not support 0.5 with this model."),
    ],
    ['OpenAI, images', openAi, 400, invalid('image_url is only supported by certain models.')],
    [
      'Ollama',
      openAi,
      400,
      { error: 'registry.ollama.ai/library/gemma:2b does not support tools' },
    ],
    ['DeepSeek', openAi, 400, invalid('deepseek-reasoner does not support Function Calling')],
    ['Mistral', openAi, 400, { message: 'Function calling is not enabled for this model' }],
    ['vLLM', openAi, 400, { error: '"auto" tool choice requires --enable-auto-tool-choice' }],
    ['Gemini', gemini, 400, argument('Function calling is not enabled for this model')],
    ['Gemini, images', gemini, 400, argument('Image input modality is not enabled for models/x')],
    [
      'Gemini, speech',
      gemini,
      400,
      argument('The modalities (TEXT) is not supported by the model.'),
    ],
    ['Anthropic', anthropic, 400, invalid('tools: this model does not support tools')],
    [
      'Anthropic, thinking',
      anthropic,
      400,
      invalid('"thinking.type.enabled" is not supported for this model.'),
    ],
  ])(
    '%s: is neither gone nor ill, and the request is not wrong',
    (...[, classify, status, body]) => {
      const { kind, message } = classify(status, body)
      const rule = FAILURE_RULES[kind]
      expect(kind).toBe('model-unfit')
      expect(rule).toMatchObject({ response: 'go-elsewhere', countsAgainstHealth: false })
      expect(rule.coolDown).toBeUndefined()
      expect(message).toMatch(/^Acme cannot do what the request needs with this model: /)
    },
  )

  it.each<readonly [string, Classify, number, unknown, FailureKind]>([
    ['no such model', openAi, 404, openRouter('No endpoints found for foo/bar.'), 'model-gone'],
    [
      'a policy',
      openAi,
      404,
      openRouter('No endpoints found matching your data policy'),
      'model-gone',
    ],
    [
      'no such model there',
      openAi,
      404,
      invalid('Provider and/or model not supported'),
      'model-gone',
    ],
    [
      'an embedding',
      openAi,
      404,
      invalid('This is not a chat model and thus not supported in'),
      'model-gone',
    ],
    ['a wrong field', openAi, 400, invalid('Unknown parameter: x'), 'invalid-request'],
    ['a key', openAi, 401, invalid('This key does not support tools'), 'credentials'],
    [
      'a limit',
      openAi,
      429,
      invalid('This model does not support so many requests'),
      'rate-limited',
    ],
    [
      'an outage',
      openAi,
      503,
      invalid('This region does not support the model today'),
      'overloaded',
    ],
    [
      'no such model of Gemini',
      gemini,
      404,
      {
        error: {
          code: 404,
          message: 'models/x is not found, or is not supported for generateContent.',
        },
      },
      'model-gone',
    ],
  ])('is told from %s', (...[, classify, status, body, kind]) => {
    expect(classify(status, body).kind).toBe(kind)
  })
})
