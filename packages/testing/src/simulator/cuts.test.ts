import { request as httpRequest } from 'node:http'
import { connect } from 'node:net'

import { describe, expect, it, onTestFinished } from 'vitest'

import { createGate, SIMULATED_DIALECTS, startSimulator } from './index.ts'
import type { Behaviour, SimulatedDialect, Simulator } from './index.ts'

const MODELS: Readonly<Record<SimulatedDialect, string>> = {
  openrouter: 'xiaomi/mimo-v2-flash',
  openai: 'gpt-4o',
  requesty: 'openai/gpt-4o',
  google: 'gemini-2.5-flash',
  anthropic: 'claude-haiku-4-5',
}

const TEXT = 'One two three four five six seven eight nine ten eleven twelve thirteen'

/** The frames that carry text, and those from the finish reason on, as each provider words them. */
const FINISH: Readonly<Record<SimulatedDialect, RegExp>> = {
  openrouter: /"finish_reason":"stop"/,
  openai: /"finish_reason":"stop"/,
  requesty: /"finish_reason":"stop"/,
  google: /"finishReason":"STOP"/,
  anthropic: /"stop_reason":"end_turn"/,
}

interface Sent {
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

function chatOf({ baseUrls, keys, models }: Simulator, dialect: SimulatedDialect): Sent {
  const model = models.find((one) => one.dialect === dialect && one.id === MODELS[dialect])?.id
  const id = model ?? models.find((one) => one.dialect === dialect && one.kind === 'chat')?.id ?? ''
  const base = new URL(baseUrls[dialect]).pathname
  const json = { 'content-type': 'application/json' }
  if (dialect === 'google') {
    return {
      path: `${base}/v1beta/models/${id}:streamGenerateContent?alt=sse`,
      headers: { ...json, 'x-goog-api-key': keys.google },
      body: JSON.stringify({ contents: [{ role: 'user', parts: [{ text: 'Count' }] }] }),
    }
  }
  const messages = [{ role: 'user', content: 'Count' }]
  if (dialect === 'anthropic') {
    return {
      path: `${base}/v1/messages`,
      headers: { ...json, 'x-api-key': keys.anthropic, 'anthropic-version': '2023-06-01' },
      body: JSON.stringify({ model: id, messages, max_tokens: 100, stream: true }),
    }
  }
  return {
    path: `${base}/chat/completions`,
    headers: { ...json, authorization: `Bearer ${keys[dialect]}` },
    body: JSON.stringify({ model: id, messages, stream: true }),
  }
}

async function start(...behaviours: readonly Behaviour[]): Promise<Simulator> {
  const simulator = await startSimulator()
  onTestFinished(() => simulator.close())
  simulator.script(
    {},
    { type: 'combine', behaviours: [{ type: 'respond', text: TEXT }, ...behaviours] },
  )
  return simulator
}

interface Got {
  readonly body: string
  readonly contentType: string | undefined
  /** The code of the socket's error, or `closed` where the body was cut off. */
  readonly error: string | undefined
}

/** Everything that arrives, by Node's own client, which throws nothing away. */
function send(simulator: Simulator, dialect: SimulatedDialect): Promise<Got> {
  const { path, headers, body } = chatOf(simulator, dialect)
  const { promise, resolve } = Promise.withResolvers<Got>()
  let text = ''
  let contentType: string | undefined
  const end = (error: string | undefined): void => resolve({ body: text, contentType, error })
  const request = httpRequest(simulator.url + path, { method: 'POST', headers }, (response) => {
    contentType = response.headers['content-type']
    response.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')))
    response.on('end', () => end(undefined))
    response.on('error', (error: NodeJS.ErrnoException) => end(error.code))
  })
  request.on('error', (error: NodeJS.ErrnoException) => end(error.code))
  request.end(body)
  return promise
}

/** What came over the wire until the connection ended, head included. */
function sendRaw(simulator: Simulator, dialect: SimulatedDialect): Promise<string> {
  const { path, headers, body } = chatOf(simulator, dialect)
  const { promise, resolve } = Promise.withResolvers<string>()
  const socket = connect(Number(new URL(simulator.url).port), '127.0.0.1')
  let text = ''
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.on('data', (chunk) => (text += chunk.toString()))
  socket.on('error', () => undefined)
  socket.on('close', () => resolve(text))
  const length = `content-length: ${Buffer.byteLength(body)}\r\n`
  socket.write(`POST ${path} HTTP/1.1\r\nhost: simulator\r\n${lines.join('')}${length}\r\n${body}`)
  return promise
}

const framesOf = ({ body }: Got): readonly string[] =>
  body.split('\n\n').filter((frame) => frame !== '')

describe.each(SIMULATED_DIALECTS)('%s', (dialect) => {
  it('goes away behind the status line and in the middle of the headers', async () => {
    for (const [after, form, expected] of [
      ['nothing', 'close', /^$/],
      ['status-line', 'close', /^HTTP\/1\.1 200 OK\r\n$/],
      ['headers', 'close', /^HTTP\/1\.1 200 OK\r\ncontent-type: .*x-request-$/s],
      ['nothing', 'reset', /^$/],
    ] as const) {
      const simulator = await start({ type: 'disconnect', after, form })
      expect(await sendRaw(simulator, dialect)).toMatch(expected)
      expect(await simulator.calls[0]?.closed).toBe('faulted')
      expect(simulator.calls[0]?.status).toBeUndefined()
    }
  })

  it('says it was reset when it was', async () => {
    const simulator = await start({ type: 'disconnect', form: 'reset' })
    expect((await send(simulator, dialect)).error).toBe('ECONNRESET')
  })

  it('ends cleanly in the middle of a frame', async () => {
    const simulator = await start({ type: 'truncate', afterChunks: 1, bytesOfNext: 9 })
    const got = await send(simulator, dialect)
    const plain = await send(await start(), dialect)
    expect(got.error).toBeUndefined()
    expect(Buffer.byteLength(framesOf(got).at(-1) ?? '')).toBe(9)
    expect(plain.body.length).toBeGreaterThan(got.body.length)
    expect(got.body).not.toMatch(FINISH[dialect])
    expect(simulator.calls[0]).toMatchObject({ outcome: 'faulted', chunksSent: 1 })
  })

  it('is reset in the middle of a frame', async () => {
    const gate = createGate()
    const simulator = await start(
      { type: 'reset', afterChunks: 1, bytesOfNext: 9 },
      { type: 'stall', stage: 'first-chunk', gate },
    )
    const sent = send(simulator, dialect)
    await gate.reached
    gate.open()
    expect((await sent).error).toBe('ECONNRESET')
    expect(simulator.calls[0]).toMatchObject({ outcome: 'faulted', chunksSent: 1 })
  })

  it('gives the finish reason and leaves out what follows it', async () => {
    const got = await send(
      await start({ type: 'truncate', afterChunks: 0, afterFinish: true }),
      dialect,
    )
    expect(framesOf(got).at(-1)).toMatch(FINISH[dialect])
    expect(got).toMatchObject({ error: undefined })
    expect(got.body).not.toMatch(/\[DONE\]|message_stop/)
  })

  it('waits behind the finish reason', async () => {
    const gate = createGate()
    const stall = { type: 'stall', stage: 'between-chunks', gate, afterFinish: true } as const
    const simulator = await start(stall)
    const sent = send(simulator, dialect)
    await gate.reached
    const plain = await start()
    const got = await send(plain, dialect)
    const [call] = simulator.calls
    expect(call).toMatchObject({ outcome: undefined, chunksSent: plain.calls[0]?.chunksSent })
    gate.open()
    expect((await sent).body).toHaveLength(got.body.length)
    expect(call?.outcome).toBe('completed')
  })

  it('sends a chunk twice, and the end twice', async () => {
    const plain = framesOf(await send(await start(), dialect))
    const twice = framesOf(await send(await start({ type: 'duplicate', what: 'chunk' }), dialect))
    expect(twice).toHaveLength(plain.length + 1)
    const ended = framesOf(await send(await start({ type: 'duplicate', what: 'finish' }), dialect))
    expect(ended.filter((frame) => FINISH[dialect].test(frame))).toHaveLength(2)
    expect(new Set(ended).size).toBe(plain.length)
  })

  it('sends the last chunk behind the finish reason', async () => {
    const late = framesOf(await send(await start({ type: 'late-chunk' }), dialect))
    const finish = late.findIndex((frame) => FINISH[dialect].test(frame))
    expect(late[finish + 1]).toContain('thirteen')
    expect(late.filter((frame) => frame.includes('thirteen'))).toHaveLength(1)
  })

  it('says another content type than it has', async () => {
    const headers = { 'content-type': 'application/json' }
    const got = await send(await start({ type: 'headers', headers }), dialect)
    expect(got.contentType).toBe('application/json')
    expect(got.body).toMatch(FINISH[dialect])
  })

  it('sends any bytes in the place of a frame', async () => {
    const bytes = Buffer.from('data: {"half": "\n\n')
    const got = await send(await start({ type: 'malformed', afterChunks: 1, bytes }), dialect)
    expect(framesOf(got)).toContain(
      dialect === 'anthropic' ? 'event: content_block_delta\ndata: {"half": "' : 'data: {"half": "',
    )
    expect(got.body).toMatch(FINISH[dialect])
  })

  it('sends a frame of a megabyte', async () => {
    const simulator = await startSimulator()
    onTestFinished(() => simulator.close())
    simulator.script({}, { type: 'respond', text: 'x'.repeat(1024 * 1024) })
    const longest = framesOf(await send(simulator, dialect)).map(({ length }) => length)
    expect(Math.max(...longest)).toBeGreaterThan(1024 * 1024)
  })
})
