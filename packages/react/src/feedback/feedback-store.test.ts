import { expect, it } from 'vitest'

import { reached } from '../__fixtures__/reached.ts'
import { serveRouter } from '../__fixtures__/serve-router.ts'
import { testClient } from '../__fixtures__/test-client.ts'
import type { AnswerEntry } from '../chat/chat-entry.ts'
import { createChat } from '../chat/chat-store.ts'
import { decisionResources } from '../decisions/decision-resources.ts'
import { feedbackStores } from './feedback-store.ts'

async function answered() {
  const served = await serveRouter()
  const { client } = testClient(served.url)
  const chat = createChat(client)
  await chat.send('Hi', { model: 'auto' })
  const answer = chat.getSnapshot().messages.at(-1) as AnswerEntry
  return { ...served, client, answer, messageId: answer.messageId ?? '' }
}

it('gives a thumb, changes it and takes it back', async () => {
  const { client, messageId } = await answered()
  const feedback = client.part(feedbackStores).of(messageId)
  const given = feedback.rate('up')
  expect(feedback.getSnapshot()).toMatchObject({ thumb: 'up', isSaving: true, rating: undefined })
  await given
  expect(feedback.getSnapshot()).toMatchObject({ thumb: 'up', isSaving: false, rating: 1 })
  await feedback.rate('down')
  expect(feedback.getSnapshot()).toMatchObject({ rating: 0 })
  await feedback.rate(undefined)
  expect(feedback.getSnapshot()).toMatchObject({ thumb: undefined, rating: undefined })
  expect(client.part(feedbackStores).of(messageId)).toBe(feedback)
})

it('shows what was before when the server refuses', async () => {
  const { client } = await answered()
  const feedback = client.part(feedbackStores).of('no-such-message', 'up')
  await feedback.rate('down')
  expect(feedback.getSnapshot()).toMatchObject({
    thumb: 'up',
    isSaving: false,
    error: { code: 'not-found' },
  })
})

it('sends the last of several quick thumbs', async () => {
  const { client, messageId, asked } = await answered()
  const feedback = client.part(feedbackStores).of(messageId)
  await Promise.all([feedback.rate('up'), feedback.rate(undefined), feedback.rate('down')])
  expect(feedback.getSnapshot()).toMatchObject({ thumb: 'down', rating: 0 })
  expect(asked.filter((path) => path.endsWith('/feedback'))).toHaveLength(2)
})

it('gives reasons with a thumb, and takes both back', async () => {
  const { client, messageId, router } = await answered()
  const feedback = client.part(feedbackStores).of(messageId)
  const reasonsThere = async () => {
    const query = { userId: 'ann', messageId, signal: 'copy' } as const
    return (await router.feedback(query)).reasons
  }
  const given = feedback.rate('down', ['incorrect', 'too-long'])
  expect(feedback.getSnapshot()).toMatchObject({ reasons: ['incorrect', 'too-long'] })
  await given
  expect(feedback.getSnapshot()).toMatchObject({ thumb: 'down', isSaving: false, rating: 0 })
  expect(await reasonsThere()).toEqual(['incorrect', 'too-long'])
  await feedback.rate('down', ['slow'])
  expect(await reasonsThere()).toEqual(['slow'])
  await feedback.rate(undefined)
  expect(feedback.getSnapshot()).toMatchObject({ thumb: undefined, reasons: [] })
  expect(await reasonsThere()).toEqual([])
})

it('gives back what was set before, thumb and reasons', async () => {
  const { client, messageId } = await answered()
  const feedback = client.part(feedbackStores).of(messageId)
  await feedback.rate('up', ['clear'])
  await feedback.rate('down')
  await feedback.rate('down', ['slow'])
  await feedback.rate('down', ['slow'])
  const seen: unknown[] = []
  for (let step = 0; step < 4; step += 1) {
    await feedback.undo()
    const { thumb, reasons, rating } = feedback.getSnapshot()
    seen.push([thumb, reasons, rating])
  }
  expect(seen).toEqual([
    ['down', [], 0],
    ['up', ['clear'], 1],
    [undefined, [], undefined],
    [undefined, [], undefined],
  ])
})

it('shows the reasons from before when the server refuses', async () => {
  const { client } = await answered()
  const feedback = client.part(feedbackStores).of('no-such-message', 'up', ['clear'])
  await feedback.rate('down', ['slow'])
  expect(feedback.getSnapshot()).toMatchObject({
    thumb: 'up',
    reasons: ['clear'],
    error: { code: 'not-found' },
  })
})

it('sends nothing anew for the reasons that are there', async () => {
  const { client, messageId, asked } = await answered()
  const feedback = client.part(feedbackStores).of(messageId)
  await feedback.rate('up', ['clear', 'correct'])
  await feedback.rate('up', ['correct', 'clear'])
  expect(asked.filter((path) => path.endsWith('/feedback'))).toHaveLength(1)
})

it('reads why a model was chosen, with candidates and calls', async () => {
  const { client, answer } = await answered()
  const decision = client.part(decisionResources).of(answer.decision?.decisionId ?? '')
  const { data } = await reached(decision, ({ isLoading }) => !isLoading)
  expect(data).toMatchObject({
    model: answer.model,
    source: 'auto',
    candidateCount: 2,
    calls: [{ outcome: 'completed' }],
  })
})
