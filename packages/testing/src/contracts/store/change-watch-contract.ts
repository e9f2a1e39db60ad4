import { CATALOG_TOPIC } from '@imrs/core'
import type { ChangeWatcher, StopWatching, Store } from '@imrs/core'
import { expect, it, onTestFinished } from 'vitest'

import { AGENT, AGENT_TOPIC, EXPERIENCE_TOPIC, agentModel, feedback } from './samples.ts'
import { message, provider } from './samples.ts'
import { errorOf, openFor } from './setup.ts'
import type { StoreContractSetup } from './setup.ts'

/** Keeps copies of versions, and says when one is old. */
export interface TestWatcher extends ChangeWatcher {
  /** The copies, by topic. */
  readonly copies: Map<string, number>
  /** Resolves when the topic was told, at once when it was told before and not asked for since. */
  readonly told: (topic: string) => Promise<void>
  readonly all: readonly string[]
  readonly failures: readonly unknown[]
}

export function testWatcher(topics: readonly string[]): TestWatcher {
  const copies = new Map(topics.map((topic) => [topic, 0]))
  const all: string[] = []
  const failures: unknown[] = []
  const waiting = new Map<string, PromiseWithResolvers<void>>()
  const gateOf = (topic: string): PromiseWithResolvers<void> => {
    const gate = waiting.get(topic) ?? Promise.withResolvers<void>()
    waiting.set(topic, gate)
    return gate
  }
  return {
    copies,
    all,
    failures,
    topics: () => [...copies.keys()],
    versionOf: (topic) => copies.get(topic),
    moved: (moved) => {
      all.push(...moved)
      for (const topic of moved) gateOf(topic).resolve()
    },
    failed: (error) => void failures.push(error),
    told: async (topic) => {
      await gateOf(topic).promise
      waiting.delete(topic)
    },
  }
}

async function watch(store: Store, watcher: ChangeWatcher): Promise<StopWatching> {
  const stop = await store.changes.watch?.(watcher)
  if (stop === undefined) throw new Error('`changes.watch` is missing and not left out')
  onTestFinished(stop)
  return stop
}

/** Reads the copy of a topic anew, as whoever is told that it is old does. */
async function renew(store: Store, watcher: TestWatcher, topic: string): Promise<void> {
  const [version = 0] = await store.changes.versions([topic])
  watcher.copies.set(topic, version)
}

export function changeWatchContract(setup: StoreContractSetup): void {
  const isWatching = setup.without?.watch === undefined
  const isShared = isWatching && setup.without?.['shared-data'] === undefined

  it.skipIf(!isWatching)('tells of a copy that was old when it began to watch', async () => {
    const { store } = await openFor(setup)
    await store.providers.put(provider())
    const watcher = testWatcher([CATALOG_TOPIC])
    await watch(store, watcher)
    await watcher.told(CATALOG_TOPIC)
    expect(new Set(watcher.all)).toEqual(new Set([CATALOG_TOPIC]))
  })

  it.skipIf(!isWatching)('tells of its own changes, each as often as it comes', async () => {
    const { store } = await openFor(setup)
    const watcher = testWatcher([CATALOG_TOPIC])
    await watch(store, watcher)
    for (const turn of [1, 2, 3]) {
      await store.providers.put(provider({ updatedAtMs: turn }))
      await watcher.told(CATALOG_TOPIC)
      await renew(store, watcher, CATALOG_TOPIC)
    }
    expect(watcher.copies.get(CATALOG_TOPIC)).toBe(3)
    expect(watcher.failures).toEqual([])
  })

  it.skipIf(!isShared)('tells what another store changed, and which topic', async () => {
    const { store, openAgain } = await openFor(setup)
    const other = await openAgain?.()
    if (other === undefined) throw new Error('`openAgain` is missing and not left out')
    onTestFinished(() => other.close())
    const watcher = testWatcher([CATALOG_TOPIC, AGENT_TOPIC])
    await watch(store, watcher)
    await other.agentModels.put([agentModel('p/a')])
    await watcher.told(AGENT_TOPIC)
    expect(new Set(watcher.all)).toEqual(new Set([AGENT_TOPIC]))
    await renew(store, watcher, AGENT_TOPIC)
    await other.providers.put(provider())
    await watcher.told(CATALOG_TOPIC)
  })

  it.skipIf(!isWatching)(
    'tells what had changed before it watched, of a copy that is older',
    async () => {
      const { store } = await openFor(setup)
      const watcher = testWatcher([CATALOG_TOPIC])
      await store.providers.put(provider())
      await watch(store, watcher)
      await store.providers.put(provider({ updatedAtMs: 1 }))
      await watcher.told(CATALOG_TOPIC)
    },
  )

  it.skipIf(!isWatching)(
    'tells every watcher of its own topics, and none that has stopped',
    async () => {
      const { store } = await openFor(setup)
      const [first, second, third] = [
        testWatcher([CATALOG_TOPIC]),
        testWatcher([AGENT_TOPIC]),
        testWatcher([CATALOG_TOPIC, AGENT_TOPIC]),
      ]
      const stop = await watch(store, first)
      await watch(store, second)
      await watch(store, third)
      await stop()
      await stop()
      await store.providers.put(provider())
      await third.told(CATALOG_TOPIC)
      await store.agentModels.put([agentModel('p/a')])
      await Promise.all([second.told(AGENT_TOPIC), third.told(AGENT_TOPIC)])
      expect(first.all).toEqual([])
      expect(new Set(second.all)).toEqual(new Set([AGENT_TOPIC]))
    },
  )

  it.skipIf(!isWatching)('tells nobody of a write that came to nothing', async () => {
    const { store } = await openFor(setup)
    const watcher = testWatcher([CATALOG_TOPIC, AGENT_TOPIC])
    await watch(store, watcher)
    const aborted = { signal: AbortSignal.abort(new Error('enough')) }
    await errorOf(store.providers.put(provider(), aborted))
    await store.agentModels.put([agentModel('p/a')])
    await watcher.told(AGENT_TOPIC)
    expect(watcher.all).not.toContain(CATALOG_TOPIC)
  })

  it('has the version of every change, whether anybody watches or not', async () => {
    const { store } = await openFor(setup)
    await store.providers.put(provider())
    expect(await store.changes.versions([CATALOG_TOPIC, AGENT_TOPIC])).toEqual([1, 0])
  })

  it.skipIf(!isWatching)('is refused by a store that is closed', async () => {
    const { store } = await openFor(setup)
    await store.close()
    const watching = store.changes.watch?.(testWatcher([]))
    expect(await errorOf(watching ?? Promise.resolve())).toMatchObject({
      code: 'store-unavailable',
    })
  })

  it.skipIf(!isWatching)('keeps quiet about ratings, of which there are many', async () => {
    const { store } = await openFor(setup)
    const rated = message()
    await store.ledger.append({ decisions: [], attempts: [], messages: [rated] })
    const watcher = testWatcher([AGENT_TOPIC])
    await watch(store, watcher)
    await store.feedback.record(feedback(rated))
    await store.agentModels.put([agentModel('p/a', AGENT)])
    await watcher.told(AGENT_TOPIC)
    expect(watcher.all).not.toContain(EXPERIENCE_TOPIC)
  })
}
