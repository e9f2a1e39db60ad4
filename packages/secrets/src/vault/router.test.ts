import type { AnswerPart, ChatRequest } from '@imrs/core'
import { ImrsError } from '@imrs/core'
import { createRouter } from '@imrs/router'
import type { Router } from '@imrs/router'
import { fakeProvider, memoryStore } from '@imrs/testing/host'
import type { FakeProvider } from '@imrs/testing/host'
import { describe, expect, it, onTestFinished } from 'vitest'

import { CANARY_KEY, CANARY_TOKEN, openVault, openai } from '../__fixtures__/open-vault.ts'
import type { OpenedVault } from '../__fixtures__/open-vault.ts'
import { traces } from '../__fixtures__/traces.ts'
import type { VaultSecretsOptions } from './options.ts'

interface Opened extends OpenedVault {
  readonly router: Router
  readonly provider: FakeProvider
}

/** A router with one provider, whose key is in Vault. */
async function openRouter(
  options: VaultSecretsOptions = {},
  authorize?: (vault: OpenedVault) => Promise<void>,
): Promise<Opened> {
  const vault = await openVault()
  const provider = fakeProvider({ id: 'openai', models: ['one'], needsCredential: true })
  const router = await createRouter({
    store: memoryStore(),
    secrets: vault.open(options),
    providers: [provider.definition],
    unconfiguredAgents: 'all',
    runtime: vault.runtime,
    authorize: async () => {
      await authorize?.(vault)
      return true
    },
  })
  onTestFinished(() => router.close())
  return { ...vault, router, provider }
}

const auto: ChatRequest = { userId: 'u1', messages: [{ role: 'user', content: 'Hello' }] }
const explicit: ChatRequest = { ...auto, model: 'openai/one' }

interface Outcome {
  readonly error: unknown
  readonly parts: readonly AnswerPart[]
}

/** Everything a caller sees: what `chat` throws, or its parts with the error among them. */
async function chat(router: Router, request: ChatRequest): Promise<Outcome> {
  const parts: AnswerPart[] = []
  try {
    for await (const part of (await router.chat(request)).parts) parts.push(part)
  } catch (error) {
    return { error, parts }
  }
  return { error: undefined, parts }
}

function codeOf({ error, parts }: Outcome): string | undefined {
  if (ImrsError.is(error)) return error.code
  return parts.find((part) => part.type === 'error')?.code
}

const outages: readonly (readonly [string, (vault: OpenedVault) => unknown])[] = [
  ['is stopped', ({ server }) => server.stop()],
  ['is sealed', ({ server }) => server.seal()],
  ['has revoked the token', ({ server }) => server.revokeToken(CANARY_TOKEN)],
]

describe('a router whose keys are in Vault', () => {
  it('calls the model with the key', async () => {
    const { router, provider } = await openRouter()
    expect((await chat(router, auto)).parts.at(-1)?.type).toBe('end')
    expect(provider.calls.map(({ credential }) => credential)).toEqual([CANARY_KEY])
  })

  describe.each(outages)('when Vault %s in the middle of a run', (_, breakDown) => {
    it.each([
      ['Auto', auto, ['no-candidate', 'secret-store-unavailable']],
      ['an explicit choice', explicit, ['secret-store-unavailable']],
    ])('makes no call for %s and says why', async (_name, request, codes) => {
      const opened = await openRouter()
      await chat(opened.router, request)
      expect(opened.provider.calls).toHaveLength(1)
      await breakDown(opened)
      const outcome = await chat(opened.router, request)
      expect(opened.provider.calls).toHaveLength(1)
      expect(codes).toContain(codeOf(outcome))
      expect(traces(outcome)).not.toMatch(/canary/i)
    })
  })

  it.each([
    ['Auto', auto],
    ['an explicit choice', explicit],
  ])(
    'makes no call for %s when Vault is stopped after the decision has begun',
    async (_, request) => {
      const { router, provider } = await openRouter({}, ({ server }) => server.stop())
      const outcome = await chat(router, request)
      expect(provider.calls).toEqual([])
      expect(codeOf(outcome)).toBe('secret-store-unavailable')
      expect(outcome.parts.some(({ type }) => type === 'end')).toBe(false)
    },
  )

  it('answers again as soon as Vault is back', async () => {
    const { router, provider, server } = await openRouter()
    await chat(router, auto)
    await server.stop()
    await chat(router, auto)
    await server.start()
    expect((await chat(router, auto)).parts.at(-1)?.type).toBe('end')
    expect(provider.calls).toHaveLength(2)
  })

  it('goes on for the exposure window, where there is one, and no longer', async () => {
    const { router, provider, server, runtime } = await openRouter({ exposureWindowMs: 30_000 })
    await chat(router, auto)
    await server.stop()
    await runtime.advance(29_999)
    expect((await chat(router, auto)).parts.at(-1)?.type).toBe('end')
    await runtime.advance(1)
    expect(codeOf(await chat(router, auto))).toBe('secret-store-unavailable')
    expect(provider.calls).toHaveLength(2)
  })

  it('says what to do when the key was removed, which is not the same', async () => {
    const { router, provider, runtime, open } = await openRouter({ leaseMs: 60_000 })
    await open().remove(openai)
    await runtime.advance(60_000)
    const outcome = await chat(router, explicit)
    expect(codeOf(outcome)).toBe('missing-credential')
    expect(String(outcome.error)).toContain('vault kv put secret/llm/openai api_key=…')
    expect(provider.calls).toEqual([])
  })
})
