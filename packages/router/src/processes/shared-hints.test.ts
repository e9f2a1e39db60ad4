import type { HealthHint, Store } from '@imrs/core'
import { createTestRuntime, memoryStore } from '@imrs/testing/host'
import { expect, it } from 'vitest'

import { SharedHints } from './shared-hints.ts'

/** Hints of a process that is told nothing by the store, and what another process tells. */
async function setUp() {
  const runtime = createTestRuntime()
  const inner = memoryStore()
  const gates: Promise<void>[] = []
  const listHints: Store['coordination']['listHints'] = async (...asked) => {
    const listed = await inner.coordination.listHints(...asked)
    await gates.shift()
    return listed
  }
  const store = { ...inner, coordination: { ...inner.coordination, listHints } }
  const learned: string[] = []
  const hints = new SharedHints({ store, runtime, emit: () => {}, credentialIdOf: () => 'k' })
  await hints.start({ learn: (told) => learned.push(told.map(({ modelId }) => modelId).join()) })
  const tell = async (modelId: string): Promise<void> => {
    const openUntilMs = runtime.now() + 60_000
    const key = { providerId: 'p', credentialId: 'k', modelId }
    const hint: HealthHint = { ...key, failureKind: 'unavailable', openings: 1, openUntilMs }
    await inner.coordination.putHints({ hints: [hint], atMs: runtime.now() })
  }
  return { hints, runtime, gates, learned, tell }
}

it('are asked for once a second where the store tells nothing, and read when there are new ones', async () => {
  const { hints, runtime, learned, tell } = await setUp()
  const recheckAfter = async (delayMs: number): Promise<void> => {
    await runtime.advance(delayMs)
    hints.recheck()
    await runtime.advance(0)
  }
  await recheckAfter(1_000)
  await tell('p/a')
  await recheckAfter(999)
  expect(learned).toEqual([''])
  await recheckAfter(1)
  expect(learned).toEqual(['', 'p/a'])
  await recheckAfter(1_000)
  expect(learned).toEqual(['', 'p/a'])
})

it('are read once more when others come while they are being read', async () => {
  const { hints, gates, learned, tell } = await setUp()
  const gate = Promise.withResolvers<void>()
  gates.push(gate.promise)
  hints.moved()
  await expect.poll(() => gates).toEqual([])
  await tell('p/a')
  hints.moved()
  gate.resolve()
  await expect.poll(() => learned).toEqual(['', '', 'p/a'])
})
