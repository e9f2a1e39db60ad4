import { fakeProvider } from '@imrs/testing/host'
import type { FakeAnswer } from '@imrs/testing/host'
import { describe, expect, it } from 'vitest'

import { reached } from '../__fixtures__/reached.ts'
import { serveRouter } from '../__fixtures__/serve-router.ts'
import { testClient } from '../__fixtures__/test-client.ts'
import { selectionStore } from '../selection/selection-store.ts'
import type { AnswerEntry, ChatEntry } from './chat-entry.ts'
import { createChat } from './chat-store.ts'

function lastAnswer(messages: readonly ChatEntry[]): AnswerEntry {
  const last = messages.at(-1)
  if (last?.role !== 'assistant') throw new Error('the last entry is no answer')
  return last
}

async function serveAnswers(answer: (model: string) => FakeAnswer) {
  const provider = fakeProvider({
    models: ['small', 'large'],
    answer: ({ externalId }) => answer(externalId),
  })
  const served = await serveRouter({ router: { providers: [provider.definition] } })
  return { ...served, provider }
}

describe('a conversation', () => {
  it('shows the decision before the first word, then the text, then what it took', async () => {
    const before = Promise.withResolvers<void>()
    const { url } = await serveAnswers(() => ({
      before: before.promise,
      text: ['Hel', 'lo'],
      usage: { inputTokens: 3, outputTokens: 2 },
    }))
    const { client } = testClient(url)
    const chat = createChat(client)
    const sent = chat.send('Hi', { model: 'auto' })
    const deciding = await reached(chat, ({ running }) => running?.decision !== undefined)
    expect(deciding).toMatchObject({ status: 'waiting', running: { text: '', asked: 'auto' } })
    before.resolve()
    expect(await sent).toBe(true)
    const { messages, status, running } = chat.getSnapshot()
    expect([status, running]).toEqual(['idle', undefined])
    expect(messages[0]).toMatchObject({ role: 'user', content: 'Hi' })
    const answer = lastAnswer(messages)
    expect(answer).toMatchObject({ status: 'done', text: 'Hello', inputTokens: 3, outputTokens: 2 })
    expect(answer.parts.map(({ type }) => type)).toEqual(['decision', 'text-delta', 'usage', 'end'])
    expect(answer.end?.totalMs).toBeGreaterThanOrEqual(0)
  })

  it('sends the conversation, and keeps a running answer on its model when another is chosen', async () => {
    const between = Promise.withResolvers<void>()
    const { url, provider } = await serveAnswers((model) => ({
      text: [model, '!'],
      between: model === 'small' ? between.promise : undefined,
    }))
    const { client } = testClient(url)
    const selection = client.part(selectionStore)
    await selection.select('fake/small')
    const chat = createChat(client, { system: 'Be kind.' })
    const first = chat.send('One')
    await reached(chat, ({ status }) => status === 'streaming')
    await selection.select('fake/large')
    expect(await chat.send('Too early')).toBe(false)
    between.resolve()
    await first
    expect(lastAnswer(chat.getSnapshot().messages)).toMatchObject({
      text: 'small!',
      model: 'fake/small',
    })
    await chat.send('Two')
    expect(lastAnswer(chat.getSnapshot().messages)).toMatchObject({ model: 'fake/large' })
    expect(provider.calls.at(-1)?.messages).toMatchObject([
      { role: 'system', content: 'Be kind.' },
      { role: 'user', content: 'One' },
      { role: 'assistant', content: 'small!' },
      { role: 'user', content: 'Two' },
    ])
  })

  it('stops: what had come is kept, and the call ends', async () => {
    const never = new Promise<void>(() => {})
    const { url, provider } = await serveAnswers(() => ({
      text: ['Half', ' done'],
      between: never,
    }))
    const chat = createChat(testClient(url).client)
    const sent = chat.send('Go')
    await reached(chat, ({ running }) => running?.text === 'Half')
    chat.stop()
    await sent
    expect(lastAnswer(chat.getSnapshot().messages)).toMatchObject({
      status: 'stopped',
      text: 'Half',
    })
    await expect.poll(() => provider.calls[0]?.wasAborted).toBe(true)
  })

  it('answers again with another model, and keeps the answer before', async () => {
    const { url, provider } = await serveAnswers((model) => ({ text: model }))
    const chat = createChat(testClient(url).client)
    await chat.send('Who?', { model: 'fake/small' })
    await chat.regenerate({ model: 'fake/large' })
    const { messages } = chat.getSnapshot()
    expect(messages).toHaveLength(2)
    expect(lastAnswer(messages)).toMatchObject({ text: 'large', earlier: [{ text: 'small' }] })
    expect(provider.calls.at(-1)?.messages).toHaveLength(1)
  })

  it('says what went wrong, what was tried and what to do', async () => {
    const { url, goDown } = await serveAnswers(() => ({
      failure: { kind: 'unavailable', message: 'It is down.' },
    }))
    const chat = createChat(testClient(url).client)
    await chat.send('Hi', { model: 'auto' })
    const { status, failure } = lastAnswer(chat.getSnapshot().messages)
    expect([status, failure?.code]).toEqual(['failed', 'all-attempts-failed'])
    expect(failure?.tried.length).toBeGreaterThan(1)
    await chat.send('Hi', { model: 'nobody/knows' })
    expect(lastAnswer(chat.getSnapshot().messages).failure).toMatchObject({
      code: 'unknown-model',
      action: 'choose-another-model',
    })
    goDown()
    await chat.regenerate({ model: 'auto' })
    expect(lastAnswer(chat.getSnapshot().messages).failure).toMatchObject({
      code: 'unreachable',
      action: 'retry',
      isRetryable: true,
    })
  })

  it('says that a connection was cut, and keeps what had come', async () => {
    const never = new Promise<void>(() => {})
    const { url, goDown } = await serveAnswers(() => ({ text: ['Half', ''], between: never }))
    const chat = createChat(testClient(url).client)
    const sent = chat.send('Go')
    await reached(chat, ({ running }) => running?.text === 'Half')
    goDown()
    await sent
    expect(lastAnswer(chat.getSnapshot().messages)).toMatchObject({
      status: 'failed',
      text: 'Half',
      failure: { code: 'broken-off', action: 'retry' },
    })
  })

  it('opens an old conversation whose models are gone, and goes on', async () => {
    const { url, provider } = await serveAnswers(() => ({ text: 'Still here' }))
    const before = createChat(testClient(url).client)
    await before.send('Old question')
    const stored = JSON.parse(JSON.stringify(before.getSnapshot().messages)) as ChatEntry[]
    const old = stored.map((entry) =>
      entry.role === 'user'
        ? entry
        : { ...entry, status: 'streaming' as const, model: 'retired/model', modelName: 'Retired' },
    )
    const chat = createChat(testClient(url).client, { initialMessages: old })
    expect(lastAnswer(chat.getSnapshot().messages)).toMatchObject({
      status: 'stopped',
      modelName: 'Retired',
    })
    await chat.send('New question')
    expect(lastAnswer(chat.getSnapshot().messages)).toMatchObject({ text: 'Still here' })
    expect(provider.calls.at(-1)?.messages).toHaveLength(3)
  })

  it('tells the router what going on and asking again say of an answer', async () => {
    const { url, asked } = await serveAnswers(() => ({ text: 'Yes' }))
    const count = (): number => asked.filter((path) => path.endsWith('/feedback')).length
    const chat = createChat(testClient(url).client)
    await chat.send('One')
    await chat.send('Two')
    await expect.poll(count).toBe(1)
    await chat.regenerate()
    await expect.poll(count).toBe(2)
    const quiet = createChat(testClient(url).client, { sendsSignals: false })
    await quiet.send('One')
    await quiet.send('Two')
    expect(count()).toBe(2)
  })
})
