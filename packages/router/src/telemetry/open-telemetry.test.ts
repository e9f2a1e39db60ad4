import type { ProviderFailure } from '@imrs/core'
import { SpanKind, SpanStatusCode, context, trace } from '@opentelemetry/api'
import type { ReadableSpan } from '@opentelemetry/sdk-trace'
import { describe, expect, it } from 'vitest'

import { hello, makeRouter, read } from '../__fixtures__/make-router.ts'
import type { MakeRouterOptions } from '../__fixtures__/make-router.ts'
import { memorySdk, pointOf } from './__fixtures__/open-telemetry-sdk.ts'
import type { MemorySdk } from './__fixtures__/open-telemetry-sdk.ts'
import { openTelemetry } from './open-telemetry.ts'
import type { OpenTelemetryOptions } from './telemetry-options.ts'

const down: ProviderFailure = { kind: 'unavailable', message: 'canary-message of the provider' }
const usage = { inputTokens: 10, outputTokens: 5, cachedInputTokens: 4 }
const priced = (externalId: string) => ({ externalId, pricing: { input: '2', output: '10' } })

async function observed(options: MakeRouterOptions, telemetry: OpenTelemetryOptions = {}) {
  const sdk = memorySdk()
  const { tracerProvider, meterProvider } = sdk
  const given = { tracerProvider, meterProvider, ...telemetry }
  return { sdk, ...(await makeRouter({ ...options, telemetry: openTelemetry(given) })) }
}

function requestSpan({ spans }: MemorySdk): ReadableSpan {
  const found = spans().filter(({ kind }) => kind === SpanKind.INTERNAL)
  expect(found).toHaveLength(1)
  return found[0] as ReadableSpan
}

const callSpans = ({ spans }: MemorySdk) => spans().filter(({ kind }) => kind === SpanKind.CLIENT)

describe('the spans of a request', () => {
  it('are one for the request, below the active one, and one for the call, below that', async () => {
    const { router, sdk } = await observed({
      providers: [{ models: [priced('one')], answer: () => ({ text: 'Hi', usage }) }],
    })
    const outer = sdk.tracerProvider
      .getTracer('host')
      .startSpan('handler', { kind: SpanKind.SERVER })
    const answer = await context.with(trace.setSpan(context.active(), outer), () =>
      router.chat({ ...hello, model: 'auto', conversationId: 'c1', temperature: 0.5 }),
    )
    // Read where another span, or none, is active.
    await read(answer)
    outer.end()

    const request = requestSpan(sdk)
    const [call, ...others] = callSpans(sdk)
    expect(others).toEqual([])
    expect(request.parentSpanContext?.spanId).toBe(outer.spanContext().spanId)
    expect(call?.parentSpanContext?.spanId).toBe(request.spanContext().spanId)
    expect(call?.spanContext().traceId).toBe(outer.spanContext().traceId)
    expect(request).toMatchObject({
      name: 'chat auto',
      status: { code: SpanStatusCode.UNSET },
      attributes: {
        'gen_ai.request.model': 'auto',
        'gen_ai.response.model': 'fake/one',
        'gen_ai.response.finish_reasons': ['stop'],
        'gen_ai.conversation.id': 'c1',
        'imrs.message.id': answer.messageId,
        'imrs.decision.id': answer.decision.id,
        'imrs.decision.source': 'auto',
        'imrs.outcome': 'finished',
        'imrs.attempts': 1,
        'imrs.usage.input_tokens': 10,
        'imrs.cost_usd': 0.000_07,
      },
    })
    expect(call).toMatchObject({
      name: 'chat one',
      status: { code: SpanStatusCode.UNSET },
      attributes: {
        'gen_ai.operation.name': 'chat',
        'gen_ai.provider.name': 'fake',
        'gen_ai.request.model': 'one',
        'gen_ai.request.temperature': 0.5,
        'gen_ai.request.stream': true,
        'gen_ai.usage.input_tokens': 10,
        'gen_ai.usage.output_tokens': 5,
        'gen_ai.usage.cache_read.input_tokens': 4,
        'gen_ai.response.finish_reasons': ['stop'],
        'server.address': 'fake.example',
        'server.port': 443,
        'imrs.model.id': 'fake/one',
        'imrs.attempt.cause': 'first',
        'imrs.outcome': 'completed',
        'imrs.usage.source': 'provider',
      },
    })
    expect(Object.keys(call?.attributes ?? {})).not.toContain('error.type')
  })

  it('count tokens once: only calls have what sums are made of', async () => {
    const { router, sdk } = await observed({
      providers: [{ models: ['one'], answer: () => ({ text: 'Hi', usage }) }],
    })
    await read(await router.chat(hello))
    const names = Object.keys(requestSpan(sdk).attributes)
    expect(names.filter((name) => /^gen_ai\.(usage|operation|provider)/.test(name))).toEqual([])
  })

  it('tell of failover: a failed call, an event, a good call, and no failure of the request', async () => {
    const { router, sdk } = await observed({
      providers: [
        {
          models: ['one', 'two'],
          answer: ({ externalId }) => (externalId === 'one' ? { failure: down } : { text: 'Hi' }),
        },
      ],
    })
    await read(await router.chat({ ...hello, model: 'auto' }))

    const [first, second] = callSpans(sdk)
    expect(first).toMatchObject({
      name: 'chat one',
      status: { code: SpanStatusCode.ERROR, message: 'unavailable' },
      attributes: {
        'error.type': 'unavailable',
        'imrs.outcome': 'failed',
        'imrs.attempt.position': 1,
      },
    })
    expect(second).toMatchObject({
      name: 'chat two',
      attributes: { 'imrs.attempt.cause': 'failover', 'imrs.outcome': 'completed' },
    })
    const request = requestSpan(sdk)
    expect(request.status.code).toBe(SpanStatusCode.UNSET)
    expect(request.events).toMatchObject([
      {
        name: 'imrs.fallback',
        attributes: {
          'imrs.from': 'fake/one',
          'imrs.to': 'fake/two',
          'imrs.step': 'next-ranked',
          'error.type': 'unavailable',
        },
      },
    ])
  })

  it('fail with the request, by the kind of the last failure and without its message', async () => {
    const { router, sdk } = await observed({
      providers: [{ models: ['one'], answer: () => ({ failure: down }) }],
    })
    await read(await router.chat(hello))
    expect(requestSpan(sdk)).toMatchObject({
      status: { code: SpanStatusCode.ERROR, message: 'unavailable' },
      attributes: { 'error.type': 'unavailable', 'imrs.outcome': 'failed' },
    })
    expect(everything(sdk)).not.toContain('canary-message')
  })

  it('of a refused request say why, and nothing of a model that nobody knows', async () => {
    const { router, sdk } = await observed({})
    await expect(router.chat({ ...hello, model: 'canary/unknown' })).rejects.toThrow()
    expect(requestSpan(sdk)).toMatchObject({
      name: 'chat',
      status: { code: SpanStatusCode.ERROR, message: 'unknown-model' },
      attributes: { 'error.type': 'unknown-model', 'imrs.outcome': 'refused' },
    })
    expect(everything(sdk)).not.toContain('canary/unknown')
  })

  it('end with a reader that leaves: stopped, which is no failure', async () => {
    const { router, sdk } = await observed({
      providers: [{ models: ['one'], answer: () => ({ text: 'Hi', hangs: true }) }],
    })
    const answer = await router.chat(hello)
    for await (const part of answer.parts) if (part.type === 'text-delta') break

    expect(callSpans(sdk)).toMatchObject([
      { status: { code: SpanStatusCode.UNSET }, attributes: { 'imrs.outcome': 'aborted' } },
    ])
    expect(requestSpan(sdk)).toMatchObject({
      status: { code: SpanStatusCode.UNSET },
      attributes: { 'imrs.outcome': 'aborted' },
    })
    // The child is over before its parent.
    expect(sdk.spans().map(({ kind }) => kind)).toEqual([SpanKind.CLIENT, SpanKind.INTERNAL])
  })

  it('of a request whose signal aborts are stopped too, before and after a model was chosen', async () => {
    const { router, sdk } = await observed({
      providers: [{ models: ['one'], answer: () => ({ hangs: true }) }],
    })
    const early = AbortSignal.abort(new Error('left'))
    await expect(router.chat(hello, { signal: early })).rejects.toThrow('left')
    const abort = new AbortController()
    const answer = await router.chat(hello, { signal: abort.signal })
    const reading = read(answer)
    await Promise.resolve()
    abort.abort(new Error('left'))
    await reading
    const requests = sdk.spans().filter(({ kind }) => kind === SpanKind.INTERNAL)
    expect(requests.map(({ attributes }) => attributes['imrs.outcome'])).toEqual([
      'aborted',
      'aborted',
    ])
    expect(requests.map(({ status }) => status.code)).toEqual([0, 0])
  })

  it('speak the older conventions when told so', async () => {
    const { router, sdk } = await observed(
      { providers: [{ models: ['one'], answer: () => ({ text: 'Hi', usage }) }] },
      { semanticConventions: '1.36' },
    )
    await read(await router.chat(hello))
    const attributes = callSpans(sdk)[0]?.attributes ?? {}
    expect(attributes['gen_ai.system']).toBe('fake')
    expect(Object.keys(attributes)).not.toContain('gen_ai.provider.name')
    expect(Object.keys(attributes)).not.toContain('gen_ai.request.stream')
    const metrics = await sdk.metrics()
    expect([...metrics.keys()]).not.toContain('gen_ai.client.operation.time_to_first_chunk')
    expect(pointOf(metrics.get('gen_ai.client.operation.duration')).count).toBe(1)
  })
})

describe('metrics', () => {
  it('are what the ledger says', async () => {
    let isDown = false
    const { router, store, sdk, runtime } = await observed({
      providers: [
        {
          models: [priced('one')],
          answer: () =>
            isDown
              ? { failure: down }
              : { before: runtime.advance(40), text: 'Hi', between: runtime.advance(60), usage },
        },
      ],
    })
    const rows = []
    for (const failing of [false, true, false]) {
      isDown = failing
      const answer = await router.chat(hello)
      await read(answer)
      const key = { tenantId: 'default', messageId: answer.messageId }
      rows.push(...(await store.ledger.listAttempts(key)))
    }
    const metrics = await sdk.metrics()
    const sumOf = (numbers: readonly (number | undefined)[]) =>
      numbers.reduce<number>((sum, one) => sum + (one ?? 0), 0)

    const duration = metrics.get('gen_ai.client.operation.duration')
    expect(pointOf(duration).count).toBe(rows.length)
    expect(pointOf(duration).sum).toBeCloseTo(sumOf(rows.map(({ totalMs }) => totalMs)) / 1000, 9)
    expect(pointOf(duration).sum).toBeGreaterThan(0)
    expect(pointOf(duration, { 'error.type': 'unavailable' }).count).toBe(
      rows.filter(({ outcome }) => outcome === 'failed').length,
    )
    const tokens = metrics.get('gen_ai.client.token.usage')
    expect(pointOf(tokens, { 'gen_ai.token.type': 'input' }).sum).toBe(
      sumOf(rows.map(({ usage: used }) => used?.inputTokens)),
    )
    expect(pointOf(tokens, { 'gen_ai.token.type': 'output' }).sum).toBe(
      sumOf(rows.map(({ usage: used }) => used?.outputTokens)),
    )
    const firsts = rows.flatMap(({ firstPartMs }) => firstPartMs ?? [])
    const firstChunk = pointOf(metrics.get('gen_ai.client.operation.time_to_first_chunk'))
    expect(firstChunk.count).toBe(firsts.length)
    expect(firstChunk.sum).toBeCloseTo(sumOf(firsts) / 1000, 9)
    const cost = (metrics.get('imrs.cost')?.dataPoints ?? []).map(({ value }) => Number(value))
    expect(sumOf(cost)).toBeCloseTo(sumOf(rows.map(({ costNanoUsd }) => costNanoUsd)) / 1e9, 12)
  })

  it('hold lists, checks, caches and pickers too', async () => {
    const { router, sdk } = await observed({})
    await router.models.response({ force: true })
    await router.health.check('fake')
    router.metrics.pickerMeasured({ measure: 'select', durationMs: 30 })
    await router.close()
    const metrics = await sdk.metrics()
    expect(pointOf(metrics.get('imrs.model_fetch.duration'), { 'imrs.outcome': 'ok' }).count).toBe(
      2,
    )
    expect(pointOf(metrics.get('imrs.health_check.duration')).count).toBe(1)
    expect(pointOf(metrics.get('imrs.picker.duration')).sum).toBe(0.03)
    const reads = metrics.get('imrs.cache.reads')?.dataPoints ?? []
    expect(reads.map(({ attributes }) => attributes)).toContainEqual({
      'imrs.cache': 'health',
      'imrs.result': 'miss',
    })
  })
})

describe('what is never recorded', () => {
  const secret = 'canary-prompt-0815'
  const request = {
    ...hello,
    messages: [{ role: 'user', content: secret }],
    stopSequences: ['canary-stop'],
    tools: [{ name: 'canary-tool', parameters: { type: 'object', title: 'canary-schema' } }],
  } as const

  it('is texts of requests and answers, users and keys', async () => {
    const { router, sdk } = await observed({
      providers: [
        {
          models: [{ externalId: 'one', capabilities: ['text', 'function_calling'] }],
          answer: () => ({ text: 'canary-answer', reasoning: 'canary-thought', usage }),
        },
      ],
    })
    await read(await router.chat({ ...request, userId: 'canary-user' }))
    expect(sdk.spans()).toHaveLength(2)
    expect(everything(sdk)).not.toContain('canary')
    expect(JSON.stringify([...(await sdk.metrics()).values()])).not.toContain('canary')
  })

  it('is texts unless the host wants them', async () => {
    const { router, sdk } = await observed(
      { providers: [{ models: ['one'], answer: () => ({ text: ['canary-', 'answer'] }) }] },
      { captureContent: true },
    )
    await read(
      await router.chat({
        ...hello,
        messages: [{ role: 'system', content: 'Be brief' }, ...request.messages],
      }),
    )
    const { attributes } = requestSpan(sdk)
    expect(JSON.parse(String(attributes['gen_ai.input.messages']))).toEqual([
      { role: 'system', parts: [{ type: 'text', content: 'Be brief' }] },
      { role: 'user', parts: [{ type: 'text', content: secret }] },
    ])
    expect(JSON.parse(String(attributes['gen_ai.output.messages']))).toEqual([
      {
        role: 'assistant',
        parts: [{ type: 'text', content: 'canary-answer' }],
        finish_reason: 'stop',
      },
    ])
  })

  it('is anything at all when telemetry is off', async () => {
    const sdk = memorySdk()
    trace.setGlobalTracerProvider(sdk.tracerProvider)
    const { router } = await makeRouter()
    await read(await router.chat(hello))
    trace.disable()
    expect(sdk.spans()).toEqual([])
  })
})

describe('telemetry that fails', () => {
  it('breaks no request', async () => {
    const broken = {
      getTracer: () => {
        throw new Error('The SDK is broken')
      },
    }
    const { router } = await observed({}, { tracerProvider: broken })
    await expect((await router.chat(hello)).text()).resolves.toBe('one')
  })

  it('is refused at the start when its options are wrong', () => {
    const semanticConventions = '9.9' as '1.41'
    expect(() => openTelemetry({ semanticConventions })).toThrow('`semanticConventions` must be')
    expect(() => openTelemetry({ semanticConventions: '1.36', captureContent: true })).toThrow(
      '`captureContent`',
    )
  })
})

function everything({ spans }: MemorySdk): string {
  return JSON.stringify(
    spans().map(({ name, attributes, events, status, links }) => ({
      name,
      attributes,
      events,
      status,
      links,
    })),
  )
}
