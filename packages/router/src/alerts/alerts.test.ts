import type { AlertClearedEvent, AlertRaisedEvent, ProviderFailure } from '@imrs/core'
import { describe, expect, it } from 'vitest'

import { hello, makeRouter, read } from '../__fixtures__/make-router.ts'
import type { MakeRouterOptions } from '../__fixtures__/make-router.ts'
import type { AlertOptions } from './alert-options.ts'

const down: ProviderFailure = { kind: 'unavailable', message: 'canary-message' }
const EVERY_MS = 10_000
const NEVER_REST = { minimumCalls: 1_000_000 }

type AlertEvent = AlertRaisedEvent | AlertClearedEvent

async function watched(alerts: AlertOptions, options: MakeRouterOptions = {}) {
  const made = await makeRouter({ ...options, alerts })
  const told: AlertEvent[] = []
  made.router.on('alert-raised', (event) => told.push(event))
  made.router.on('alert-cleared', (event) => told.push(event))
  /** So many looks. */
  const look = async (times = 1): Promise<void> => {
    for (let index = 0; index < times; index += 1) await made.runtime.advance(EVERY_MS)
  }
  const types = () => told.map(({ type, alert }) => `${type} ${alert}`)
  return { ...made, told, look, types }
}

const none = {
  providerDown: false,
  errorRate: false,
  cacheDegradation: false,
  unusualUsage: false,
} as const

describe('provider-down', () => {
  it('is raised when a provider counts as down, and cleared when it was healthy for a minute', async () => {
    let failure: ProviderFailure | undefined
    const { router, told, look, types } = await watched(
      { ...none, providerDown: {} },
      { providers: [{ models: ['one'], listFailure: () => failure }], cacheTimes: { healthMs: 1 } },
    )
    failure = down
    for (let index = 0; index < 4; index += 1) {
      await look()
      await router.health.check('fake')
    }
    await look()
    expect(told).toMatchObject([
      {
        type: 'alert-raised',
        alert: 'provider-down',
        subject: { kind: 'provider', id: 'fake' },
        value: 1,
        threshold: 1,
        message: 'The provider fake counts as down.',
      },
    ])

    failure = undefined
    for (let index = 0; index < 4; index += 1) {
      await look()
      await router.health.check('fake')
    }
    await look(6)
    expect(types()).toEqual(['alert-raised provider-down'])
    await look()
    expect(types()).toEqual(['alert-raised provider-down', 'alert-cleared provider-down'])
    const [raised, cleared] = told
    expect(cleared).toMatchObject({
      raisedAtMs: raised?.atMs,
      message: 'The provider fake is back.',
    })
    expect(JSON.stringify(told)).not.toContain('canary')
  })
})

describe('error-rate', () => {
  const errorRate = {
    minCount: 4,
    raiseAfterMs: EVERY_MS,
    clearAfterMs: 3 * EVERY_MS,
    windowMs: 50_000,
  }
  const flaky = (answers: { fails: boolean }): MakeRouterOptions => ({
    providers: [
      { models: ['one'], answer: () => (answers.fails ? { failure: down } : { text: 'Hi' }) },
    ],
    breaker: NEVER_REST,
  })

  it('is raised for the provider and for answers when many fail for long enough, and cleared later', async () => {
    const answers = { fails: true }
    const { router, told, look, types } = await watched({ ...none, errorRate }, flaky(answers))
    const ask = async (): Promise<unknown> =>
      read(await router.chat({ ...hello, model: 'fake/one' }))
    for (let index = 0; index < 4; index += 1) await ask()
    await look()
    expect(told).toEqual([])
    await ask()
    await look()
    expect(told.map(({ alert, subject }) => [alert, subject])).toEqual([
      ['error-rate', { kind: 'answers' }],
      ['error-rate', { kind: 'provider', id: 'fake' }],
    ])
    expect(told).toMatchObject([{ value: 1, threshold: 0.25 }, { value: 1 }])

    answers.fails = false
    for (let index = 0; index < 8; index += 1) {
      await ask()
      await ask()
      await look()
    }
    expect(types().slice(2)).toEqual(['alert-cleared error-rate', 'alert-cleared error-rate'])
  })

  it('does not flap: a share that swings between the thresholds is told once', async () => {
    const answers = { fails: true }
    const { router, look, types } = await watched(
      { ...none, errorRate: { ...errorRate, raiseAt: 0.9, clearAt: 0.1, raiseAfterMs: 0 } },
      flaky(answers),
    )
    for (let round = 0; round < 20; round += 1) {
      answers.fails = round < 4 || round % 2 === 0
      for (let index = 0; index < 4; index += 1) {
        await read(await router.chat({ ...hello, model: 'fake/one' }))
      }
      await look()
    }
    expect(types()).toEqual(['alert-raised error-rate', 'alert-raised error-rate'])
  })

  it('does not count what the request itself was the cause of', async () => {
    const { router, told, look } = await watched(
      { ...none, errorRate: { ...errorRate, raiseAfterMs: 0 } },
      {
        providers: [
          {
            models: ['one'],
            answer: () => ({ failure: { kind: 'invalid-request', message: 'No.' } }),
          },
        ],
      },
    )
    for (let index = 0; index < 8; index += 1) {
      await read(await router.chat({ ...hello, model: 'fake/one' }))
    }
    await look(3)
    expect(told).toEqual([])
  })
})

describe('cache-degradation', () => {
  it('is raised when lists are read again and again, and cleared when that is over', async () => {
    const cacheDegradation = {
      minCount: 5,
      windowMs: 40_000,
      raiseAfterMs: EVERY_MS,
      clearAfterMs: EVERY_MS,
    }
    const { router, told, look, types } = await watched({ ...none, cacheDegradation })
    for (let index = 0; index < 3; index += 1) {
      for (let read = 0; read < 5; read += 1) await router.models.response({ force: true })
      await look()
    }
    expect(told).toMatchObject([
      {
        alert: 'cache-degradation',
        subject: { kind: 'cache', id: 'lists' },
        value: 1,
        threshold: 0.5,
      },
    ])
    for (let index = 0; index < 6; index += 1) {
      for (let read = 0; read < 5; read += 1) await router.models.response()
      await look()
    }
    expect(types()).toEqual(['alert-raised cache-degradation', 'alert-cleared cache-degradation'])
  })
})

describe('unusual-usage', () => {
  it('is raised for the tenant and the model that are suddenly used much', async () => {
    const unusualUsage = { windowMs: EVERY_MS, minCount: 10, minWindows: 3, clearAfterMs: EVERY_MS }
    const { router, told, look } = await watched(
      { ...none, unusualUsage },
      { providers: [{ models: ['one', 'two'] }] },
    )
    const ask = async (tenantId: string, model: string, times: number): Promise<void> => {
      for (let index = 0; index < times; index += 1) {
        await router.chat({ ...hello, tenantId, model: `fake/${model}` })
      }
    }
    for (let window = 0; window < 8; window += 1) {
      await ask('calm', 'one', 12)
      await ask('loud', 'two', 3)
      await look()
    }
    expect(told).toEqual([])
    await ask('calm', 'one', 12)
    await ask('loud', 'two', 30)
    await look()
    expect(told.map(({ type, subject }) => [type, subject])).toEqual([
      ['alert-raised', { kind: 'tenant', id: 'loud' }],
      ['alert-raised', { kind: 'model', id: 'fake/two' }],
    ])
    for (let window = 0; window < 8; window += 1) {
      await ask('calm', 'one', 12)
      await look()
    }
    expect(told.filter(({ type }) => type === 'alert-cleared')).toHaveLength(2)
    expect(told).toHaveLength(4)
  })
})

describe('the watch', () => {
  it('is off unless asked for: no timer, no alert', async () => {
    const { router, runtime } = await makeRouter({
      providers: [{ models: ['one'], answer: () => ({ failure: down }) }],
    })
    const told: unknown[] = []
    router.on('alert-raised', (event) => told.push(event))
    for (let index = 0; index < 30; index += 1) await read(await router.chat(hello))
    expect(runtime.sleeping()).toBe(0)
    await runtime.advance(600_000)
    expect(told).toEqual([])
  })

  it('leaves no timer behind when the router closes', async () => {
    const { router, runtime } = await watched({})
    await router.close()
    expect(runtime.sleeping()).toBe(0)
  })

  it('refuses options that make no sense, by name', async () => {
    const raiseAt = 0.1
    await expect(makeRouter({ alerts: { errorRate: { raiseAt, clearAt: 0.5 } } })).rejects.toThrow(
      '`alerts.errorRate.clearAt` must be at most raiseAt',
    )
    await expect(makeRouter({ alerts: { everyMs: 0 } })).rejects.toThrow('`alerts.everyMs`')
    await expect(
      makeRouter({ alerts: { unusualUsage: { windowMs: Number.NaN } } }),
    ).rejects.toThrow('`alerts.unusualUsage.windowMs`')
  })
})
