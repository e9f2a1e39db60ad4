import { expect, it, onTestFinished } from 'vitest'

import { SIMULATED_DIALECTS, startSimulator } from './index.ts'
import type { Behaviour, SimulatedCall, SimulatedDialect, Simulator } from './index.ts'

async function start(): Promise<Simulator> {
  const simulator = await startSimulator()
  onTestFinished(() => simulator.close())
  return simulator
}

const MODELS: Readonly<Record<SimulatedDialect, string>> = {
  openrouter: 'xiaomi/mimo-v2-flash',
  openai: 'gpt-4o',
  requesty: 'netmind/deepseek-ai/DeepSeek-R1-0528',
  google: 'gemini-2.5-flash',
  anthropic: 'claude-haiku-4-5-20251001',
}

/** Asks as each provider wants to be asked, and gives the body as it came. */
async function ask(
  { baseUrls, keys }: Simulator,
  dialect: SimulatedDialect,
  { stream = true, prompt = 'Hello' } = {},
): Promise<string> {
  const model = MODELS[dialect]
  const messages = [{ role: 'user', content: prompt }]
  const wire = {
    google: {
      url: `${baseUrls.google}/v1beta/models/${model}:${stream ? 'streamGenerateContent?alt=sse' : 'generateContent'}`,
      body: { contents: [{ role: 'user', parts: [{ text: prompt }] }] },
    },
    anthropic: {
      url: `${baseUrls.anthropic}/v1/messages`,
      body: { model, messages, stream, max_tokens: 1000 },
    },
  } as const
  const { url, body } =
    dialect === 'google' || dialect === 'anthropic'
      ? wire[dialect]
      : {
          url: `${baseUrls[dialect]}/chat/completions`,
          body: {
            model,
            messages,
            stream,
            ...(stream ? { stream_options: { include_usage: true } } : {}),
          },
        }
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${keys[dialect]}`,
      'x-goog-api-key': keys.google,
      'x-api-key': keys.anthropic,
      'anthropic-version': '2023-06-01',
    },
    body: JSON.stringify(body),
  })
  return response.text()
}

async function lastCall(simulator: Simulator): Promise<SimulatedCall> {
  const call = simulator.calls.at(-1)
  if (call === undefined) throw new TypeError('Nothing was asked')
  await call.closed
  return call
}

const words: Behaviour = {
  type: 'respond',
  text: 'One two three four five six seven eight',
  reasoning: '',
}

it.each(SIMULATED_DIALECTS)(
  '%s: what was said of the tokens is what is billed',
  async (dialect) => {
    const simulator = await start()
    for (const stream of [true, false]) {
      simulator.script({}, { ...words, usage: { cachedInputTokens: 1 } })
      await ask(simulator, dialect, { stream })
      const { usage, usageSent } = await lastCall(simulator)
      expect(usage).toMatchObject({ cachedInputTokens: 1 })
      expect(usageSent).toEqual(usage)
    }
  },
)

it.each(SIMULATED_DIALECTS)('%s: nothing is said in an answer without usage', async (dialect) => {
  const simulator = await start()
  for (const stream of [true, false]) {
    simulator.script({}, { ...words, usage: null })
    await ask(simulator, dialect, { stream })
    expect((await lastCall(simulator)).usageSent).toBeUndefined()
  }
})

it.each(SIMULATED_DIALECTS)('%s: a body that was cut in it has not said it', async (dialect) => {
  const simulator = await start()
  simulator.script(
    {},
    { type: 'combine', behaviours: [words, { type: 'truncate', afterChunks: 1 }] },
  )
  await ask(simulator, dialect)
  const { usage, usageSent } = await lastCall(simulator)
  // Two of them say what it is so far.
  const soFar = { google: usage, anthropic: { ...usage, outputTokens: 1 } }
  const isEarly = dialect === 'google' || dialect === 'anthropic'
  expect(usageSent).toEqual(isEarly ? soFar[dialect] : undefined)
  expect(usage?.outputTokens).toBeLessThan(10)
})

it.each(SIMULATED_DIALECTS)(
  '%s: tool calls that were sent are billed, however the answer ended',
  async (dialect) => {
    const simulator = await start()
    const toolCalls = [{ name: 'look_up_something', arguments: {} }]
    const answer: Behaviour = { type: 'respond', text: '', toolCalls }
    simulator.script({}, answer)
    simulator.script(
      {},
      { type: 'combine', behaviours: [answer, { type: 'duplicate', what: 'finish' }] },
    )
    await ask(simulator, dialect)
    const { usage } = await lastCall(simulator)
    await ask(simulator, dialect)
    expect((await lastCall(simulator)).usage).toEqual(usage)
  },
)

it('cuts a body that is not streamed between characters', async () => {
  const simulator = await start()
  const text = '😀'.repeat(500)
  for (const padding of ['', 'a', 'aa', 'aaa']) {
    const answer: Behaviour = { type: 'respond', text: `${padding}${text}` }
    simulator.script({}, { type: 'combine', behaviours: [answer, { type: 'framing' }] })
    const body = await ask(simulator, 'openai', { stream: false })
    expect(body).toContain(`${padding}${text}`)
  }
})

it('decides what happens to a call by the call itself', async () => {
  const simulator = await start()
  simulator.always({}, ({ number, model, body }) => ({
    type: 'respond',
    text: `${number} ${model ?? ''} ${JSON.stringify(body).includes('please')}`,
  }))
  simulator.script({}, { type: 'respond', text: 'what is queued wins' })
  expect(await ask(simulator, 'openai', { stream: false })).toContain('what is queued wins')
  const prompt = 'Hello, please'
  expect(await ask(simulator, 'openai', { stream: false, prompt })).toContain('2 gpt-4o true')
  expect(await ask(simulator, 'anthropic', { stream: false })).toContain(
    '3 claude-haiku-4-5-20251001 false',
  )
})
