import { join } from 'node:path'

import type { RouterEvent } from '@imrs/core'
import { sqliteStore } from '@imrs/store-sqlite'
import { createTestRuntime, memoryStore } from '@imrs/testing/host'
import { describe, expect, it } from 'vitest'

import { hello, makeRouter, partsOf, read, textOfParts } from '../__fixtures__/make-router.ts'
import type { MakeRouterOptions, TestRouter } from '../__fixtures__/make-router.ts'
import { switchableStore } from '../__fixtures__/switchable-store.ts'
import { temporaryFolder } from '../__fixtures__/temporary-folder.ts'

const both = [{ models: ['one', 'two'] }]

async function ask({ router }: TestRouter, request: Partial<typeof hello> = {}) {
  return read(await router.chat({ ...hello, model: 'auto', ...request }))
}

/** Two routers that share a store in this process; the clock stands still, so that nobody asks by himself. */
async function two(options: MakeRouterOptions = {}): Promise<readonly [TestRouter, TestRouter]> {
  const store = memoryStore()
  const runtime = createTestRuntime()
  const first = await makeRouter({ providers: both, ...options, store, runtime })
  const second = await makeRouter({ providers: both, ...options, store, runtime })
  return [first, second]
}

describe('a change in one router', () => {
  it('of an agent’s models is seen by the next request of another', async () => {
    const [first, second] = await two({ unconfiguredAgents: 'none' })
    await first.router.agents.enable({ agentId: 'default', models: ['fake/one'] })
    expect(textOfParts(await ask(second))).toBe('one')
    await first.router.agents.disable({ agentId: 'default', models: ['fake/one'] })
    await first.router.agents.enable({ agentId: 'default', models: ['fake/two'] })
    expect(textOfParts(await ask(second))).toBe('two')
  })

  it('of a model is seen by the next request of another', async () => {
    const [first, second] = await two()
    expect(textOfParts(await ask(second))).toBe('one')
    await first.router.models.edit('fake/one', { set: { isAvailable: false } })
    expect(textOfParts(await ask(second))).toBe('two')
  })

  it('of a budget holds the next request of another', async () => {
    const [first, second] = await two()
    await ask(second)
    const rule = { id: 'r', scope: 'tenant', unit: 'requests', period: 'day', limit: 1 } as const
    await first.router.budgets.set(rule)
    // The rules are read behind the scenes, at once.
    await second.runtime.advance(0)
    expect(textOfParts(await ask(second))).toBe('one')
    expect(partsOf(await ask(second), 'error')[0]?.code).toBe('budget-exhausted')
  })

  it('is seen a second later where the store tells nothing', async () => {
    const store = memoryStore()
    const changes = { versions: store.changes.versions.bind(store.changes) }
    const runtime = createTestRuntime()
    const given = { providers: both, store: { ...store, changes }, runtime }
    const [first, second] = [await makeRouter(given), await makeRouter(given)]
    expect(textOfParts(await ask(second))).toBe('one')
    await first.router.agents.enable({ agentId: 'default', models: ['fake/two'] })
    await runtime.advance(1_000)
    await ask(second)
    await runtime.advance(0)
    expect(textOfParts(await ask(second))).toBe('two')
  })

  it('is seen by one on another connection of a real file, without being asked for', async () => {
    const path = join(await temporaryFolder(), 'imrs.db')
    const open = (): Promise<TestRouter> =>
      makeRouter({ providers: both, store: sqliteStore({ path, lookEveryMs: 5 }) })
    const [first, second] = [await open(), await open()]
    expect(textOfParts(await ask(second))).toBe('one')
    await first.router.agents.enable({ agentId: 'default', models: ['fake/two'] })
    // The clock of the routers stands still: only the store can have told.
    await expect.poll(async () => textOfParts(await ask(second))).toBe('two')
  })
})

describe('what a router finds out of use', () => {
  const resting = [
    {
      models: ['one', 'two'],
      answer: ({ externalId }: { readonly externalId: string }) =>
        externalId === 'one'
          ? { failure: { kind: 'rate-limited', message: 'Wait.', retryAfterMs: 30_000 } as const }
          : { text: 'two' },
    },
  ]

  it('is passed over by others until the same time, and then tried', async () => {
    const [first, second] = await two({ providers: resting })
    await ask(first)
    await first.runtime.advance(0)
    expect(second.router.breakers.list()).toMatchObject([
      { modelId: 'fake/one', state: { kind: 'open', failureKind: 'rate-limited' } },
    ])
    expect(textOfParts(await ask(second))).toBe('two')
    expect(second.providers[0]?.calls).toHaveLength(1)
    await second.runtime.advance(40_000)
    await ask(second)
    // Its own probe.
    expect(second.providers[0]?.calls.map(({ externalId }) => externalId)).toContain('one')
  })

  it('is known to one that starts later', async () => {
    const store = memoryStore()
    const runtime = createTestRuntime()
    const first = await makeRouter({ providers: resting, store, runtime })
    await ask(first)
    await runtime.advance(0)
    const later = await makeRouter({ providers: resting, store, runtime })
    expect(later.router.breakers.list()).toMatchObject([{ modelId: 'fake/one' }])
  })

  it('is kept from the store when it was found with a user’s own key', async () => {
    const store = memoryStore()
    const providers = resting.map((provider) => ({ ...provider, needsCredential: true }))
    const given = { providers, store, runtime: createTestRuntime(), allowUserKeys: true }
    const { router, runtime } = await makeRouter({
      ...given,
      models: [{ providerId: 'fake', externalId: 'one', displayName: 'One' }],
    })
    const userKeys = { fake: 'sk-user-0123456789' }
    await read(await router.chat({ ...hello, model: 'fake/one' }, { userKeys }))
    await runtime.advance(0)
    expect(router.breakers.list()).toHaveLength(1)
    expect(await store.coordination.listHints({ atMs: runtime.now() })).toEqual([])
  })

  it('costs no request anything when it cannot be told', async () => {
    const switchable = switchableStore(memoryStore())
    const made = await makeRouter({ providers: resting, store: switchable.store })
    const events: RouterEvent[] = []
    made.router.on('internal-failed', (event) => void events.push(event))
    await ask(made, { agentId: 'warm' })
    await made.runtime.advance(60_000)
    switchable.state = 'down'
    expect(textOfParts(await ask(made, { agentId: 'warm' }))).toBe('two')
    await expect.poll(() => events).toContainEqual(expect.objectContaining({ part: 'hints' }))
  })
})
