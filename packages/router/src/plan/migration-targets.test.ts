import { ImrsError } from '@imrs/core'
import { memoryStore } from '@imrs/testing/host'
import type { MemoryStore } from '@imrs/testing/host'
import { expect, it } from 'vitest'

import { hello, makeRouter, read, textOfParts } from '../__fixtures__/make-router.ts'

/** A store whose questions for other names of models are counted, and fail while it is down. */
function watchedStore(): {
  readonly store: MemoryStore
  readonly asked: string[]
  isDown: boolean
} {
  const store = memoryStore()
  const watched = { asked: [] as string[], isDown: false }
  const models: MemoryStore['models'] = {
    ...store.models,
    getAlias: async (name, options) => {
      watched.asked.push(name)
      if (watched.isDown) throw new ImrsError('store-unavailable', 'The store is down')
      return store.models.getAlias(name, options)
    },
  }
  return Object.assign(watched, { store: { ...store, models } })
}

it('asks the store once where a model went', async () => {
  const { store, asked } = watchedStore()
  const { router } = await makeRouter({ store })
  for (let count = 0; count < 3; count += 1) await router.decide({ ...hello, model: 'fake/two' })
  expect(asked).toEqual(['fake/two'])
})

it('sees at once that a model went elsewhere', async () => {
  const answer = ({ externalId }: { externalId: string }) =>
    externalId === 'one'
      ? { failure: { kind: 'unavailable', message: 'Down.' } as const }
      : { text: externalId }
  const { router } = await makeRouter({ providers: [{ models: ['one', 'two'], answer }] })
  const ask = async () =>
    textOfParts(await read(await router.chat({ ...hello, model: 'fake/one' })))
  expect(await ask()).toBe('')
  await router.models.putAlias({ name: 'fake/one', model: 'fake/two', reason: 'moved' })
  expect(await ask()).toBe('two')
})

it('goes on with what was chosen while the store cannot say', async () => {
  const watched = watchedStore()
  const { router } = await makeRouter({ store: watched.store })
  await router.decide({ ...hello, model: 'fake/one' })
  watched.isDown = true
  const parts = await read(await router.chat({ ...hello, model: 'fake/two' }))
  expect(textOfParts(parts)).toBe('two')
  watched.isDown = false
  await router.decide({ ...hello, model: 'fake/two' })
  expect(watched.asked).toEqual(['fake/one', 'fake/two', 'fake/two'])
})
