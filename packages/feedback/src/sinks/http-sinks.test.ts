import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

import { SinkError, deliveryIdOf, systemRuntime } from '@imrs/core'
import type { LearningRecord, LearningSink } from '@imrs/core'
import { createTestRuntime } from '@imrs/testing/host'
import { startSinkReceiver } from '@imrs/testing/simulator'
import { describe, expect, it, onTestFinished } from 'vitest'

import { signWebhook } from './sign-webhook.ts'
import { somaBrainSink } from './soma-brain-sink.ts'
import { webhookSink } from './webhook-sink.ts'

const KEY = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'

const record: LearningRecord = {
  event: {
    id: '01890a5d-ac96-774b-bcce-b302099a8057',
    tenantId: 'tenant-1',
    messageId: '01890a5d-ac96-774b-bcce-b302099a8000',
    userId: 'u1',
    feedbackType: 'explicit',
    ratingMilli: 800,
    atMs: Date.UTC(2026, 0, 1),
  },
  ratingMilli: 800,
  ratingChanged: true,
  agentId: 'mascot',
  modelId: 'p/m',
  taskType: 'code',
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void

async function serve(handler: Handler): Promise<string> {
  const server = createServer((request, response) => {
    request.resume()
    request.once('end', () => handler(request, response))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function failureOf(sink: LearningSink, secret = KEY): Promise<SinkError> {
  const error: unknown = await sink.deliver(record, { secret }).catch((thrown: unknown) => thrown)
  if (SinkError.is(error)) return error
  throw new Error('expected the delivery to fail', { cause: error })
}

describe('a signature', () => {
  it('is the one that the Standard Webhooks specification’s libraries make', () => {
    const body = '{"event_type":"ping","data":{"success":true}}'
    const content = { id: 'msg_loFOjxBNrRLzqYUf', timestamp: 1_731_705_121, body }
    expect(signWebhook('webhook', 'whsec_plJ3nmyCDGBKInavdOK15jsl', content)).toBe(
      'v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0=',
    )
  })

  it('is made with each key, so that a receiver may still have the old one', async () => {
    const receiver = await startSinkReceiver({ kind: 'webhook', secret: KEY })
    onTestFinished(() => receiver.close())
    const other = 'whsec_plJ3nmyCDGBKInavdOK15jsl'
    const sink = webhookSink({ url: receiver.url })
    await sink.deliver(record, { secret: `${other} ${KEY}` })
    expect((await failureOf(sink, other)).kind).toBe('credentials')
    expect(receiver.received.map(({ id }) => id)).toEqual([deliveryIdOf(record)])
  })

  it.each([['plain'], ['whsec_'], ['whsec_!!!'], ['whsec_c2hvcnQ='], [`${KEY} plain`]])(
    'is not made with %j, and the key is not told',
    async (secret) => {
      const error = await failureOf(webhookSink({ url: 'http://127.0.0.1:9' }), secret)
      expect(error.kind).toBe('credentials')
      expect(error.message).toBe(
        'The key of the sink webhook must be whsec_ and Base64 of 16 bytes or more',
      )
    },
  )
})

describe('a delivery', () => {
  it('sends the same bytes each time but for the time of sending', async () => {
    const receiver = await startSinkReceiver({ kind: 'webhook', secret: KEY })
    onTestFinished(() => receiver.close())
    const sink = webhookSink({ url: receiver.url })
    await sink.deliver(record, { secret: KEY })
    await sink.deliver(record, { secret: KEY })
    const [first, second] = receiver.received
    expect(second).toEqual(first)
  })

  it('says why the answer was rated, where somebody said', async () => {
    const told = async (kind: 'webhook' | 'somabrain', given: LearningRecord) => {
      const receiver = await startSinkReceiver({ kind, secret: KEY })
      onTestFinished(() => receiver.close())
      const make = kind === 'webhook' ? webhookSink : somaBrainSink
      await make({ url: receiver.url }).deliver(given, { secret: KEY })
      return receiver.received[0]?.body
    }
    const counting = ['incorrect', 'slow'] as const
    // Of a weaker rating that came while a stronger one counts.
    const event = { ...record.event, reasons: ['clear'] as const }
    expect(await told('webhook', { ...record, event, reasons: counting })).toMatchObject({
      data: { given_reasons: ['clear'], reasons: counting },
    })
    expect(await told('webhook', record)).toMatchObject({
      data: { given_reasons: [], reasons: [] },
    })
    expect(await told('somabrain', { ...record, event, reasons: counting })).toMatchObject({
      reward: 0.8,
      metadata: { reasons: counting },
    })
    expect(await told('somabrain', record)).not.toHaveProperty('metadata')
  })

  it('is stopped when it takes too long, by the clock it was given', async () => {
    const arrived = Promise.withResolvers<void>()
    const left = Promise.withResolvers<void>()
    const url = await serve((_request, response) => {
      response.once('close', () => left.resolve())
      arrived.resolve()
    })
    const runtime = createTestRuntime({ fetch: systemRuntime.fetch })
    const failed = failureOf(webhookSink({ url, runtime, timeoutMs: 700 }))
    await arrived.promise
    await runtime.advance(700)
    expect(await failed).toMatchObject({
      kind: 'timeout',
      message: 'The sink webhook took longer than 700 ms',
    })
    await left.promise
    expect(runtime.sleeping()).toBe(0)
  })

  it('is stopped by its signal, with the signal’s reason', async () => {
    const arrived = Promise.withResolvers<void>()
    const url = await serve(() => arrived.resolve())
    const leaving = new AbortController()
    const { signal } = leaving
    const delivered = webhookSink({ url }).deliver(record, { secret: KEY, signal })
    await arrived.promise
    leaving.abort('enough')
    await expect(delivered).rejects.toBe('enough')
  })

  it('reads no more than 64 KiB of an answer', async () => {
    const left = Promise.withResolvers<void>()
    const url = await serve((_request, response) => {
      response.once('close', () => left.resolve())
      const more = (): void => {
        while (response.write('x'.repeat(16_384)));
        response.once('drain', more)
      }
      more()
    })
    await webhookSink({ url }).deliver(record, { secret: KEY })
    await left.promise
  })

  it('follows no redirect: the credential goes to nobody else', async () => {
    const asked: string[] = []
    const elsewhere = await serve((request, response) => {
      asked.push(request.url ?? '')
      response.end()
    })
    const url = await serve((_request, response) => {
      response.writeHead(307, { location: elsewhere }).end()
    })
    expect((await failureOf(webhookSink({ url }))).kind).toBe('misdirected')
    expect(asked).toEqual([])
  })

  it('to nobody tells no address and no credential', async () => {
    const secret = 'a-secret-token'
    const url = 'http://127.0.0.1:9/private/path'
    const error = await failureOf(somaBrainSink({ url }), secret)
    expect(error).toMatchObject({ kind: 'unreachable', code: 'sink-error' })
    expect(error.message).toMatch(/^The sink somabrain cannot be reached: /)
    const told = JSON.stringify([error.message, String(error.stack), error.cause ?? null])
    expect(told).not.toContain(secret)
    expect(told).not.toContain('private')
    const unsendable = await failureOf(somaBrainSink({ url }), `${secret}\nand more`)
    expect(`${unsendable.message} ${unsendable.stack}`).not.toContain(secret)
  })

  it('without a credential is not made', async () => {
    for (const make of [somaBrainSink, webhookSink]) {
      const asked: string[] = []
      const url = await serve((request, response) => {
        asked.push(request.url ?? '')
        response.end()
      })
      expect((await failureOf(make({ url }), '')).kind).toBe('credentials')
      expect(asked).toEqual([])
    }
  })

  it('has the headers of the host, which do not take the place of the sink’s own', async () => {
    const heard: IncomingMessage['headers'][] = []
    const url = await serve((request, response) => {
      heard.push(request.headers)
      response.end('{"accepted":true,"adaptation_applied":false}')
    })
    const headers = { 'x-gateway': 'g1', Authorization: 'Bearer mine', 'X-Tenant-ID': 'mine' }
    const tenantOf = (tenantId: string) => `ü ${tenantId}`
    await somaBrainSink({ url, headers, tenantOf }).deliver(record, { secret: 'token' })
    expect(heard).toMatchObject([
      {
        'x-gateway': 'g1',
        authorization: 'Bearer token',
        'x-tenant-id': '%C3%BC%20tenant-1',
        'content-type': 'application/json',
        'idempotency-key': deliveryIdOf(record),
      },
    ])
  })

  it.each([
    ['{"accepted":false,"adaptation_applied":false}', 'refused'],
    ['{"ok":true}', 'misdirected'],
    ['{"accepted":"yes"}', 'misdirected'],
    ['<html>', 'misdirected'],
    ['null', 'misdirected'],
    ['', 'misdirected'],
  ])('that SomaBrain answers with 200 and %s is %s', async (answer, kind) => {
    const url = await serve((_request, response) => response.end(answer))
    expect((await failureOf(somaBrainSink({ url }), 'token')).kind).toBe(kind)
  })
})

describe('options', () => {
  const url = 'http://localhost:9696'

  it.each([
    [{ url: 'localhost:9696' }, '`somaBrainSink.url` must be an address'],
    [{ url: '/context' }, '`somaBrainSink.url` must be an address'],
    [{ url: 'http://user:pass@host' }, '`somaBrainSink.url` must hold no user'],
    [{ url: 'http://host/#x' }, '`somaBrainSink.url` must hold no user'],
    [{ url: 'http://host/?a=1' }, '`somaBrainSink.url` must have no query'],
    [{ url, name: 'Soma Brain' }, '`somaBrainSink.name` must be lower-case'],
    [{ url, secretName: 'whsec_abc' }, '`somaBrainSink.secretName` must be lower-case'],
    [
      { url, timeoutMs: 0 },
      '`somaBrainSink.timeoutMs` must be a whole number from 1 to 300000, got 0',
    ],
    [{ url, neutralRating: 1.1 }, '`somaBrainSink.neutralRating` must be from 0 to 1, got 1.1'],
    [{ url, headers: { 'a b': 'c' } }, '`somaBrainSink.headers` must be names and values'],
  ])('%j are refused: %s', (options, message) => {
    expect(() => somaBrainSink(options)).toThrow(message)
  })

  it('name where the credential lies', () => {
    expect(webhookSink({ url }).secret).toEqual({
      providerId: 'webhook',
      path: 'secret/llm/webhook',
    })
    const named = somaBrainSink({ url, name: 'brain-2', secretName: 'brain' })
    expect([named.name, named.secret?.providerId, named.wantsText]).toEqual([
      'brain-2',
      'brain',
      false,
    ])
  })
})
