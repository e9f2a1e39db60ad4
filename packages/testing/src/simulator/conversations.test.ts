import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { signatureOf } from './dialects/signatures.ts'
import { startSimulator } from './index.ts'
import type { SimulatedDialect, Simulator } from './index.ts'

let simulator: Simulator
beforeAll(async () => {
  simulator = await startSimulator({ seed: 1 })
})
afterAll(() => simulator.close())

async function post(dialect: SimulatedDialect, path: string, body: unknown): Promise<string> {
  const key = simulator.keys[dialect]
  const response = await fetch(`${simulator.baseUrls[dialect]}${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${key}`,
      'x-api-key': key,
      'x-goog-api-key': key,
      'anthropic-version': '2023-06-01',
    },
    body: JSON.stringify(body),
  })
  return response.ok ? 'accepted' : response.text()
}

describe('a conversation at Anthropic', () => {
  const model = 'claude-haiku-4-5-20251001'
  const question = { role: 'user', content: 'Go' }
  const use = (id: string) => ({ type: 'tool_use', id, name: 'f', input: {} })
  const result = (tool_use_id: string) => ({ type: 'tool_result', tool_use_id, content: 'x' })
  const thought = (signature: string) => ({ type: 'thinking', thinking: 'Hm', signature })
  const signed = { dialect: 'anthropic', model, kind: 'thought', content: 'Hm' } as const
  const good = thought(signatureOf(signed))
  const turns = (assistant: readonly object[], user: readonly object[] = [result('a')]) => [
    question,
    { role: 'assistant', content: assistant },
    { role: 'user', content: user },
  ]
  const budget = { thinking: { type: 'enabled', budget_tokens: 1024 } }

  it.each<readonly [string, readonly object[], object, string]>([
    ['calls that are answered', turns([use('a')]), {}, 'accepted'],
    ['a thought of its own', turns([good, use('a')]), budget, 'accepted'],
    ['an id with other letters', turns([use('a:0')], [result('a:0')]), {}, 'should match pattern'],
    ['an id twice', turns([use('a'), use('a')]), {}, 'must be unique'],
    [
      'a result without its call',
      turns([use('a')], [result('a'), result('b')]),
      {},
      'unexpected `tool_use_id`',
    ],
    ['a call without its result', turns([use('a'), use('b')]), {}, 'without `tool_result` blocks'],
    ['a thought without a signature', turns([thought(''), use('a')]), {}, 'Invalid `signature`'],
    [
      'a thought of another model',
      turns([thought(signatureOf({ ...signed, model: 'claude-sonnet-4-6' })), use('a')]),
      {},
      'Invalid `signature`',
    ],
    [
      'a thought that was changed',
      turns([{ ...good, thinking: 'Ha' }, use('a')]),
      {},
      'Invalid `signature`',
    ],
    ['thinking that begins in the middle', turns([use('a')]), budget, 'must start with a thinking'],
    [
      'thinking that began before the last calls',
      [
        ...turns([good, use('a')]),
        { role: 'assistant', content: [use('b')] },
        { role: 'user', content: [result('b')] },
      ],
      budget,
      'accepted',
    ],
    [
      'thinking that began after the first calls',
      [
        ...turns([use('a')]),
        { role: 'assistant', content: [good, use('b')] },
        { role: 'user', content: [result('b')] },
      ],
      budget,
      'must start with a thinking',
    ],
    [
      'thinking where a tool is forced',
      [question],
      { ...budget, tool_choice: { type: 'any' } },
      'Thinking may not be enabled',
    ],
    ['thinking with a temperature', [question], { ...budget, temperature: 0.5 }, 'set to 1'],
    ['a budget that is all there is', [question], { ...budget, max_tokens: 1024 }, 'greater than'],
    [
      'a budget that is too small',
      [question],
      { thinking: { type: 'enabled', budget_tokens: 1023 } },
      'greater than or equal to 1024',
    ],
    ['an effort', [question], { thinking: { type: 'adaptive' } }, 'not supported on this model'],
    ['a field of another provider', [question], { seed: 1 }, 'Extra inputs are not permitted'],
  ])('%s', async (...[, messages, fields, expected]) => {
    const body = { model, max_tokens: 2000, messages, ...fields }
    expect(await post('anthropic', '/v1/messages', body)).toContain(expected)
  })
})

describe('a conversation at Gemini', () => {
  const model = 'gemini-3-flash-preview'
  const call = (signature?: string, name = 'f') => ({
    functionCall: { name, args: { x: 1 } },
    ...(signature === undefined ? {} : { thoughtSignature: signature }),
  })
  const answer = (name = 'f') => ({ functionResponse: { name, response: {} } })
  const user = (...parts: readonly object[]) => ({ role: 'user', parts })
  const say = (...parts: readonly object[]) => ({ role: 'model', parts })
  const question = user({ text: 'Go' })
  const signed = { dialect: 'google', model, kind: 'call', content: 'f {"x":1}' } as const
  const own = signatureOf(signed)
  const text = signatureOf({ ...signed, kind: 'text', content: 'Done' })
  const skip = 'skip_thought_signature_validator'

  it.each<readonly [string, readonly object[], string]>([
    ['a signed call', [question, say(call(own), call()), user(answer(), answer())], 'accepted'],
    ['a call of another model', [question, say(call(skip)), user(answer())], 'accepted'],
    [
      'signed text',
      [question, say({ text: 'Done', thoughtSignature: text }), question],
      'accepted',
    ],
    [
      'signed text behind itself',
      [question, say({ text: 'Done' }, { text: '', thoughtSignature: text }), question],
      'accepted',
    ],
    ['an older turn without one', [question, say(call()), user(answer()), question], 'accepted'],
    ['a call without one', [question, say(call()), user(answer())], 'missing a thought_signature'],
    ['a call with another’s', [question, say(call('sig')), user(answer())], 'Corrupted'],
    [
      'text with another’s',
      [question, say({ text: 'Gone', thoughtSignature: text }), question],
      'Corrupted',
    ],
    [
      'fewer answers than calls',
      [question, say(call(own), call()), user(answer())],
      'number of function response parts',
    ],
    [
      'answers in another order',
      [question, say(call(own), call(undefined, 'g')), user(answer('g'), answer('f'))],
      'in the order of',
    ],
    ['an answer without a call', [question, user(answer())], 'immediately after'],
  ])('%s', async (_, contents, expected) => {
    const path = `/v1beta/models/${model}:generateContent`
    expect(await post('google', path, { contents })).toContain(expected)
  })
})

describe('a conversation at those who speak like OpenAI', () => {
  const question = { role: 'user', content: 'Go' }
  const call = (id: string) => ({ id, type: 'function', function: { name: 'f', arguments: '{}' } })
  const calls = (...ids: readonly string[]) => ({
    role: 'assistant',
    content: null,
    tool_calls: ids.map(call),
  })
  const result = (tool_call_id: string) => ({ role: 'tool', tool_call_id, content: 'x' })
  const long = 'x'.repeat(41)
  const thinker = 'qwen/qwen3.7-flash'
  const signed = { dialect: 'openrouter', model: thinker, content: 'Hm' } as const
  const detail = (signature: string) => ({
    role: 'assistant',
    content: 'Hi',
    reasoning_details: [{ type: 'reasoning.text', text: 'Hm', signature }],
  })

  it.each<readonly [string, SimulatedDialect, string, readonly object[], string]>([
    [
      'answered calls',
      'openai',
      'gpt-4o',
      [question, calls('a', 'b'), result('b'), result('a')],
      'accepted',
    ],
    ['a long id', 'openai', 'gpt-4o', [question, calls(long), result(long)], 'maximum length 40'],
    [
      'a result without its call',
      'openai',
      'gpt-4o',
      [question, result('a')],
      'preceeding message',
    ],
    [
      'a result twice',
      'openai',
      'gpt-4o',
      [calls('a'), result('a'), result('a')],
      'preceeding message',
    ],
    [
      'a call without its result',
      'openai',
      'gpt-4o',
      [calls('a', 'b'), result('a')],
      'did not have response messages: b',
    ],
    [
      'a call before a question',
      'openai',
      'gpt-4o',
      [calls('a'), question],
      'did not have response',
    ],
    [
      'a field of another provider',
      'openai',
      'gpt-4o',
      [question, { role: 'assistant', content: 'x', reasoning_content: 'y' }],
      "Unknown parameter: 'messages[1].reasoning_content'",
    ],
    [
      'a thought of its own',
      'openrouter',
      thinker,
      [question, detail(signatureOf({ ...signed, kind: 'thought' })), question],
      'accepted',
    ],
    [
      'a thought without a signature',
      'openrouter',
      thinker,
      [question, detail(''), question],
      'Invalid signature',
    ],
    [
      'a result without its call',
      'requesty',
      'google/gemini-2.5-pro',
      [result('a')],
      'preceeding message',
    ],
  ])('%s (%s)', async (...[, dialect, model, messages, expected]) => {
    expect(await post(dialect, '/chat/completions', { model, messages })).toContain(expected)
  })

  it('has ids of nine letters for Mistral’s models, whoever serves them', async () => {
    const [like] = simulator.models.filter(({ id }) => id === 'gpt-4o')
    if (like === undefined) throw new Error('There is no such model')
    simulator.replaceModels([{ ...like, id: 'mistral-small-latest' }])
    const ask = (id: string) =>
      post('openai', '/chat/completions', {
        model: 'mistral-small-latest',
        messages: [question, calls(id), result(id)],
      })
    expect(await ask('abcDEF123')).toBe('accepted')
    expect(await ask('call_1')).toContain('must be a-z, A-Z, 0-9, with a length of 9')
    simulator.reset()
  })
})
