import type { EmbeddingModelV4, LanguageModelV4, ProviderV4 } from '@ai-sdk/provider'
import type { ProviderDefinition } from '@imrs/core'
import type { Router } from '@imrs/router'
import type { LanguageModel, Provider } from 'ai'
import { createProviderRegistry, generateText } from 'ai'
import { expectTypeOf, it } from 'vitest'

import { aiSdkProvider } from '../provider/ai-sdk-provider.ts'
import { createImrs } from './create-imrs.ts'
import type { ImrsProvider } from './create-imrs.ts'
import { imrsMetadataOf } from './imrs-metadata.ts'
import { imrsErrorDataOf } from './to-api-call-error.ts'

declare const router: Router
declare const imrs: ImrsProvider

it('is a provider of the AI SDK, and its models are models of it', () => {
  expectTypeOf(imrs).toExtend<ProviderV4>()
  expectTypeOf(imrs).toExtend<Provider>()
  expectTypeOf(imrs('auto')).toExtend<LanguageModel>()
  expectTypeOf(imrs('auto')).toEqualTypeOf<LanguageModelV4>()
  expectTypeOf<ImrsProvider['languageModel']>().toEqualTypeOf<
    (modelId: string) => LanguageModelV4
  >()
  expectTypeOf<ReturnType<ImrsProvider['embeddingModel']>>().toExtend<EmbeddingModelV4>()
  expectTypeOf(createProviderRegistry).toBeCallableWith({ imrs })
  expectTypeOf(generateText).toBeCallableWith({ model: imrs('auto'), prompt: 'Hello' })
})

it('takes a router and the defaults of its requests, and nothing else', () => {
  expectTypeOf(createImrs).toBeCallableWith({ router })
  expectTypeOf(createImrs).toBeCallableWith({ router, tenantId: 't', agentId: 'a', roles: ['x'] })
  // @ts-expect-error: a router is needed
  createImrs({ tenantId: 't' })
  // @ts-expect-error: the model is named by the call
  createImrs({ router, model: 'auto' })
  // @ts-expect-error: a model has a name
  imrs()
})

it('says what is known of an answer and of a failure', () => {
  expectTypeOf(imrsMetadataOf)
    .parameter(0)
    .toExtend<Awaited<ReturnType<typeof generateText>>['providerMetadata']>()
  expectTypeOf(imrsMetadataOf(undefined)?.messageId).toEqualTypeOf<string | undefined>()
  expectTypeOf(imrsErrorDataOf).parameter(0).toBeUnknown()
})

it('makes a definition of models of the SDK', () => {
  const model = imrs('auto')
  expectTypeOf(
    aiSdkProvider({ id: 'sdk', models: [{ model }] }),
  ).toEqualTypeOf<ProviderDefinition>()
  // @ts-expect-error: a name is no model
  aiSdkProvider({ id: 'sdk', models: [{ model: 'gpt-4o' }] })
  // @ts-expect-error: prices are decimal text
  aiSdkProvider({ id: 'sdk', models: [{ model, pricing: { input: 2.5 } }] })
})
