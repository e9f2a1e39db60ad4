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
