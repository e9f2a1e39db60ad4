import type { AnswerPart, ModelCall } from '@imrs/core'
import { fakeProvider } from '@imrs/testing/host'
import type { FakeAnswer } from '@imrs/testing/host'
import { describe, expect, it } from 'vitest'

import { reached } from '../__fixtures__/reached.ts'
import { serveRouter } from '../__fixtures__/serve-router.ts'
import { testClient } from '../__fixtures__/test-client.ts'
import type { ClientErrorCode } from '../http/client-error.ts'
import { selectionStore } from '../selection/selection-store.ts'
import { emptyAnswer, toMessages } from './chat-entry.ts'
import type { AnswerEntry, ChatEntry } from './chat-entry.ts'
import { toFailure } from './chat-failure.ts'
import { createChat } from './chat-store.ts'
import { foldPart } from './fold-part.ts'

function lastAnswer(messages: readonly ChatEntry[]): AnswerEntry {
  const last = messages.at(-1)
  if (last?.role !== 'assistant') throw new Error('the last entry is no answer')
  return last
}

async function serveAnswers(answer: (model: string, call: ModelCall) => FakeAnswer) {
  const provider = fakeProvider({
    models: ['small', 'large'].map((externalId) => ({
      externalId,
      capabilities: ['text', 'function_calling'],
    })),
    answer: (call) => answer(call.externalId, call),
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

  it('goes on with what tools answered, and sends their calls back', async () => {
    const call = { id: 'call-1', name: 'weather', input: { place: 'Oslo' } }
    const second = { id: 'call-2', name: 'time', input: {} }
    const { url, provider } = await serveAnswers((_, { messages }) =>
      messages.at(-1)?.role === 'tool' ? { text: 'It is cold' } : { toolCalls: [call, second] },
    )
    const { client } = testClient(url)
    const chat = createChat(client)
    await chat.send('How is it in Oslo?', { model: 'fake/small' })
    expect(lastAnswer(chat.getSnapshot().messages)).toMatchObject({ text: '', status: 'done' })
    await client.part(selectionStore).select('fake/large')
    expect(await chat.giveToolResults({ 'call-1': '-3 °C' })).toBe(false)
    expect(provider.calls).toHaveLength(1)
    expect(await chat.giveToolResults({ 'call-2': '12:00' })).toBe(true)
    expect(lastAnswer(chat.getSnapshot().messages)).toMatchObject({
      text: 'It is cold',
      model: 'fake/small',
    })
    const withTools = [
      { role: 'user', content: 'How is it in Oslo?' },
      { role: 'assistant', content: '', toolCalls: [call, second] },
      { role: 'tool', toolCallId: 'call-1', content: '-3 °C' },
      { role: 'tool', toolCallId: 'call-2', content: '12:00' },
    ]
    expect(provider.calls.at(-1)?.messages).toMatchObject(withTools)
    await chat.regenerate({ model: 'fake/small' })
    expect(provider.calls.at(-1)?.messages).toHaveLength(4)
    expect(chat.getSnapshot().messages).toHaveLength(3)
    await chat.send('And tomorrow?', { model: 'fake/small' })
    expect(provider.calls.at(-1)?.messages).toMatchObject([
      ...withTools,
      { role: 'assistant', content: 'It is cold' },
      { role: 'user', content: 'And tomorrow?' },
    ])
  })

  it('sends back what a model thought before it called tools, and what only it understands', () => {
    const call = {
      type: 'tool-call',
      toolCallId: 'call-1',
      toolName: 'search',
      input: {},
      providerData: { providerId: 'fake', externalId: 'small', data: { signature: 'call' } },
    } as const
    const providerData = { providerId: 'fake', externalId: 'small', data: { signature: 'thought' } }
    const parts: readonly AnswerPart[] = [
      { type: 'reasoning-delta', text: 'I have ' },
      { type: 'reasoning-delta', text: 'to look.' },
      { type: 'reasoning-end', providerData },
      { type: 'reasoning-delta', text: 'And again.' },
      { type: 'reasoning-end' },
      call,
    ]
    const answer = parts.reduce(foldPart, emptyAnswer({ id: 'a', asked: undefined, earlier: [] }))
    expect(toMessages([{ ...answer, toolResults: { 'call-1': 'found' } }])).toEqual([
      {
        role: 'assistant',
        content: '',
        toolCalls: [{ id: 'call-1', name: 'search', input: {}, providerData: call.providerData }],
        reasoning: [
          { text: 'I have to look.', providerData },
          { text: 'And again.', providerData: undefined },
        ],
      },
      { role: 'tool', toolCallId: 'call-1', content: 'found' },
    ])
  })

  it('leaves out calls of tools that nobody answered', async () => {
    const { url, provider } = await serveAnswers((_, { messages }) =>
      messages.length > 1
        ? { text: 'Never mind' }
        : { text: 'Wait', toolCalls: [{ id: 'call-1', name: 'search', input: {} }] },
    )
    const chat = createChat(testClient(url).client)
    await chat.send('Look it up', { model: 'fake/small' })
    await chat.send('Forget it', { model: 'fake/small' })
    expect(provider.calls.at(-1)?.messages).toEqual([
      { role: 'user', content: 'Look it up' },
      { role: 'assistant', content: 'Wait' },
      { role: 'user', content: 'Forget it' },
    ])
    expect(await chat.giveToolResults({ 'call-1': 'Too late' })).toBe(false)
  })

  it('says what can be done about each failure', () => {
    const actionOf = (code: ClientErrorCode, retryAfterMs?: number) =>
      toFailure({ code, message: '', isRetryable: false, retryAfterMs }).action
    expect(
      ['unknown-model', 'unknown-preset', 'model-not-allowed', 'missing-capability'].map((code) =>
        actionOf(code as ClientErrorCode),
      ),
    ).toEqual(Array(4).fill('choose-another-model'))
    expect([actionOf('context-too-long'), actionOf('content-filtered')]).toEqual([
      'shorten',
      'change-request',
    ])
    expect([actionOf('unauthenticated'), actionOf('budget-exhausted')]).toEqual([
      'sign-in',
      'ask-operator',
    ])
    expect([actionOf('internal'), actionOf('rate-limited', 5)]).toEqual(['retry', 'wait'])
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
