import type { SelectionChangedEvent } from '@imrs/core'
import { describe, expect, it } from 'vitest'

import { makeRouter } from '../__fixtures__/make-router.ts'
import type { MakeRouterOptions } from '../__fixtures__/make-router.ts'

const KEY = 'a key that nobody else has, 1234567890'

async function changes(options: MakeRouterOptions): Promise<readonly SelectionChangedEvent[]> {
  const { router } = await makeRouter(options)
  const events: SelectionChangedEvent[] = []
  router.on('selection-changed', (event) => events.push(event))
  await router.preferences.set({ userId: 'canary-user', model: 'fake/one' })
  await router.preferences.set({ userId: 'canary-user', model: 'fake/two' })
  await router.preferences.set({ userId: 'somebody', model: 'fake/two' })
  await router.preferences.set({ tenantId: 'other', userId: 'canary-user', model: 'fake/two' })
  await router.close()
  return events
}

describe('a change of selection', () => {
  it('says nothing of users unless a key was given', async () => {
    const events = await changes({})
    expect(events).toHaveLength(4)
    expect(events.map((event) => Object.keys(event).toSorted())).toEqual(
      Array.from({ length: 4 }, () => ['atMs', 'modelId', 'tenantId', 'type']),
    )
  })

  it('tells by a keyed hash which changes are of one user of one tenant', async () => {
    const [first, second, third, fourth] = (await changes({ userHashKey: KEY })).map(
      ({ userHash }) => userHash,
    )
    expect(first).toMatch(/^[0-9a-f]{32}$/)
    expect(second).toBe(first)
    expect(new Set([first, third, fourth]).size).toBe(3)
  })

  it('has another hash with another key, the same one in every process, and never the user', async () => {
    const events = await changes({ userHashKey: KEY })
    expect(await changes({ userHashKey: KEY })).toEqual(events)
    const others = await changes({ userHashKey: `${KEY}!` })
    expect(others[0]?.userHash).not.toBe(events[0]?.userHash)
    expect(JSON.stringify([events, others])).not.toContain('canary-user')
  })

  it('refuses a key that could be guessed, without showing it', async () => {
    const short = 'canary-short-key'
    const error: unknown = await makeRouter({ userHashKey: short }).catch((thrown) => thrown)
    expect(String(error)).toContain('`userHashKey` must have 32 characters')
    expect(String(error)).not.toContain(short)
  })
})
