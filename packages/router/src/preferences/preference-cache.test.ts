import type { Store } from '@imrs/core'
import { createTestRuntime, memoryStore } from '@imrs/testing/host'
import { expect, it } from 'vitest'

import { PreferenceCache } from './preference-cache.ts'

it('keeps nothing that was being read while it was written: the next read sees what was chosen', async () => {
  const inner = memoryStore()
  const gates: Promise<void>[] = []
  const get: Store['preferences']['get'] = async (...asked) => {
    const preference = await inner.preferences.get(...asked)
    await gates.shift()
    return preference
  }
  const store = { ...inner, preferences: { ...inner.preferences, get } }
  const cache = new PreferenceCache({ store, runtime: createTestRuntime(), emit: () => {} })
  const key = { tenantId: 't', userId: 'u' }
  const gate = Promise.withResolvers<void>()
  gates.push(gate.promise)
  const early = cache.get(key)
  await expect.poll(() => gates).toEqual([])
  await cache.putSelection(key, { modelId: 'p/m', atMs: 0 })
  gate.resolve()
  expect(await early).toBeUndefined()
  expect((await cache.get(key))?.selection?.modelId).toBe('p/m')
})
