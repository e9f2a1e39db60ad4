import type { PickerMeasure, ProviderFailure } from '@imrs/core'
import { describe, expect, it } from 'vitest'

import { hello, makeRouter, read } from '../__fixtures__/make-router.ts'
import { parsePrometheus, sampleOf } from './__fixtures__/parse-prometheus.ts'
import { toPrometheusText } from './prometheus-text.ts'

const down: ProviderFailure = { kind: 'unavailable', message: 'The provider is down.' }
const usage = { inputTokens: 10, outputTokens: 5 }
const priced = { externalId: 'one', pricing: { input: '2', output: '10' } }

describe('the figures of a router', () => {
  it('are what the ledger says', async () => {
    let isDown = false
    const { router, store } = await makeRouter({
      providers: [
        { models: [priced], answer: () => (isDown ? { failure: down } : { text: 'Hi', usage }) },
      ],
    })
    const messageIds = []
    for (const failing of [false, false, true]) {
      isDown = failing
      const answer = await router.chat(hello)
      await read(answer)
      messageIds.push(answer.messageId)
    }
    const attempts = (
      await Promise.all(
        messageIds.map((messageId) =>
          store.ledger.listAttempts({ tenantId: 'default', messageId }),
        ),
      )
    ).flat()
    const lines = parsePrometheus(toPrometheusText(router.metrics.snapshot().families))

    const of = { provider: 'fake', model: 'fake/one' }
    for (const outcome of ['completed', 'failed'] as const) {
      const rows = attempts.filter((attempt) => attempt.outcome === outcome)
      expect(rows.length).toBeGreaterThan(0)
      expect(sampleOf(lines, 'imrs_attempts_total', { ...of, outcome })).toBe(rows.length)
    }
    const cost = attempts.reduce((sum, { costNanoUsd }) => sum + (costNanoUsd ?? 0), 0)
    expect(sampleOf(lines, 'imrs_cost_usd_total', of)).toBeCloseTo(cost / 1e9, 12)
    expect(sampleOf(lines, 'imrs_tokens_total', { ...of, type: 'input' })).toBe(20)
    expect(sampleOf(lines, 'imrs_tokens_total', { ...of, type: 'output' })).toBe(10)
    expect(sampleOf(lines, 'imrs_answers_total', { outcome: 'finished' })).toBe(2)
    expect(sampleOf(lines, 'imrs_answers_total', { outcome: 'failed' })).toBe(1)
    expect(router.metrics.snapshot().errorRates).toEqual([
      {
        providerId: 'fake',
        completed: 2,
        failed: 1,
        aborted: 0,
        rate: 1 / 3,
        kinds: { unavailable: 1 },
      },
    ])
  })

  it('hold the plan’s five by name', async () => {
    const listGate: { wait: Promise<unknown> } = { wait: Promise.resolve() }
    const { router, runtime } = await makeRouter({
      providers: [{ models: ['one'], listGate: () => listGate.wait }],
    })
    const { promise, resolve } = Promise.withResolvers<void>()
    listGate.wait = promise
    const reading = router.models.response({ force: true })
    await runtime.advance(1500)
    resolve()
    await reading
    await router.models.response()
    await router.health.check('fake')
    await router.health.check('fake')
    router.metrics.pickerMeasured({ measure: 'open', durationMs: 40 })
    await read(await router.chat(hello))

    const { fetchLatency, cacheHitRatio, healthCheckTime, pickerPerformance, errorRates } =
      router.metrics.snapshot()
    expect(fetchLatency).toMatchObject([
      { providerId: 'fake', outcome: 'ok', count: 2, maxMs: 1500 },
    ])
    expect(cacheHitRatio).toContainEqual({ cache: 'lists', hits: 1, misses: 1, ratio: 0.5 })
    expect(cacheHitRatio).toContainEqual({ cache: 'health', hits: 1, misses: 1, ratio: 0.5 })
    expect(healthCheckTime).toMatchObject([{ providerId: 'fake', outcome: 'ok', count: 1 }])
    expect(pickerPerformance).toMatchObject([{ measure: 'open', count: 1, meanMs: 40, p95Ms: 40 }])
    expect(errorRates).toMatchObject([{ providerId: 'fake', completed: 1, rate: 0 }])
  })

  it('tell a failed reading and a failed check from good ones', async () => {
    let failure: ProviderFailure | undefined
    const { router } = await makeRouter({
      providers: [{ models: ['one'], listFailure: () => failure }],
    })
    failure = down
    await router.models.response({ force: true })
    await router.health.check('fake')
    const { fetchLatency, healthCheckTime } = router.metrics.snapshot()
    expect(fetchLatency.map(({ outcome, count }) => [outcome, count])).toEqual([
      ['ok', 1],
      ['failed', 1],
    ])
    expect(healthCheckTime).toMatchObject([{ outcome: 'failed', count: 1 }])
  })

  it('count a snapshot whose models must be read as a miss, and no other', async () => {
    const { router } = await makeRouter()
    await router.decide(hello)
    await router.decide(hello)
    await router.decide({ ...hello, agentId: 'other' })
    const snapshots = router.metrics
      .snapshot()
      .cacheHitRatio.find(({ cache }) => cache === 'snapshots')
    expect(snapshots).toMatchObject({ hits: 1, misses: 2 })
  })

  it('keep the number of series in bounds, whatever names come', async () => {
    const names = Array.from({ length: 30 }, (_, index) => `model-${index}`)
    const { router } = await makeRouter({
      providers: [
        { id: 'first', models: names },
        { id: 'second', models: ['last'] },
      ],
      metrics: { maxModels: 3, maxProviders: 1 },
    })
    for (const name of names) await read(await router.chat({ ...hello, model: `first/${name}` }))
    await read(await router.chat({ ...hello, model: 'second/last' }))
    const lines = parsePrometheus(toPrometheusText(router.metrics.snapshot().families))
    const attempts = lines.filter(({ name }) => name === 'imrs_attempts_total')
    expect(attempts).toHaveLength(5)
    const outcome = 'completed'
    const others = { provider: 'first', model: 'other', outcome }
    expect(sampleOf(lines, 'imrs_attempts_total', others)).toBe(27)
    expect(
      sampleOf(lines, 'imrs_attempts_total', { provider: 'other', model: 'other', outcome }),
    ).toBe(1)
  })

  it('refuse what no browser measures', async () => {
    const { router } = await makeRouter()
    for (const durationMs of [-1, Number.NaN, Number.POSITIVE_INFINITY, 600_001]) {
      expect(() => router.metrics.pickerMeasured({ measure: 'open', durationMs })).toThrow(
        'durationMs',
      )
    }
    const measure = 'secret' as PickerMeasure
    expect(() => router.metrics.pickerMeasured({ measure, durationMs: 1 })).toThrow('measure')
    expect(router.metrics.snapshot().pickerPerformance).toEqual([])
  })

  it('count requests that were refused, by code', async () => {
    const { router } = await makeRouter()
    await expect(router.chat({ ...hello, model: 'no/such' })).rejects.toThrow('no/such')
    const lines = parsePrometheus(toPrometheusText(router.metrics.snapshot().families))
    expect(sampleOf(lines, 'imrs_requests_refused_total', { code: 'unknown-model' })).toBe(1)
  })
})

describe('the text for Prometheus', () => {
  it('is read back as what was written, whatever labels hold', () => {
    const labels = { provider: 'a"b\\c\nd', model: 'ä€/{x="y"} 1' }
    const text = toPrometheusText([
      {
        name: 'x_total',
        help: 'Back\\slash\nand line',
        type: 'counter',
        samples: [{ labels, value: 1.5 }],
      },
      { name: 'none_total', help: 'None.', type: 'counter', samples: [] },
      { name: 'bare', help: 'Bare.', type: 'gauge', samples: [{ labels: {}, value: Number.NaN }] },
    ])
    const lines = parsePrometheus(text)
    expect(sampleOf(lines, 'x_total', labels)).toBe(1.5)
    expect(sampleOf(lines, 'bare', {})).toBeNaN()
    expect(text).not.toContain('none_total')
    expect(text.endsWith('\n')).toBe(true)
  })

  it('has buckets that rise to the count', async () => {
    const { router } = await makeRouter()
    for (const durationMs of [1, 15, 500, 500_000]) {
      router.metrics.pickerMeasured({ measure: 'load', durationMs })
    }
    const lines = parsePrometheus(toPrometheusText(router.metrics.snapshot().families))
    const buckets = lines.filter(({ name }) => name === 'imrs_picker_duration_seconds_bucket')
    expect(buckets.map(({ value }) => value)).toEqual([1, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3, 4])
    expect(buckets.at(-1)?.labels).toEqual({ measure: 'load', le: '+Inf' })
    expect(sampleOf(lines, 'imrs_picker_duration_seconds_sum', { measure: 'load' })).toBe(500.516)
  })
})
