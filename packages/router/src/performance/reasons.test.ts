import { expect, it } from 'vitest'

import { hello, makeRouter, read } from '../__fixtures__/make-router.ts'
import type { TestRouter } from '../__fixtures__/make-router.ts'

const DAY_MS = 86_400_000

/** An answer of the model, rated. */
async function rated(
  { router }: TestRouter,
  model: string,
  given: Omit<Parameters<TestRouter['router']['feedback']>[0], 'messageId' | 'userId'>,
): Promise<string> {
  const answer = await router.chat({ ...hello, model })
  await read(answer)
  const { messageId } = answer
  await router.feedback({ messageId, userId: 'u1', ...given })
  return messageId
}

it('says why answers were rated as they were, the most frequent reason first', async () => {
  const given = await makeRouter()
  const { router } = given
  expect(await router.performance.reasons()).toEqual([])
  await rated(given, 'fake/one', { signal: 'thumbs-down', reasons: ['incorrect', 'too-long'] })
  await rated(given, 'fake/one', { rating: 0.5, reasons: ['incorrect'] })
  await rated(given, 'fake/two', { signal: 'thumbs-up', reasons: ['clear'] })
  const taken = await rated(given, 'fake/two', { signal: 'thumbs-down', reasons: ['slow'] })
  await rated(given, 'fake/two', { signal: 'thumbs-down' })
  await router.feedback.retract({ messageId: taken, userId: 'u1' })
  expect(await router.performance.reasons()).toEqual([
    { modelId: 'fake/one', reason: 'incorrect', good: 1, bad: 1 },
    { modelId: 'fake/one', reason: 'too-long', good: 0, bad: 1 },
    { modelId: 'fake/two', reason: 'clear', good: 1, bad: 0 },
  ])
  expect(await router.performance.reasons({ modelId: 'fake/two' })).toHaveLength(1)
  expect(await router.performance.reasons({ agentId: 'other' })).toEqual([])
  expect(await router.performance.reasons({ taskType: 'nothing' })).toEqual([])
  expect(await router.performance.reasons({ tenantId: 'other' })).toEqual([])
})

it('is of the answers of the last 30 days, and of other days when they are named', async () => {
  const given = await makeRouter()
  const { router, runtime } = given
  const atMs = runtime.now()
  await rated(given, 'fake/one', { rating: 0, reasons: ['slow'] })
  await runtime.advance(30 * DAY_MS - 1)
  expect(await router.performance.reasons()).toHaveLength(1)
  await runtime.advance(1)
  expect(await router.performance.reasons()).toEqual([])
  expect(await router.performance.reasons({ fromMs: atMs })).toHaveLength(1)
  expect(await router.performance.reasons({ fromMs: atMs + 1 })).toEqual([])
  expect(await router.performance.reasons({ toMs: atMs })).toEqual([])
  expect(await router.performance.reasons({ toMs: atMs + 1 })).toHaveLength(1)
})

it.each([
  ['toMs', { fromMs: 5, toMs: 5 }],
  ['toMs', { toMs: 1.5 }],
  ['fromMs', { fromMs: -1 }],
  ['fromMs', { fromMs: Number.NaN }],
  ['fromMs', { fromMs: 0, toMs: 366 * DAY_MS + 1 }],
  ['agentId', { agentId: '' }],
  ['tenantId', { tenantId: '' }],
])('refuses by the name of %s: %j', async (field, query) => {
  const { router } = await makeRouter()
  await expect(router.performance.reasons(query)).rejects.toMatchObject({
    code: 'invalid-request',
    field,
  })
  // A whole leap year is not too much.
  expect(await router.performance.reasons({ fromMs: 0, toMs: 366 * DAY_MS })).toEqual([])
})
