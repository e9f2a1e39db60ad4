import type { AssistantMessage, ChatMessage, JsonObject, ProviderDefinition } from '@imrs/core'
import { describe, expect, it } from 'vitest'

import { answering, events, namedEvents } from './__fixtures__/answering.ts'
import { callOf, readParts } from './__fixtures__/connect.ts'
import { toMessage } from './__fixtures__/to-message.ts'
import { anthropic, deepSeek, google, groq, openaiCompatible } from './index.ts'

const question = { role: 'user', content: 'Go' } as const

/** The message that is kept of an answer. */
async function kept(definition: ProviderDefinition, body: string, contentType?: string) {
  const { adapter } = answering(definition, { body, contentType })
  const parts = await readParts(adapter.chat(callOf('model', { messages: [question] })))
  return toMessage(parts, { providerId: definition.provider.id, externalId: 'model' })
}

/** What is sent of a message when the conversation goes on. */
async function sentBack(
  definition: ProviderDefinition,
  message: AssistantMessage,
  externalId = 'model',
): Promise<JsonObject> {
  const { adapter, requests } = answering(definition, { body: '{}', status: 400 })
  const results = (message.toolCalls ?? []).map(({ id }): ChatMessage => ({
    role: 'tool',
    toolCallId: id,
    content: 'x',
  }))
  const messages = [question, message, ...results]
  await readParts(adapter.chat(callOf(externalId, { messages }))).catch(() => undefined)
  const { messages: turns, contents } = requests[0] as Record<string, JsonObject[] | undefined>
  return (turns ?? contents)?.[1] ?? {}
}

describe('the thoughts of Claude', () => {
  const content = [
    { type: 'thinking', thinking: 'First', signature: 'sig-1' },
    { type: 'text', text: 'One. ' },
    { type: 'redacted_thinking', data: 'secret' },
    { type: 'text', text: 'Two.' },
    { type: 'tool_use', id: 'toolu_1', name: 'f', input: { x: 1 } },
    { type: 'thinking', thinking: '', signature: 'sig-2' },
    { type: 'tool_use', id: 'toolu_2', name: 'g', input: {} },
  ]
  const usage = { input_tokens: 1, output_tokens: 1 }
  const streamed = namedEvents(
    { type: 'message_start', message: { usage } },
    ...content.flatMap((block, index) => {
      const { thinking, signature, text, input, ...start } = block as Record<string, unknown>
      const deltas = [
        ...(thinking === undefined ? [] : [{ type: 'thinking_delta', thinking }]),
        ...(signature === undefined ? [] : [{ type: 'signature_delta', signature }]),
        ...(text === undefined ? [] : [{ type: 'text_delta', text }]),
        ...(input === undefined
          ? []
          : [{ type: 'input_json_delta', partial_json: JSON.stringify(input) }]),
      ]
      return [
        { type: 'content_block_start', index, content_block: start },
        ...deltas.map((delta) => ({ type: 'content_block_delta', index, delta })),
        { type: 'content_block_stop', index },
      ]
    }),
    { type: 'message_delta', delta: { stop_reason: 'tool_use' }, usage },
    { type: 'message_stop' },
  )
  const whole = JSON.stringify({ content, stop_reason: 'tool_use', usage })

  it.each([
    ['streamed', streamed, undefined],
    ['in one piece', whole, 'application/json'],
  ])('stand where they stood, between text and calls (%s)', async (...[, body, contentType]) => {
    const message = await kept(anthropic(), body, contentType)
    expect(message.content).toBe('One. Two.')
    expect((await sentBack(anthropic(), message))['content']).toEqual(content)
  })

  it('are left out by another model, and the rest is joined', async () => {
    const message = await kept(anthropic(), whole, 'application/json')
    expect((await sentBack(anthropic(), message, 'other'))['content']).toEqual([
      { type: 'text', text: 'One. Two.' },
      content[4],
      content[6],
    ])
  })

  it('without a signature are nothing to send back', async () => {
    const unsigned = [{ type: 'thinking', thinking: 'First', signature: '' }, content[1]]
    const body = JSON.stringify({ content: unsigned, stop_reason: 'end_turn', usage })
    const message = await kept(anthropic(), body, 'application/json')
    expect(message.reasoning).toEqual([{ text: 'First' }])
    expect((await sentBack(anthropic(), message))['content']).toEqual([
      { type: 'text', text: 'One.' },
    ])
  })
})

describe('the thoughts of a host that tells them in a field beside the answer', () => {
  const delta = (fields: object, finish_reason: string | null = null) => ({
    choices: [{ index: 0, delta: fields, finish_reason }],
  })
  const call = { index: 0, id: 'call_1', function: { name: 'f', arguments: '{}' } }
  const answer = (field: string, ...rest: readonly object[]) =>
    events(delta({ [field]: 'Let ' }), delta({ [field]: 'me' }), ...rest, delta({}, 'stop'))
  const withCall = (field: string) => answer(field, delta({ tool_calls: [call] }))
  const withText = (field: string) => answer(field, delta({ content: 'Hi' }))
  const host = openaiCompatible({ id: 'acme', apiBase: 'https://acme.example/v1' })
  const REASONING = 'reasoning_content'

  it('go back to DeepSeek with the call they led to, and with nothing else', async () => {
    const message = await kept(deepSeek(), withCall(REASONING))
    expect(await sentBack(deepSeek(), message)).toMatchObject({ [REASONING]: 'Let me' })
    const plain = await kept(deepSeek(), withText(REASONING))
    expect(plain.reasoning?.[0]?.text).toBe('Let me')
    expect(await sentBack(deepSeek(), plain)).toEqual({ role: 'assistant', content: 'Hi' })
  })

  it('are empty at DeepSeek for a call of another model: the field may not be missing', async () => {
    const message = await kept(deepSeek(), withCall(REASONING))
    expect(await sentBack(deepSeek(), message, 'other')).toMatchObject({ [REASONING]: '' })
    const foreign = await kept(
      anthropic(),
      JSON.stringify({
        content: [{ type: 'tool_use', id: 'toolu_1', name: 'f', input: {} }],
        stop_reason: 'tool_use',
      }),
      'application/json',
    )
    expect(await sentBack(deepSeek(), foreign)).toMatchObject({ [REASONING]: '' })
  })

  it('go back to any host that has that field, and not to another one', async () => {
    const message = await kept(host, withCall(REASONING))
    expect(await sentBack(host, message)).toMatchObject({ [REASONING]: 'Let me' })
    expect(await sentBack(groq(), message)).not.toHaveProperty(REASONING)
    expect(await sentBack(host, message, 'other')).not.toHaveProperty(REASONING)
  })

  it('stay here when the field is `reasoning`', async () => {
    const message = await kept(groq(), withCall('reasoning'))
    expect(message.reasoning).toEqual([{ text: 'Let me' }])
    const sent = JSON.stringify(await sentBack(groq(), message))
    expect(sent).not.toContain('reasoning')
    expect(sent).not.toContain('Let me')
  })
})

describe('the thoughts of Gemini', () => {
  const part = (...parts: readonly object[]) => ({ candidates: [{ content: { parts } }] })
  const end = { candidates: [{ finishReason: 'STOP' }] }
  const body = events(
    part({ text: 'Hm', thought: true }),
    part({ text: 'm', thought: true, thoughtSignature: 'sig-1' }),
    part({ text: 'One ' }),
    part({ text: 'two', thoughtSignature: 'sig-2' }, { text: ' three' }),
    part({ functionCall: { name: 'f', args: { x: 1 } }, thoughtSignature: 'sig-3' }),
    part({ functionCall: { name: 'g', args: {} } }),
    end,
  )

  it('stand on the parts they stood on', async () => {
    const message = await kept(google(), body)
    expect(message.content).toBe('One two three')
    expect((await sentBack(google(), message))['parts']).toEqual([
      { text: 'Hmm', thought: true, thoughtSignature: 'sig-1' },
      { text: 'One ' },
      { text: 'two', thoughtSignature: 'sig-2' },
      { text: ' three' },
      { functionCall: { name: 'f', args: { x: 1 } }, thoughtSignature: 'sig-3' },
      { functionCall: { name: 'g', args: {} } },
    ])
  })

  it('are left out where the text was changed since, or where nothing is signed', async () => {
    const message = { ...(await kept(google(), body)), content: 'One' }
    const parts = (await sentBack(google(), message))['parts']
    expect(parts).toMatchObject([{ thought: true }, { text: 'One' }, {}, {}])
    expect(JSON.stringify(parts)).not.toContain('sig-2')
    const unsigned = await kept(
      google(),
      events(part({ text: 'Hm', thought: true }), part({ text: 'Hi' }), end),
    )
    expect(unsigned.reasoning).toEqual([{ text: 'Hm' }])
    expect((await sentBack(google(), unsigned))['parts']).toEqual([{ text: 'Hi' }])
  })
})
