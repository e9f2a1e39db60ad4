import { getEventListeners } from 'node:events'

import type { LanguageModelV4Prompt } from '@ai-sdk/provider'
import { createGate } from '@imrs/testing/simulator'
import { APICallError, smoothStream, streamText } from 'ai'
import type { TextStreamPart, ToolSet } from 'ai'
import { describe, expect, it } from 'vitest'

import {
  MAIN,
  SPARE,
  THINKER,
  chatCalls,
  simulatedRouter,
} from '../__fixtures__/simulated-router.ts'
import { imrsMetadataOf } from './imrs-metadata.ts'
import { imrsErrorDataOf } from './to-api-call-error.ts'

type Part = TextStreamPart<ToolSet>

async function readAll(stream: AsyncIterable<Part>): Promise<Part[]> {
  const parts: Part[] = []
  for await (const part of stream) parts.push(part)
  return parts
}

const hello: LanguageModelV4Prompt = [{ role: 'user', content: [{ type: 'text', text: 'Hello' }] }]

const quiet = { onError: () => undefined }

describe('streamText', () => {
  it('gives the text as it comes, then who answered and what it cost', async () => {
    const { simulator, imrs } = await simulatedRouter()
    simulator.always({}, { type: 'respond', text: 'one two three four five six' })

    const result = streamText({ model: imrs('auto'), prompt: 'Count' })
    const parts = await readAll(result.fullStream)

    const types = parts.map(({ type }) => type)
    expect(types.filter((type) => type === 'text-delta').length).toBeGreaterThan(1)
    expect(types.filter((type, index) => type !== types[index - 1])).toEqual([
      'start',
      'start-step',
      'text-start',
      'text-delta',
      'text-end',
      'finish-step',
      'finish',
    ])
    expect(await result.text).toBe('one two three four five six')
    expect(await result.finishReason).toBe('stop')
    expect(await result.usage).toMatchObject({ outputTokens: expect.any(Number) })
    expect((await result.response).modelId).toBe(MAIN)
    const metadata = imrsMetadataOf(await result.providerMetadata)
    expect(metadata).toMatchObject({ modelId: MAIN, taskType: expect.any(String) })
    expect(metadata?.messageId).toBe((await result.response).id)
    expect(metadata?.costUsd).toBeGreaterThan(0)
  })

  it('shows nothing of a model that failed before its first word', async () => {
    const { simulator, imrs } = await simulatedRouter()
    simulator.always({ model: 'main' }, { type: 'stream-error', afterChunks: 0 })
    simulator.always({ model: 'spare' }, { type: 'respond', text: 'from the spare' })

    const result = streamText({ model: imrs('auto'), prompt: 'Hello' })

    expect(await result.text).toBe('from the spare')
    expect((await result.response).modelId).toBe(SPARE)
    expect(imrsMetadataOf(await result.providerMetadata)?.fallbacks).toMatchObject([
      { from: MAIN, to: SPARE },
    ])
  })

  it('ends with an error and no finish when the answer breaks, and is not begun anew', async () => {
    const { simulator, imrs } = await simulatedRouter()
    simulator.always(
      {},
      {
        type: 'combine',
        behaviours: [
          { type: 'respond', text: 'one two three four five six' },
          { type: 'truncate', afterChunks: 2 },
        ],
      },
    )
    const { stream } = await imrs('auto').doStream({ prompt: hello })
    const types: string[] = []
    let error: unknown
    for await (const part of stream) {
      types.push(part.type)
      if (part.type === 'error') error = part.error
    }
    expect(types.slice(0, 4)).toEqual([
      'stream-start',
      'response-metadata',
      'text-start',
      'text-delta',
    ])
    expect(types.at(-1)).toBe('error')
    expect(types).not.toContain('finish')
    expect(types).not.toContain('text-end')
    expect(APICallError.isInstance(error) && error.isRetryable).toBe(false)
    expect(imrsErrorDataOf(error)).toMatchObject({ failureKind: 'truncated', isRetrySafe: true })
    expect(imrsErrorDataOf(error)?.received?.characters).toBeGreaterThan(0)

    const errors: unknown[] = []
    const result = streamText({
      model: imrs('auto'),
      prompt: 'Hello',
      maxRetries: 3,
      onError: ({ error: given }) => void errors.push(given),
    })
    const parts = await readAll(result.fullStream)
    expect(parts.filter(({ type }) => type === 'error')).toHaveLength(1)
    expect(errors.map(imrsErrorDataOf)).toMatchObject([{ failureKind: 'truncated' }])
    expect(await result.finishReason).not.toBe('stop')
    expect(chatCalls(simulator).map(({ model }) => model)).toEqual(['main', 'main'])
  })

  it('gives the error when no model answers', async () => {
    const { simulator, imrs } = await simulatedRouter()
    simulator.always({}, { type: 'status', status: 500 })
    const errors: unknown[] = []
    const result = streamText({
      model: imrs('auto'),
      prompt: 'Hello',
      onError: ({ error }) => void errors.push(error),
    })
    await readAll(result.fullStream)
    expect(errors.map(imrsErrorDataOf)).toMatchObject([{ code: 'all-attempts-failed' }])
    expect(chatCalls(simulator)).toHaveLength(3)
  })

  it('is refused as a whole when no model begins to answer, and nothing is left in flight', async () => {
    const { simulator, router, imrs } = await simulatedRouter()
    simulator.always({}, { type: 'status', status: 500 })
    const error = await imrs('auto')
      .doStream({ prompt: hello })
      .then(undefined, (thrown: unknown) => thrown)
    const { code, messageId = '' } = imrsErrorDataOf(error) ?? {}
    expect(code).toBe('all-attempts-failed')
    // As long as it is unfinished it would be said so.
    await expect(
      router.feedback({ messageId, userId: 'u1', signal: 'thumbs-down' }),
    ).rejects.toMatchObject({ code: 'not-found' })
  })

  it('gives reasoning in a block of its own', async () => {
    const { simulator, imrs } = await simulatedRouter()
    simulator.always({}, { type: 'respond', reasoning: 'Hm, well.', text: 'Yes.' })
    const result = streamText({ model: imrs(THINKER), prompt: 'Really?' })
    expect(await result.text).toBe('Yes.')
    expect(await result.reasoningText).toBe('Hm, well.')
  })

  it('is smoothed by the SDK like any other', async () => {
    const { simulator, imrs } = await simulatedRouter()
    simulator.always({}, { type: 'respond', text: 'one two three' })
    const result = streamText({
      model: imrs('auto'),
      prompt: 'Count',
      experimental_transform: smoothStream({ delayInMs: null, chunking: 'word' }),
    })
    const parts = await readAll(result.fullStream)
    const texts = parts.flatMap((part) => (part.type === 'text-delta' ? [part.text] : []))
    expect(texts).toEqual(['one ', 'two ', 'three'])
  })

  it('gives the parts of the router, too, to those who ask for raw ones', async () => {
    const { imrs } = await simulatedRouter()
    const result = streamText({ model: imrs('auto'), prompt: 'Hello', includeRawChunks: true })
    const raw = (await readAll(result.fullStream)).flatMap((part) =>
      part.type === 'raw' ? [part.rawValue] : [],
    )
    expect(raw[0]).toMatchObject({ type: 'decision', model: MAIN, reason: expect.any(String) })
    expect(raw.at(-1)).toMatchObject({ type: 'end', model: MAIN })
  })
})

describe('a stream that is left', () => {
  it('ends upstream on abort, and as an abort', async () => {
    const { simulator, router, imrs } = await simulatedRouter()
    const gate = createGate()
    simulator.always({}, { type: 'stall', stage: 'between-chunks', afterChunks: 1, gate })
    const abort = new AbortController()
    const coming = simulator.nextCall()
    const result = streamText({
      model: imrs('auto'),
      prompt: 'Hello',
      abortSignal: abort.signal,
      ...quiet,
    })
    const types: string[] = []
    for await (const part of result.fullStream) {
      types.push(part.type)
      if (part.type === 'text-delta') abort.abort()
    }
    expect(types.at(-1)).toBe('abort')
    expect(types).not.toContain('error')
    expect(await (await coming).closed).toBe('aborted-by-client')
    // Nothing is in flight any more: closing does not wait.
    await router.close()
  })

  it.each(['before the first part', 'in the middle', 'while a part is waited for'])(
    'ends upstream when it is cancelled %s, and can be rated',
    async (when) => {
      const { simulator, router, imrs } = await simulatedRouter()
      const gate = createGate()
      simulator.always({}, { type: 'stall', stage: 'between-chunks', afterChunks: 2, gate })
      const coming = simulator.nextCall()
      const { stream } = await imrs('auto').doStream({ prompt: hello })
      const reader = stream.getReader()
      if (when === 'in the middle') await reader.read()
      let waiting: Promise<unknown> | undefined
      if (when === 'while a part is waited for') {
        let part = await reader.read()
        while (part.value?.type !== 'text-delta') part = await reader.read()
        await reader.read()
        waiting = reader.read()
      }
      await reader.cancel()
      await waiting

      expect(await (await coming).closed).toBe('aborted-by-client')
      const attempts = await router.performance.report({ groupBy: ['model'] })
      expect(attempts.rows.length).toBeGreaterThan(0)
    },
  )

  it('leaves nothing on the signal of the caller', async () => {
    const { imrs } = await simulatedRouter()
    const { signal } = new AbortController()
    const call = { prompt: hello, abortSignal: signal }
    await imrs('auto').doGenerate(call)
    expect(getEventListeners(signal, 'abort')).toEqual([])
    const { stream } = await imrs('auto').doStream(call)
    expect(getEventListeners(signal, 'abort').length).toBeGreaterThan(0)
    for await (const _ of stream) continue
    expect(getEventListeners(signal, 'abort')).toEqual([])
  })
})
