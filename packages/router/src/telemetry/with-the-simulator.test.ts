import { openai } from '@imrs/providers'
import { memorySecrets } from '@imrs/secrets'
import { memoryStore } from '@imrs/testing/host'
import { startSimulator } from '@imrs/testing/simulator'
import { SpanKind, context, trace } from '@opentelemetry/api'
import { describe, expect, it, onTestFinished } from 'vitest'

import { createRouter } from '../create-router.ts'
import { memorySdk } from './__fixtures__/open-telemetry-sdk.ts'
import { openTelemetry } from './open-telemetry.ts'

async function served(propagate: boolean) {
  const sdk = memorySdk()
  const simulator = await startSimulator({ seed: 1 })
  onTestFinished(() => simulator.close())
  const secrets = memorySecrets()
  await secrets.write({ providerId: 'openai', path: 'secret/llm/openai' }, simulator.keys.openai)
  const router = await createRouter({
    store: memoryStore(),
    secrets,
    providers: [openai({ apiBase: simulator.baseUrls.openai, allowPrivateNetwork: true })],
    unconfiguredAgents: 'all',
    telemetry: openTelemetry({ ...sdk, propagate }),
  })
  onTestFinished(() => router.close())
  const ask = async (): Promise<string> => {
    const outer = sdk.tracerProvider
      .getTracer('host')
      .startSpan('handler', { kind: SpanKind.SERVER })
    return context.with(trace.setSpan(context.active(), outer), async () => {
      const messages = [{ role: 'user', content: 'canary-prompt' }] as const
      const answer = await router.chat({ model: 'openai/gpt-4o', messages })
      return answer.text()
    })
  }
  const chats = () => simulator.calls.filter(({ operation }) => operation === 'chat')
  return { sdk, simulator, router, ask, chats }
}

describe('a request that crosses the network', () => {
  it('carries the call’s own span to the provider when asked', async () => {
    const { sdk, ask, chats } = await served(true)
    await expect(ask()).resolves.not.toBe('')

    const call = sdk.spans().find(({ kind }) => kind === SpanKind.CLIENT)
    const { traceId, spanId } = call?.spanContext() ?? {}
    expect(chats().map(({ headers }) => headers['traceparent'])).toEqual([
      `00-${traceId}-${spanId}-01`,
    ])
    expect(chats().map(({ headers }) => [headers['baggage'], headers['tracestate']])).toEqual([
      [undefined, undefined],
    ])
    expect(call?.attributes).toMatchObject({
      'gen_ai.provider.name': 'openai',
      'server.address': '127.0.0.1',
    })
  })

  it('carries nothing unless asked', async () => {
    const { ask, chats } = await served(false)
    await ask()
    expect(chats()).toHaveLength(1)
    expect(chats().map(({ headers }) => headers['traceparent'])).toEqual([undefined])
  })

  it('leaves its prompt, its answer and the key in no span and no metric, also when it fails', async () => {
    const { sdk, simulator, router, ask } = await served(true)
    const answer = await ask()
    simulator.script(
      { dialect: 'openai' },
      { type: 'status', status: 400, body: '{"error":{"message":"You sent canary-prompt"}}' },
    )
    await ask().catch(() => undefined)
    await router.close()

    const spans = sdk.spans().map(({ name, attributes, events, status }) => ({
      name,
      attributes,
      events,
      status,
    }))
    expect(spans.filter(({ status }) => status.code === 2).length).toBeGreaterThan(0)
    const all = JSON.stringify([spans, [...(await sdk.metrics()).values()]])
    for (const secret of ['canary-prompt', answer.slice(0, 20), simulator.keys.openai]) {
      expect(secret.length).toBeGreaterThan(5)
      expect(all).not.toContain(secret)
    }
  })
})
