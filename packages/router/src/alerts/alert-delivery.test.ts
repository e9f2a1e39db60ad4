import { systemRuntime } from '@imrs/core'
import type { AlertRaisedEvent, InternalFailedEvent, RouterEvent, Runtime } from '@imrs/core'
import { alertWebhook } from '@imrs/feedback'
import { memorySecrets } from '@imrs/secrets'
import { createGate, startSinkReceiver } from '@imrs/testing/simulator'
import { describe, expect, it, onTestFinished } from 'vitest'

import { makeRouter } from '../__fixtures__/make-router.ts'
import { AlertDelivery } from './alert-delivery.ts'

const KEY = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'

const raised: AlertRaisedEvent = {
  type: 'alert-raised',
  atMs: Date.UTC(2026, 0, 1),
  alert: 'provider-down',
  subject: { kind: 'provider', id: 'openai' },
  value: 1,
  threshold: 1,
  message: 'The provider openai counts as down.',
}

/** Waits are over at once, and written down. */
function impatient(): { readonly runtime: Runtime; readonly waits: number[] } {
  const waits: number[] = []
  const sleep: Runtime['sleep'] = async (delayMs, signal, options) => {
    if (options?.isBackground !== true) return systemRuntime.sleep(delayMs, signal, options)
    waits.push(delayMs)
    signal?.throwIfAborted()
  }
  return { runtime: { ...systemRuntime, sleep }, waits }
}

async function delivering(options: { readonly secret?: string } = {}) {
  const receiver = await startSinkReceiver({ kind: 'webhook', secret: KEY })
  onTestFinished(() => receiver.close())
  const secrets = memorySecrets()
  await secrets.write({ providerId: 'alerts', path: 'secret/llm/alerts' }, options.secret ?? KEY)
  const { runtime, waits } = impatient()
  const failures: InternalFailedEvent[] = []
  const { promise: failed, resolve } = Promise.withResolvers<void>()
  const emit = (event: RouterEvent): void => {
    if (event.type !== 'internal-failed') return
    failures.push(event)
    resolve()
  }
  const sink = alertWebhook({ url: receiver.url, runtime })
  const delivery = new AlertDelivery({ sink, secrets, runtime, emit })
  onTestFinished(() => delivery.close())
  return { receiver, delivery, failures, failed, waits }
}

describe('the webhook of alerts', () => {
  it('is signed with the key of the secret store, and says what happened', async () => {
    const { receiver, delivery } = await delivering()
    delivery.take(raised)
    delivery.take({
      type: 'alert-cleared',
      atMs: raised.atMs + 1000,
      alert: 'provider-down',
      subject: raised.subject,
      raisedAtMs: raised.atMs,
      message: 'The provider openai is back.',
    })
    await receiver.until(() => receiver.received.length === 2)

    expect(receiver.refusals).toEqual([])
    expect(receiver.received.map(({ body }) => body)).toEqual([
      {
        type: 'alert.raised',
        timestamp: '2026-01-01T00:00:00.000Z',
        data: {
          alert: 'provider-down',
          subject: { kind: 'provider', id: 'openai' },
          message: 'The provider openai counts as down.',
          value: 1,
          threshold: 1,
        },
      },
      {
        type: 'alert.cleared',
        timestamp: '2026-01-01T00:00:01.000Z',
        data: {
          alert: 'provider-down',
          subject: { kind: 'provider', id: 'openai' },
          message: 'The provider openai is back.',
          raised_at: '2026-01-01T00:00:00.000Z',
        },
      },
    ])
    expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(2)
  })

  it('is tried again, with the same id, until it is taken', async () => {
    const { receiver, delivery, waits, failures } = await delivering()
    receiver.decide(({ number }) => (number <= 3 ? { type: 'status', status: 503 } : undefined))
    delivery.take(raised)
    await receiver.until(() => receiver.received.length === 1)
    expect(receiver.requests).toHaveLength(4)
    expect(new Set(receiver.requests.map(({ id }) => id)).size).toBe(1)
    expect(waits).toHaveLength(3)
    expect(failures).toEqual([])
  })

  it('is given up when it is refused for good, or for too long, and that is told', async () => {
    const refused = await delivering()
    refused.receiver.decide(() => ({ type: 'status', status: 422 }))
    refused.delivery.take(raised)
    await refused.failed
    expect(refused.receiver.requests).toHaveLength(1)
    expect(refused.failures).toMatchObject([{ part: 'alerts' }])

    const away = await delivering()
    away.receiver.decide(() => ({ type: 'status', status: 503 }))
    away.delivery.take(raised)
    await away.failed
    expect(away.receiver.requests).toHaveLength(12)
    expect(away.failures).toMatchObject([{ part: 'alerts' }])
  })

  it('never shows its key', async () => {
    const { delivery, failed, failures, receiver } = await delivering({ secret: 'canary-key' })
    delivery.take(raised)
    await failed
    expect(String(failures[0]?.error)).not.toContain('canary')
    expect(receiver.requests).toEqual([])
  })

  it('holds a bounded number while nobody takes them, and goes on with the newest', async () => {
    const { receiver, delivery, failures } = await delivering()
    const gate = createGate()
    receiver.decide(({ number }) => (number === 1 ? { type: 'hang', gate } : undefined))
    for (let index = 0; index < 130; index += 1) delivery.take({ ...raised, value: index })
    expect(failures).toHaveLength(30)
    gate.open()
    // The one that was on its way, and the newest hundred.
    await receiver.until(() => receiver.received.length === 101)
    const values = receiver.received.map(({ body }) => (body['data'] as { value: number }).value)
    expect(values).toEqual([0, ...Array.from({ length: 100 }, (_, index) => index + 30)])
  })

  it('is sent by a router whose provider is down', async () => {
    const receiver = await startSinkReceiver({ kind: 'webhook', secret: KEY })
    onTestFinished(() => receiver.close())
    const secrets = memorySecrets()
    await secrets.write({ providerId: 'alerts', path: 'secret/llm/alerts' }, KEY)
    let isDown = false
    const { router, runtime } = await makeRouter({
      secrets,
      providers: [
        {
          models: ['one'],
          listFailure: () => (isDown ? { kind: 'connect', message: 'Away.' } : undefined),
        },
      ],
      cacheTimes: { healthMs: 1 },
      alerts: { sinks: [alertWebhook({ url: receiver.url })] },
    })
    isDown = true
    for (let index = 0; index < 5; index += 1) {
      await router.health.check('fake')
      await runtime.advance(10_000)
    }
    await receiver.until(() => receiver.received.length === 1)
    expect(receiver.received[0]?.body).toMatchObject({
      type: 'alert.raised',
      data: { alert: 'provider-down', subject: { id: 'fake' } },
    })
  })
})
