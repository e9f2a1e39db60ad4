import type { ProviderFailure } from '@imrs/core'
import { memorySecrets } from '@imrs/secrets'
import { createTestRuntime, fakeProvider, memoryStore } from '@imrs/testing/host'
import { describe, expect, it, onTestFinished } from 'vitest'

import { createCatalog } from '../create-catalog.ts'

describe('the history of health', () => {
  it('waits for what is being stored, and for no longer than who asks', async () => {
    const listFailure = (): ProviderFailure => ({ kind: 'unavailable', message: 'Down.' })
    const inner = memoryStore()
    const gate = Promise.withResolvers<void>()
    const putHealth: typeof inner.providers.putHealth = async (health, options) => {
      await gate.promise
      return inner.providers.putHealth(health, options)
    }
    const catalog = await createCatalog({
      store: { ...inner, providers: { ...inner.providers, putHealth } },
      runtime: createTestRuntime(),
      models: [],
      secrets: memorySecrets({}),
      definitions: [fakeProvider({ models: [], listFailure }).definition],
      emit: () => {},
    })
    onTestFinished(() => catalog.close())
    for (let round = 0; round < 2; round += 1) await catalog.providers.sync('fake').catch(() => {})
    const leaving = new AbortController()
    const left = catalog.health.history({}, { signal: leaving.signal })
    leaving.abort(new Error('gone'))
    await expect(left).rejects.toThrow('gone')
    const stayed = catalog.health.history()
    gate.resolve()
    expect(await stayed).toMatchObject([{ from: 'healthy', to: 'degraded' }])
  })
})
