import { fakeProvider } from '@imrs/testing/host'
import type { FakeProvider, FakeProviderOptions } from '@imrs/testing/host'
import OpenAI from 'openai'
import { describe, expect, it } from 'vitest'

import { bodyOf, identityOf, openDoor } from '../../__fixtures__/open-door.ts'
import type { OpenDoor } from '../../__fixtures__/open-door.ts'

const usage = { inputTokens: 12, outputTokens: 3, cachedInputTokens: 4, reasoningTokens: 1 }
const hello: OpenAI.ChatCompletionMessageParam[] = [{ role: 'user', content: 'Hello' }]

interface Served extends OpenDoor {
  readonly client: OpenAI
  readonly provider: FakeProvider
}

async function serve(options: Partial<FakeProviderOptions> = {}): Promise<Served> {
  const capabilities = ['text', 'vision', 'function_calling', 'structured_output'] as const
  const models = [
    { externalId: 'm', capabilities: [...capabilities] },
    { externalId: 'n', capabilities: [...capabilities] },
  ]
  const provider = fakeProvider({
    models,
    answer: () => ({ text: ['Hel', 'lo'], usage }),
    ...options,
  })
  const door = await openDoor({ router: { providers: [provider.definition] } })
  const client = new OpenAI({
    baseURL: 'http://localhost/v1',
    apiKey: JSON.stringify(identityOf('agent_user')),
    maxRetries: 0,
    fetch: async (url, init) => door.handler(new Request(url, init)),
  })
  return { ...door, client, provider }
}

async function failureOf(work: Promise<unknown>): Promise<InstanceType<typeof OpenAI.APIError>> {
  try {
    await work
  } catch (error) {
    if (error instanceof OpenAI.APIError) return error
    throw error
  }
  throw new Error('it did not fail')
}

describe('the official client', () => {
  it('gets a whole answer with the decision in headers and a field', async () => {
    const { client, router } = await serve()
    const asked = client.chat.completions.create({ model: 'auto', messages: hello })
    const { data, response } = await asked.withResponse()
    expect(data.choices[0]).toMatchObject({
      finish_reason: 'stop',
      message: { role: 'assistant', content: 'Hello' },
    })
    expect(data.usage).toEqual({
      prompt_tokens: 12,
      completion_tokens: 3,
      total_tokens: 15,
      prompt_tokens_details: { cached_tokens: 4 },
      completion_tokens_details: { reasoning_tokens: 1 },
    })
    const { imrs } = data as unknown as { imrs: { message_id: string; decision_id: string } }
    expect(response.headers.get('imrs-decision-id')).toBe(imrs.decision_id)
    const { message } = await router.explain(imrs.decision_id)
    expect(message).toMatchObject({
      id: imrs.message_id,
      model: data.model,
      userId: 'a agent_user',
    })
  })

  it('streams, and hears of usage when it asks', async () => {
    const { client } = await serve()
    const stream = await client.chat.completions.create({
      model: 'auto',
      messages: hello,
      stream: true,
      stream_options: { include_usage: true },
    })
    const chunks: OpenAI.ChatCompletionChunk[] = []
    for await (const chunk of stream) chunks.push(chunk)
    expect(chunks.map((chunk) => chunk.choices[0]?.delta.content ?? '').join('')).toBe('Hello')
    expect(
      chunks.flatMap((chunk) => chunk.choices.map((choice) => choice.finish_reason)).at(-1),
    ).toBe('stop')
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { total_tokens: 15 } })
    expect(new Set(chunks.map(({ id }) => id)).size).toBe(1)
    expect(chunks[0]).toMatchObject({ model: 'fake/m', imrs: { chosen_model: 'fake/m' } })
  })

  it('carries a tool call there and back', async () => {
    const calls = [{ id: 'call-1', name: 'weather', input: { city: 'Oslo' } }]
    const { client, provider } = await serve({
      answer: ({ messages }) =>
        messages.at(-1)?.role === 'tool' ? { text: 'Cold.', usage } : { toolCalls: calls, usage },
    })
    const tools = [
      { type: 'function', function: { name: 'weather', parameters: { type: 'object' } } },
    ] as const
    const first = await client.chat.completions.create({
      model: 'auto',
      messages: hello,
      tools: [...tools],
    })
    const message = first.choices[0]?.message
    expect(first.choices[0]?.finish_reason).toBe('tool_calls')
    expect(message).toMatchObject({
      content: null,
      tool_calls: [{ id: 'call-1', function: { name: 'weather', arguments: '{"city":"Oslo"}' } }],
    })
    if (message === undefined) throw new Error('there is no message')
    const second = await client.chat.completions.create({
      model: 'auto',
      messages: [...hello, message, { role: 'tool', tool_call_id: 'call-1', content: '-5' }],
      tools: [...tools],
    })
    expect(second.choices[0]?.message.content).toBe('Cold.')
    expect(provider.calls[1]?.messages).toMatchObject([
      { role: 'user' },
      { role: 'assistant', toolCalls: [{ id: 'call-1', input: { city: 'Oslo' } }] },
      { role: 'tool', toolCallId: 'call-1', content: '-5' },
    ])
    expect(provider.calls[0]?.tools).toMatchObject([{ name: 'weather' }])
  })

  it('streams tool calls whole, one after the other', async () => {
    const toolCalls = ['a', 'b'].map((id) => ({ id, name: 'look', input: { id } }))
    const { client } = await serve({ answer: () => ({ toolCalls, usage }) })
    const stream = client.chat.completions.stream({
      model: 'auto',
      messages: hello,
      tools: [{ type: 'function', function: { name: 'look', parameters: { type: 'object' } } }],
    })
    const { choices } = await stream.finalChatCompletion()
    expect(choices[0]?.message.tool_calls).toMatchObject([
      { id: 'a', function: { arguments: '{"id":"a"}' } },
      { id: 'b', function: { arguments: '{"id":"b"}' } },
    ])
  })

  it('sends images, schemas and limits on', async () => {
    const { client, provider } = await serve()
    await client.chat.completions.create({
      model: 'fake/n',
      messages: [
        { role: 'developer', content: 'Be short.' },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'What is it?' },
            { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
          ],
        },
      ],
      max_completion_tokens: 9,
      temperature: 0.5,
      stop: 'END',
      response_format: {
        type: 'json_schema',
        json_schema: { name: 'thing', schema: { type: 'object' }, strict: true },
      },
    })
    expect(provider.calls[0]).toMatchObject({
      externalId: 'n',
      messages: [
        { role: 'system', content: 'Be short.' },
        { content: [{ type: 'text' }, { type: 'file', mediaType: 'image/png', data: 'AAAA' }] },
      ],
      maxOutputTokens: 9,
      temperature: 0.5,
      stop: ['END'],
      responseFormat: { type: 'json-schema', name: 'thing' },
    })
  })

  it('is told with the status when nothing came, and in the stream when it broke', async () => {
    const overloaded = { kind: 'overloaded', message: 'It is overloaded.' } as const
    const down = await serve({ answer: () => ({ failure: overloaded }), policy: { maxRetries: 0 } })
    const asked = { model: 'auto', messages: hello, stream: true } as const
    const refused = await failureOf(down.client.chat.completions.create(asked))
    expect(refused).toMatchObject({ status: 502, code: 'all-attempts-failed' })
    const broken = await serve({ answer: () => ({ text: 'Half', failure: overloaded }) })
    const stream = await broken.client.chat.completions.create(asked)
    let text = ''
    const failure = await failureOf(
      (async () => {
        for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? ''
      })(),
    )
    expect(text).toBe('Half')
    expect(failure.code).toBe('provider-error')
  })

  it('lists what it may ask for', async () => {
    const { client } = await serve()
    const { data } = await client.models.list()
    expect(data.map(({ id }) => id)).toEqual([
      'auto',
      'auto:cheap',
      'auto:fast',
      'auto:best',
      'fake/m',
      'fake/n',
    ])
    expect(await client.models.retrieve('fake/m')).toMatchObject({ id: 'fake/m', owned_by: 'fake' })
    expect(await failureOf(client.models.retrieve('fake/x'))).toMatchObject({ status: 404 })
  })

  it('chooses by preset', async () => {
    const models = [
      { externalId: 'dear', pricing: { input: '9', output: '9' } },
      { externalId: 'cheap', pricing: { input: '1', output: '1' } },
    ]
    const { client } = await serve({ models })
    const answer = await client.chat.completions.create({ model: 'auto:cheap', messages: hello })
    expect(answer.model).toBe('fake/cheap')
  })
})

describe('what clients of OpenAI’s API may not ask', () => {
  it.each([
    ['n', { n: 2 }],
    ['logprobs', { logprobs: true }],
    ['tools[0].type', { tools: [{ type: 'web_search' }] }],
    ['messages[0].content', { messages: [{ role: 'user', content: 7 }] }],
    [
      'response_format.json_schema.schema',
      { response_format: { type: 'json_schema', json_schema: { name: 'x' } } },
    ],
    [
      'image_url.url',
      {
        messages: [
          { role: 'user', content: [{ type: 'image_url', image_url: { url: 'http://x' } }] },
        ],
      },
    ],
    [
      'messages[0].tool_calls[0].function.arguments',
      {
        messages: [
          { role: 'assistant', tool_calls: [{ id: '1', function: { name: 'x', arguments: '{' } }] },
        ],
      },
    ],
  ])('%s is refused by name', async (param, more) => {
    const { send } = await serve()
    const body = { model: 'auto', messages: hello, ...more }
    const refused = await bodyOf(await send({ path: '/v1/chat/completions', body }), 400)
    expect(refused).toMatchObject({ error: { type: 'invalid_request_error', param } })
  })

  it('is said, where it is left out', async () => {
    const { send } = await serve()
    const body = { model: 'auto', messages: hello, logit_bias: { a: 1 }, metadata: {} }
    const answer = await bodyOf(await send({ path: '/v1/chat/completions', body }))
    expect(answer).toMatchObject({
      imrs: { warnings: ['`logit_bias` is not supported here and was left out.'] },
    })
  })

  it('is refused to users who would be somebody else', async () => {
    const { send } = await serve()
    const body = { model: 'auto', messages: hello, user: 'somebody else' }
    const path = '/v1/chat/completions'
    expect((await send({ path, as: identityOf('agent_user'), body })).status).toBe(403)
    expect((await send({ path, as: identityOf('agent'), body })).status).toBe(200)
    const bound = identityOf('agent', { agentIds: ['mine'] })
    const other = { ...body, imrs: { agent_id: 'other' } }
    expect((await send({ path, as: bound, body: other })).status).toBe(403)
  })
})
