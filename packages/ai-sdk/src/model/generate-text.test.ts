import { createGate } from '@imrs/testing/simulator'
import { APICallError, NoSuchModelError, generateText } from 'ai'
import { describe, expect, it } from 'vitest'

import {
  MAIN,
  SPARE,
  THINKER,
  canReason,
  chatCalls,
  lastBody,
  simulatedRouter,
} from '../__fixtures__/simulated-router.ts'
import { imrsMetadataOf } from './imrs-metadata.ts'
import { imrsErrorDataOf } from './to-api-call-error.ts'

describe('generateText', () => {
  it('gives the answer of the model that the router chose, and says who it was', async () => {
    const { simulator, router, imrs } = await simulatedRouter()
    simulator.always(
      {},
      {
        type: 'respond',
        text: 'Rivers run.',
        usage: { inputTokens: 30, cachedInputTokens: 10, outputTokens: 8, reasoningTokens: 3 },
      },
    )

    const result = await generateText({ model: imrs('auto'), prompt: 'Write a haiku' })

    expect(result.text).toBe('Rivers run.')
    expect(result.finishReason).toBe('stop')
    expect(result.response.modelId).toBe(MAIN)
    expect(result.warnings).toEqual([])
    expect(result.usage).toMatchObject({
      inputTokens: 30,
      inputTokenDetails: { noCacheTokens: 20, cacheReadTokens: 10 },
      outputTokens: 8,
      outputTokenDetails: { textTokens: 5, reasoningTokens: 3 },
    })
    const metadata = imrsMetadataOf(result.providerMetadata)
    expect(metadata).toMatchObject({
      messageId: result.response.id,
      modelId: MAIN,
      chosenModelId: MAIN,
      provider: 'openai',
      source: 'auto',
      strategy: 'priority',
      fallbacks: [],
      warnings: [],
    })
    expect(metadata?.costUsd).toBeCloseTo(30e-6 + 16e-6, 9)
    const { decision, message } = await router.explain(metadata?.decisionId ?? '')
    expect(decision.task.type).toBe(metadata?.taskType)
    expect(message?.model).toBe(MAIN)
  })

  it('leads to feedback on the answer', async () => {
    const { router, imrs } = await simulatedRouter()
    const { providerMetadata } = await generateText({ model: imrs('auto'), prompt: 'Hello' })
    const messageId = imrsMetadataOf(providerMetadata)?.messageId ?? ''

    await expect(
      router.feedback({ messageId, userId: 'u1', signal: 'thumbs-up' }),
    ).resolves.toMatchObject({ rating: 1 })
  })

  it('shows a fallback, and names the model that answered', async () => {
    const { simulator, imrs } = await simulatedRouter()
    simulator.always({ model: 'main' }, { type: 'status', status: 503 })
    simulator.always({ model: 'spare' }, { type: 'respond', text: 'from the spare' })

    const { text, response, providerMetadata } = await generateText({
      model: imrs('auto'),
      prompt: 'Hello',
    })

    expect(text).toBe('from the spare')
    expect(response.modelId).toBe(SPARE)
    expect(imrsMetadataOf(providerMetadata)).toMatchObject({
      modelId: SPARE,
      chosenModelId: MAIN,
      fallbacks: [{ from: MAIN, to: SPARE, step: 'next-ranked', failureKind: 'unavailable' }],
    })
    expect(chatCalls(simulator).map(({ model }) => model)).toEqual(['main', 'spare'])
  })

  it('asks the model that is named, also by `languageModel`', async () => {
    const { imrs } = await simulatedRouter()
    for (const model of [imrs(SPARE), imrs.languageModel(SPARE), imrs.chat(SPARE)]) {
      const { response } = await generateText({ model, prompt: 'Hello' })
      expect(response.modelId).toBe(SPARE)
    }
  })

  it('takes a preset for a model, and says so', async () => {
    const { imrs } = await simulatedRouter()
    const { providerMetadata } = await generateText({ model: imrs('auto:cheap'), prompt: 'Hello' })
    expect(imrsMetadataOf(providerMetadata)).toMatchObject({ preset: 'cheap', source: 'auto' })
  })

  it('sends every setting that a model takes', async () => {
    const { simulator, imrs } = await simulatedRouter()
    const { warnings } = await generateText({
      model: imrs('auto'),
      instructions: 'Be brief.',
      prompt: 'Hello',
      maxOutputTokens: 77,
      temperature: 0.3,
      topP: 0.9,
      stopSequences: ['END'],
      seed: 5,
    })

    expect(warnings).toEqual([])
    expect(lastBody(simulator)).toMatchObject({
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Hello' },
      ],
      max_completion_tokens: 77,
      temperature: 0.3,
      top_p: 0.9,
      stop: ['END'],
      seed: 5,
    })
  })

  it.each([
    ['none', 'none'],
    ['minimal', 'minimal'],
    ['low', 'low'],
    ['high', 'high'],
    ['provider-default', undefined],
  ] as const)('asks for the reasoning %s', async (reasoning, effort) => {
    const { simulator, router, imrs } = await simulatedRouter()
    await canReason(router)
    const { warnings } = await generateText({ model: imrs(MAIN), prompt: 'Hello', reasoning })
    expect(warnings).toEqual([])
    expect(lastBody(simulator)['reasoning_effort']).toBe(effort)
  })

  it('warns of every setting that the router does not take', async () => {
    const { simulator, router, imrs } = await simulatedRouter()
    await canReason(router)
    const { warnings = [] } = await generateText({
      model: imrs('auto'),
      prompt: 'Hello',
      topK: 4,
      presencePenalty: 0.1,
      frequencyPenalty: 0.2,
      reasoning: 'xhigh',
      headers: { 'x-team': 'mascots' },
    })

    expect(warnings.map((warning) => ('feature' in warning ? warning.feature : ''))).toEqual([
      'topK',
      'presencePenalty',
      'frequencyPenalty',
      'reasoning',
      'headers',
    ])
    expect(JSON.stringify(warnings)).toContain('x-team')
    expect(JSON.stringify(warnings)).not.toContain('mascots')
    expect(lastBody(simulator)).toMatchObject({ reasoning_effort: 'high' })
  })

  it('passes the warnings of the router on', async () => {
    const { router, imrs } = await simulatedRouter()
    await router.models.edit(MAIN, { set: { maxOutputTokens: 10 } })
    const { warnings, providerMetadata } = await generateText({
      model: imrs(MAIN),
      prompt: 'Hello',
      maxOutputTokens: 1000,
    })
    expect(warnings).toEqual([
      { type: 'other', message: expect.stringContaining('maxOutputTokens') },
    ])
    expect(imrsMetadataOf(providerMetadata)?.warnings).toMatchObject([
      { code: 'parameter-dropped' },
    ])
  })

  it('sends images, PDFs and sound', async () => {
    const { simulator, imrs } = await simulatedRouter()
    const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1])
    await generateText({
      model: imrs('auto'),
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'What is this?' },
            { type: 'file', mediaType: 'image', data: png },
            { type: 'file', mediaType: 'application/pdf', data: 'JVBERi0=', filename: 'a.pdf' },
            { type: 'file', mediaType: 'audio/mpeg', data: 'AAAA' },
          ],
        },
      ],
    })
    expect(lastBody(simulator)['messages']).toEqual([
      {
        role: 'user',
        content: [
          { type: 'text', text: 'What is this?' },
          {
            type: 'image_url',
            image_url: { url: `data:image/png;base64,${Buffer.from(png).toString('base64')}` },
          },
          {
            type: 'file',
            file: { filename: 'a.pdf', file_data: 'data:application/pdf;base64,JVBERi0=' },
          },
          { type: 'input_audio', input_audio: { data: 'AAAA', format: 'mp3' } },
        ],
      },
    ])
  })
})

describe('a call that fails', () => {
  it('throws what the router says of it, and the SDK does not try again', async () => {
    const { simulator, imrs } = await simulatedRouter()
    simulator.always({}, { type: 'status', status: 503 })

    const error = await generateText({
      model: imrs('auto'),
      prompt: 'A secret prompt',
      maxRetries: 5,
    }).catch((thrown: unknown) => thrown)

    expect(APICallError.isInstance(error) && error.isRetryable).toBe(false)
    expect(imrsErrorDataOf(error)).toMatchObject({
      code: 'all-attempts-failed',
      failureKind: 'unavailable',
      isRetryable: true,
      isRetrySafe: true,
      tried: [{ model: MAIN }, { model: SPARE }, { model: THINKER }],
    })
    expect(chatCalls(simulator)).toHaveLength(3)
    expect(JSON.stringify(error)).not.toContain('secret prompt')
    expect(JSON.stringify(error)).not.toContain(simulator.keys.openai)
  })

  it('is refused with the code and the status of the router', async () => {
    const { imrs } = await simulatedRouter()
    const error = await generateText({ model: imrs('nobody/nothing'), prompt: 'Hello' }).catch(
      (thrown: unknown) => thrown,
    )
    expect(imrsErrorDataOf(error)).toMatchObject({ code: 'unknown-model', isRetryable: false })
    expect(error).toMatchObject({ statusCode: 400, isRetryable: false })
  })

  it('ends upstream when it is aborted, with the reason of the abort', async () => {
    const { simulator, imrs } = await simulatedRouter()
    const gate = createGate()
    simulator.always({}, { type: 'stall', stage: 'first-chunk', gate })
    const abort = new AbortController()
    const coming = simulator.nextCall()
    const answer = generateText({
      model: imrs('auto'),
      prompt: 'Hello',
      abortSignal: abort.signal,
    }).catch((thrown: unknown) => thrown)
    const call = await coming
    abort.abort()

    expect(await answer).toBe(abort.signal.reason)
    expect(await call.closed).toBe('aborted-by-client')
    expect(chatCalls(simulator)).toHaveLength(1)
  })
})

describe('createImrs', () => {
  it('has no models but language models', async () => {
    const { imrs } = await simulatedRouter()
    expect(() => imrs.embeddingModel('auto')).toThrow(NoSuchModelError)
    expect(() => imrs.imageModel('auto')).toThrow(NoSuchModelError)
    expect(() => imrs('')).toThrow(NoSuchModelError)
  })
})
