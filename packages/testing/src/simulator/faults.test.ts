import { GoogleGenAI } from '@google/genai'
import OpenAI from 'openai'
import { describe, expect, it, onTestFinished } from 'vitest'

import { createTestRuntime } from '../host/index.ts'
import { createGate, startSimulator } from './index.ts'
import type { Behaviour, Simulator, SimulatorOptions } from './index.ts'

interface Started {
  readonly simulator: Simulator
  readonly openai: OpenAI
  readonly ai: GoogleGenAI
}

async function start(...behaviours: readonly Behaviour[]): Promise<Started> {
  return startWith({}, ...behaviours)
}

async function startWith(
  options: SimulatorOptions,
  ...behaviours: readonly Behaviour[]
): Promise<Started> {
  const simulator = await startSimulator(options)
  onTestFinished(() => simulator.close())
  simulator.script({}, ...behaviours)
  const { baseUrls, keys } = simulator
  const openai = new OpenAI({
    baseURL: baseUrls.openai,
    apiKey: keys.openai,
    maxRetries: 0,
    logLevel: 'off',
  })
  const ai = new GoogleGenAI({
    apiKey: keys.google,
    apiVersion: 'v1beta',
    httpOptions: { baseUrl: baseUrls.google },
  })
  return { simulator, openai, ai }
}

const request = {
  model: 'gpt-4o',
  messages: [{ role: 'user' as const, content: 'Write a haiku about rivers' }],
}

interface ReadStream {
  readonly text: string
  readonly chunks: number
  readonly finish: string | null | undefined
  readonly error: unknown
}

async function readStream(openai: OpenAI, signal?: AbortSignal): Promise<ReadStream> {
  let [text, chunks]: [string, number] = ['', 0]
  let finish: string | null | undefined
  try {
    const stream = await openai.chat.completions.create({ ...request, stream: true }, { signal })
    for await (const chunk of stream) {
      const [choice] = chunk.choices
      text += choice?.delta.content ?? ''
      if ((choice?.delta.content ?? '') !== '') chunks += 1
      finish = choice?.finish_reason ?? finish
    }
    return { text, chunks, finish, error: undefined }
  } catch (error) {
    return { text, chunks, finish, error }
  }
}

describe('connections', () => {
  it('goes away before any header', async () => {
    const { simulator, openai } = await start({ type: 'disconnect' })
    await expect(openai.chat.completions.create(request)).rejects.toBeInstanceOf(
      OpenAI.APIConnectionError,
    )
    expect(await simulator.calls[0]?.closed).toBe('faulted')
    expect(simulator.calls[0]?.status).toBeUndefined()
  })

  it('is reset after some chunks', async () => {
    const { simulator, openai } = await start({ type: 'reset', afterChunks: 2 })
    const { chunks, error } = await readStream(openai)
    expect(error).toBeInstanceOf(Error)
    expect(chunks).toBeLessThanOrEqual(2)
    expect(await simulator.calls[0]?.closed).toBe('faulted')
    expect(simulator.calls[0]?.chunksSent).toBe(2)
  })

  it('is reset inside a body that is no stream', async () => {
    const { openai } = await start({ type: 'reset', afterChunks: 2 })
    await expect(openai.chat.completions.create(request)).rejects.toThrow()
  })
})

describe('streams', () => {
  it('ends cleanly and too early', async () => {
    const { simulator, openai } = await start({ type: 'truncate', afterChunks: 3 })
    const { chunks, finish, error } = await readStream(openai)
    expect({ chunks, finish, error }).toEqual({ chunks: 3, finish: undefined, error: undefined })
    expect(simulator.calls[0]).toMatchObject({ outcome: 'faulted', chunksSent: 3 })
    expect(simulator.calls[0]?.usage?.outputTokens).toBe(simulator.calls[0]?.tokensSent)
  })

  it('ends too early for Gemini as well', async () => {
    const { ai } = await start({ type: 'truncate', afterChunks: 1 })
    const reasons = []
    const stream = await ai.models.generateContentStream({
      model: 'gemini-2.5-flash',
      contents: 'Write a haiku',
    })
    for await (const chunk of stream) reasons.push(chunk.candidates?.[0]?.finishReason)
    expect(reasons).toEqual([undefined])
  })

  it.each(['data', 'event'] as const)('breaks off with an error (%s)', async (form) => {
    const { openai } = await start({ type: 'stream-error', afterChunks: 2, form })
    const { chunks, error } = await readStream(openai)
    expect(chunks).toBe(2)
    expect(error).toBeInstanceOf(OpenAI.APIError)
    expect(error).toMatchObject({ status: undefined, type: 'server_error' })
  })

  it('breaks off with OpenRouter’s and Gemini’s error', async () => {
    const failure: Behaviour = { type: 'stream-error', afterChunks: 1, failure: 'unavailable' }
    const { simulator, ai } = await start(failure, failure)
    const response = await fetch(`${simulator.baseUrls.openrouter}/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${simulator.keys.openrouter}` },
      body: JSON.stringify({ ...request, model: 'xiaomi/mimo-v2-flash', stream: true }),
    })
    const frames = (await response.text()).trim().split('\n\n')
    expect(frames[0]).toBe(': OPENROUTER PROCESSING')
    expect(JSON.parse(frames.at(-1)?.slice('data: '.length) ?? '')).toMatchObject({
      error: { code: 503, message: expect.any(String) },
      choices: [{ finish_reason: 'error' }],
    })
    const read = async (): Promise<void> => {
      const stream = await ai.models.generateContentStream({
        model: 'gemini-2.5-flash',
        contents: 'Write a haiku',
      })
      for await (const chunk of stream) expect(chunk).toBeDefined()
    }
    await expect(read()).rejects.toMatchObject({ status: 503 })
  })

  it.each(['cut-json', 'plain-text', 'html', 'invalid-utf8'] as const)(
    'holds a malformed frame (%s)',
    async (form) => {
      const { openai } = await start({ type: 'malformed', afterChunks: 1, form })
      const { chunks, error } = await readStream(openai)
      expect(chunks).toBe(1)
      expect(error).toBeInstanceOf(SyntaxError)
    },
  )

  it('is read the same however it is framed', async () => {
    const text = 'Füsse, naïve café — 日本語 🙂 done.'
    const respond: Behaviour = { type: 'respond', text }
    const { openai } = await start(
      respond,
      { type: 'combine', behaviours: [respond, { type: 'framing', lineEnding: '\r\n' }] },
      {
        type: 'combine',
        behaviours: [respond, { type: 'framing', bytesPerWrite: 1, withComments: true }],
      },
    )
    for (let count = 0; count < 3; count += 1) {
      expect(await readStream(openai)).toMatchObject({ text, finish: 'stop', error: undefined })
    }
  })
})

describe('gates', () => {
  it('holds the headers back until the test opens', async () => {
    const gate = createGate()
    const { simulator, openai } = await start({ type: 'stall', stage: 'headers', gate })
    const answer = openai.chat.completions.create(request)
    await gate.reached
    expect(simulator.calls[0]).toMatchObject({ status: undefined, outcome: undefined })
    gate.open()
    expect((await answer).choices[0]?.finish_reason).toBe('stop')
    expect(gate.isOpen).toBe(true)
  })

  it('holds the first chunk back, after the headers', async () => {
    const gate = createGate()
    const { simulator, openai } = await start({ type: 'stall', stage: 'first-chunk', gate })
    const stream = await openai.chat.completions.create({ ...request, stream: true })
    await gate.reached
    expect(simulator.calls[0]).toMatchObject({ status: 200, chunksSent: 0 })
    gate.open()
    let chunks = 0
    for await (const _ of stream) chunks += 1
    expect(chunks).toBeGreaterThan(2)
  })

  it('holds one chunk back from the next', async () => {
    const gate = createGate()
    const stall: Behaviour = { type: 'stall', stage: 'between-chunks', gate, afterChunks: 3 }
    const { simulator, openai } = await start(stall)
    const reading = readStream(openai)
    await gate.reached
    expect(simulator.calls[0]?.chunksSent).toBe(3)
    gate.open()
    expect(await reading).toMatchObject({ finish: 'stop', error: undefined })
  })
})

describe('clients that leave', () => {
  it('is noticed in mid-stream, and billed for what was sent', async () => {
    const gate = createGate()
    const stall: Behaviour = { type: 'stall', stage: 'between-chunks', gate, afterChunks: 2 }
    const { simulator, openai } = await start(stall)
    const abort = new AbortController()
    const reading = readStream(openai, abort.signal)
    await gate.reached
    abort.abort()
    const [call] = simulator.calls
    expect(await call?.closed).toBe('aborted-by-client')
    expect((await reading).finish).toBeUndefined()
    expect(call).toMatchObject({ chunksSent: 2, outcome: 'aborted-by-client' })
    expect(call?.usage?.outputTokens).toBe(call?.tokensSent)
    expect(call?.usage?.inputTokens).toBeGreaterThan(0)
  })

  it('is noticed when the loop is left', async () => {
    const gate = createGate()
    const { simulator, openai } = await start({ type: 'stall', stage: 'between-chunks', gate })
    const stream = await openai.chat.completions.create({ ...request, stream: true })
    for await (const chunk of stream) if ((chunk.choices[0]?.delta.content ?? '') !== '') break
    expect(await simulator.calls[0]?.closed).toBe('aborted-by-client')
  })

  it('is noticed before the headers, with the Gemini client too', async () => {
    const gate = createGate()
    const { simulator, ai } = await start({ type: 'stall', stage: 'headers', gate })
    const abort = new AbortController()
    const arriving = simulator.nextCall({ dialect: 'google' })
    const answer = ai.models.generateContent({
      model: 'gemini-2.5-flash',
      contents: 'hi',
      config: { abortSignal: abort.signal },
    })
    const call = await arriving
    await gate.reached
    abort.abort()
    await expect(answer).rejects.toThrow()
    expect(await call.closed).toBe('aborted-by-client')
  })
})

describe('the simulator', () => {
  it('ends what is running when it closes, and closes twice', async () => {
    const gate = createGate()
    const { simulator, openai } = await start({ type: 'stall', stage: 'between-chunks', gate })
    const reading = readStream(openai)
    await gate.reached
    await Promise.all([simulator.close(), simulator.close()])
    expect(await simulator.calls[0]?.closed).toBe('server-closed')
    expect((await reading).error).toBeInstanceOf(Error)
    await expect(openai.chat.completions.create(request)).rejects.toBeInstanceOf(
      OpenAI.APIConnectionError,
    )
  })

  it('keeps as many calls as it was told to', async () => {
    const { simulator, openai } = await startWith({ callCapacity: 2 })
    for (let count = 0; count < 3; count += 1) await openai.models.list()
    expect(simulator.calls.map(({ number }) => number)).toEqual([2, 3])
  })

  it('rejects options that make no sense', async () => {
    await expect(startSimulator({ maxPageSize: 0 })).rejects.toThrow('`maxPageSize`')
    const { simulator } = await start()
    const [model] = simulator.models
    if (model === undefined) throw new Error('no model')
    expect(() => simulator.replaceModels([model, model])).toThrow('twice')
  })

  it('takes its time only through the runtime', async () => {
    const runtime = createTestRuntime()
    const { simulator, openai } = await startWith({ pace: 'realistic', runtime })
    const arriving = simulator.nextCall()
    const reading = readStream(openai)
    const call = await arriving
    expect(call.chunksSent).toBe(0)
    let isDone = false
    const finished = reading.finally(() => {
      isDone = true
    })
    while (!isDone) {
      await runtime.advance(1000)
      // A turn of the event loop, in which the bytes travel.
      await new Promise<void>((resolve) => {
        setImmediate(resolve)
      })
    }
    expect(await finished).toMatchObject({ finish: 'stop', error: undefined })
    expect(runtime.now()).toBeGreaterThan(Date.UTC(2026, 0, 1))
  })
})
