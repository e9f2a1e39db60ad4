import { createOpenAI } from '@ai-sdk/openai'
import { ConfigError } from '@imrs/core'
import { createRouter, priority } from '@imrs/router'
import { memorySecrets } from '@imrs/secrets'
import { memoryStore } from '@imrs/testing/host'
import { simulatedModel, startSimulator } from '@imrs/testing/simulator'
import { generateText, isStepCount, streamText, tool } from 'ai'
import { describe, expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'

import { finishOf, scriptedModel } from '../__fixtures__/scripted-model.ts'
import { createImrs } from '../model/create-imrs.ts'
import { imrsMetadataOf } from '../model/imrs-metadata.ts'
import { imrsErrorDataOf } from '../model/to-api-call-error.ts'
import type { AiSdkProviderOptions } from './ai-sdk-provider-options.ts'
import { aiSdkProvider } from './ai-sdk-provider.ts'

/** A router whose models are the SDK's, and which is a provider of the SDK itself. */
async function bothWays() {
  const simulator = await startSimulator({
    models: ['one', 'two'].map((id) => simulatedModel({ dialect: 'openai', id })),
  })
  onTestFinished(() => simulator.close())
  const openai = createOpenAI({
    apiKey: simulator.keys.openai,
    baseURL: simulator.baseUrls.openai,
  })
  const facts = {
    capabilities: ['text', 'function_calling', 'structured_output'],
    contextLength: 100_000,
    pricing: { input: '1', output: '2' },
  } as const
  const router = await createRouter({
    store: memoryStore(),
    secrets: memorySecrets(),
    providers: [
      aiSdkProvider({
        id: 'sdk',
        models: [
          { model: openai.chat('one'), displayName: 'One', ...facts },
          { model: openai.chat('two'), id: 'second', ...facts },
        ],
      }),
    ],
    unconfiguredAgents: 'all',
    strategy: priority(),
    retries: { lastModel: 0 },
  })
  onTestFinished(() => router.close())
  await router.models.edit('sdk/one', { set: { priority: 90 } })
  return { simulator, router, imrs: createImrs({ router, userId: 'u1' }) }
}

describe('models of the SDK in a router', () => {
  it('are in the catalogue as they were described', async () => {
    const { router } = await bothWays()
    const { items: models } = await router.models.list()
    expect(models).toMatchObject([
      {
        id: 'sdk/one',
        displayName: 'One',
        capabilities: ['text', 'function_calling', 'structured_output'],
        contextLength: 100_000,
        pricing: { input: '1', output: '2' },
        metadata: { provider: 'openai.chat', modelId: 'one' },
      },
      { id: 'sdk/second', displayName: 'second' },
    ])
  })

  it('answer, fail over, and cost', async () => {
    const { simulator, imrs } = await bothWays()
    simulator.always({ model: 'one' }, { type: 'status', status: 503 })
    simulator.always({ model: 'two' }, { type: 'respond', text: 'from two' })
    const result = streamText({ model: imrs('auto'), prompt: 'Hello' })
    expect(await result.text).toBe('from two')
    const metadata = imrsMetadataOf(await result.providerMetadata)
    expect(metadata).toMatchObject({
      modelId: 'sdk/second',
      fallbacks: [{ from: 'sdk/one', to: 'sdk/second', failureKind: 'unavailable' }],
    })
    expect(metadata?.costUsd).toBeGreaterThan(0)
    // The SDK's own retries are not used: each model was asked once.
    expect(simulator.calls.filter(({ operation }) => operation === 'chat')).toHaveLength(2)
  })

  it('call tools in steps', async () => {
    const { simulator, imrs } = await bothWays()
    simulator.script(
      {},
      { type: 'respond', toolCalls: [{ id: 'c1', name: 'add', arguments: { a: 1, b: 2 } }] },
      { type: 'respond', text: '3' },
    )
    const { text, steps } = await generateText({
      model: imrs('auto'),
      prompt: 'What is 1 + 2?',
      tools: {
        add: tool({
          inputSchema: z.object({ a: z.number(), b: z.number() }),
          execute: ({ a, b }) => a + b,
        }),
      },
      stopWhen: isStepCount(3),
    })
    expect(text).toBe('3')
    expect(steps).toHaveLength(2)
  })

  it('tell a wrong key without showing it', async () => {
    const { simulator, imrs } = await bothWays()
    const key = simulator.keys.openai
    simulator.replaceKeys({ openai: 'sk-another-key-altogether' })
    const error = await generateText({ model: imrs('sdk/one'), prompt: 'Hello' }).catch(
      (thrown: unknown) => thrown,
    )
    expect(imrsErrorDataOf(error)).toMatchObject({ failureKind: 'credentials' })
    expect(JSON.stringify([error, String(error)])).not.toContain(key)
  })
})

describe('aiSdkProvider', () => {
  const model = scriptedModel([finishOf()])
  const make = (options: Partial<AiSdkProviderOptions>) => () =>
    aiSdkProvider({ id: 'sdk', models: [{ model }], ...options })

  it.each<[string, Partial<AiSdkProviderOptions>]>([
    ['`aiSdkProvider.id`', { id: 'No' }],
    ['`aiSdkProvider.displayName`', { displayName: ' ' }],
    ['`aiSdkProvider.models`', { models: [] }],
    ['`aiSdkProvider.models[1].id`', { models: [{ model }, { model }] }],
    ['`aiSdkProvider.models[0].contextLength`', { models: [{ model, contextLength: 0 }] }],
    ['`aiSdkProvider.models[0].pricing.input`', { models: [{ model, pricing: { input: '-1' } }] }],
    [
      '`aiSdkProvider.models[0].capabilities.0`',
      { models: [{ model, capabilities: ['x' as never] }] },
    ],
    ['`aiSdkProvider.rateLimitRpm`', { rateLimitRpm: 0 }],
    ['`aiSdkProvider.policy.maxRetries`', { policy: { maxRetries: -1 } }],
    [
      '`aiSdkProvider.models[0].model.specificationVersion`',
      { models: [{ model: { ...model, specificationVersion: 'v3' } as never }] },
    ],
  ])('refuses %s', (option, options) => {
    expect(make(options)).toThrow(ConfigError)
    expect(make(options)).toThrow(option)
  })

  it('needs no key, and serves no model it was not given', async () => {
    const { family, provider } = aiSdkProvider({ id: 'sdk', models: [{ model }], rateLimitRpm: 60 })
    expect(family.needsCredential).toBe(false)
    expect(provider).toMatchObject({ id: 'sdk', displayName: 'sdk', rateLimitRpm: 60 })
    const row = {
      ...provider,
      isActive: true,
      origin: 'code',
      createdAtMs: 0,
      updatedAtMs: 0,
    } as const
    const adapter = family.connect({ provider: row, runtime: {} as never })
    await expect(adapter.checkCredential()).resolves.toBeUndefined()
    await expect(adapter.checkCredential({ signal: AbortSignal.abort('no') })).rejects.toBe('no')
    const gone = adapter.chat({ externalId: 'gone', stream: true, messages: [] })
    await expect(gone[Symbol.asyncIterator]().next()).rejects.toMatchObject({
      failure: { kind: 'model-gone' },
    })
  })
})
