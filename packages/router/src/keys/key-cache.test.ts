import type { ApiKey, Store } from '@imrs/core'
import { createTestRuntime, memoryStore } from '@imrs/testing/host'
import { expect, it } from 'vitest'

import { KeyCache } from './key-cache.ts'

/** A store with any number of keys, which counts how often one is read, and holds readings back. */
function setUp() {
  const inner = memoryStore()
  const gates: Promise<void>[] = []
  let reads = 0
  const get: Store['apiKeys']['get'] = async (id) => {
    reads += 1
    await gates.shift()
    // All that the cache looks at.
    return { id } as ApiKey
  }
  const store = { ...inner, apiKeys: { ...inner.apiKeys, get } }
  const cache = new KeyCache({ store, runtime: createTestRuntime() })
  return { cache, gates, reads: () => reads }
}

it('keeps nothing that was being read when keys were revoked', async () => {
  const { cache, gates, reads } = setUp()
  // So that what is looked for first is known.
  await cache.get('other')
  const gate = Promise.withResolvers<void>()
  gates.push(gate.promise)
  const reading = cache.get('k')
  await expect.poll(reads).toBe(2)
  cache.drop()
  gate.resolve()
  await reading
  await cache.get('k')
  expect(reads()).toBe(3)
  await cache.get('k')
  expect(reads()).toBe(3)
})

it('keeps ten thousand keys, those that were used last', async () => {
  const { cache, reads } = setUp()
  for (let key = 0; key < 10_000; key += 1) await cache.get(`key-${key}`)
  await cache.get('key-0')
  expect(reads()).toBe(10_000)
  await cache.get('one more')
  await cache.get('key-0')
  expect(reads()).toBe(10_001)
  await cache.get('key-1')
  expect(reads()).toBe(10_002)
})
