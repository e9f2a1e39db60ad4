import { expect, it } from 'vitest'

import { hello, makeRouter, read } from '../__fixtures__/make-router.ts'

it('recommends from what the router itself did, and says that little is known', async () => {
  const { router } = await makeRouter({ providers: [{ models: ['one', 'two'] }] })
  expect(await router.recommend()).toEqual([])
  for (let round = 0; round < 64; round += 1) {
    const model = round % 2 === 0 ? 'fake/one' : 'fake/two'
    const answer = await router.chat({ ...hello, model })
    await read(answer)
    const signal = model === 'fake/one' ? 'thumbs-up' : 'thumbs-down'
    await router.feedback({ messageId: answer.messageId, userId: 'u1', signal })
    if (round === 10) {
      expect(await router.recommend()).toMatchObject([{ kind: 'too-little-known', ratings: 11 }])
    }
  }
  const expected = [{ kind: 'drop', because: 'worse', modelId: 'fake/two', better: 'fake/one' }]
  expect(await router.recommend()).toMatchObject(expected)
  expect(await router.recommend({ agentId: 'default' })).toMatchObject(expected)
  expect(await router.recommend({ agentId: 'other' })).toEqual([])
  expect(await router.recommend({ taskType: 'no such' })).toEqual([])
})

it.each([
  ['tolerance', { tolerance: 0 }],
  ['tolerance', { tolerance: Number.NaN }],
  ['agentId', { agentId: '' }],
  ['fromMs', { fromMs: -1 }],
])('names %s when it is wrong', async (field, query) => {
  const { router } = await makeRouter()
  await expect(router.recommend(query)).rejects.toMatchObject({ code: 'invalid-request', field })
})
