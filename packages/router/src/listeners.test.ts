import { createTestRuntime } from '@imrs/testing/host'
import type { TestRuntime } from '@imrs/testing/host'
import { expect, it } from 'vitest'

import { hello, makeRouter, read, textOfParts } from './__fixtures__/make-router.ts'

/** A runtime in which the turn of the listeners does not come. */
function withoutTurns(): TestRuntime {
  const runtime = createTestRuntime()
  const sleep: TestRuntime['sleep'] = (delayMs, signal) =>
    delayMs === 0 ? new Promise(() => undefined) : runtime.sleep(delayMs, signal)
  return { ...runtime, sleep }
}

it('hear of an answer when the request has done its own work, and of all before the router is closed', async () => {
  const { router } = await makeRouter({ runtime: withoutTurns() })
  const heard: string[] = []
  router.on('decision-made', ({ type }) => heard.push(type))
  router.on('attempt-ended', ({ type }) => heard.push(type))
  expect(textOfParts(await read(await router.chat({ ...hello, model: 'auto' })))).toBe('one')
  expect(heard).toEqual([])
  await router.close()
  expect(heard).toEqual(['decision-made', 'attempt-ended'])
})

it('have no say in when the router itself knows of a change', async () => {
  const { router } = await makeRouter({ runtime: withoutTurns() })
  const decide = async () => (await router.decide({ ...hello, model: 'auto' })).modelId
  expect(await decide()).toBe('fake/one')
  await router.models.edit('fake/two', { set: { priority: 99 } })
  expect(await decide()).toBe('fake/two')
})

it('that hang or fail keep neither an answer nor closing back', async () => {
  const { router } = await makeRouter()
  const told: string[] = []
  // oxlint-disable-next-line typescript/no-misused-promises -- what hosts do all the same
  router.on('attempt-ended', () => new Promise(() => undefined))
  // oxlint-disable-next-line typescript/no-misused-promises -- what hosts do all the same
  router.on('attempt-ended', () => Promise.reject(new Error('no network')))
  router.on('internal-failed', ({ part, error }) => told.push(`${part}: ${error.message}`))
  const parts = await read(await router.chat({ ...hello, model: 'auto' }))
  expect(parts.at(-1)?.type).toBe('end')
  await router.close()
  expect(told).toEqual(['listener: A listener of attempt-ended failed: no network'])
})
