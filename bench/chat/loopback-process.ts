/**
 * The server that everybody is measured against: a process of its own, so that its work counts for
 * nobody. Tells its parent where it listens. Answers are made once and only written out.
 */
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

import { MODEL, OTHER_MODELS, PIECE, SERVER_MODES } from './server-mode.ts'
import type { ServerMode } from './server-mode.ts'

interface Script {
  readonly mode: ServerMode
  /** The head of the answer goes out with it. */
  readonly first: Buffer
  readonly rest: readonly Buffer[]
  /** The same in one piece. */
  readonly whole: Buffer
}

const STREAM_HEADERS = { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' }
const JSON_HEADERS = { 'content-type': 'application/json' }

const COMMON = {
  id: 'chatcmpl-BenchBenchBenchBenchBenchBen',
  created: 1_763_700_000,
  model: MODEL,
  service_tier: 'default',
  system_fingerprint: 'fp_0123456789',
}

function event(fields: object): string {
  const chunk = { ...COMMON, object: 'chat.completion.chunk', ...fields }
  return `data: ${JSON.stringify(chunk)}\n\n`
}

function choice(delta: object, finishReason: string | null): string {
  const choices = [{ index: 0, delta, logprobs: null, finish_reason: finishReason }]
  return event({ choices, usage: null })
}

function scriptOf(mode: ServerMode): Script {
  const usage = {
    prompt_tokens: 12,
    completion_tokens: mode.pieces,
    total_tokens: 12 + mode.pieces,
  }
  const piece = choice({ content: PIECE }, null)
  const end = [choice({}, 'stop'), event({ choices: [], usage }), 'data: [DONE]\n\n']
  const message = { role: 'assistant', content: PIECE.repeat(mode.pieces), refusal: null }
  const whole = {
    ...COMMON,
    object: 'chat.completion',
    choices: [{ index: 0, message, logprobs: null, finish_reason: 'stop' }],
    usage,
  }
  const rest = [...Array.from({ length: mode.pieces - 1 }, () => piece), end.join('')]
  return {
    mode,
    first: Buffer.from(choice({ role: 'assistant', content: '' }, null) + piece),
    rest: rest.map((text) => Buffer.from(text)),
    whole: Buffer.from(JSON.stringify(whole)),
  }
}

/** In one go, which leaves the reader least to hide its own work behind. */
function answerAtOnce(response: ServerResponse, { first, rest }: Script): void {
  response.writeHead(200, STREAM_HEADERS)
  response.write(first)
  response.end(Buffer.concat(rest))
}

/** Piece by piece, each a packet of its own. */
function answerSlowly(response: ServerResponse, { mode, first, rest }: Script): void {
  let next = 0
  const writeNext = (): void => {
    const piece = rest[next]
    next += 1
    if (piece === undefined) response.end()
    else response.write(piece, () => setImmediate(writeNext))
  }
  setTimeout(() => {
    response.writeHead(200, STREAM_HEADERS)
    response.write(first, () => setImmediate(writeNext))
  }, mode.firstTokenMs)
}

const scripts = new Map(SERVER_MODES.map((mode) => [mode.id, scriptOf(mode)]))
const list = JSON.stringify({
  object: 'list',
  data: [MODEL, ...OTHER_MODELS].map((id) => ({
    id,
    object: 'model',
    owned_by: 'bench',
    context_length: 128_000,
    pricing: { prompt: '0.0000005', completion: '0.0000015' },
  })),
})

function answer(request: IncomingMessage, response: ServerResponse): void {
  const [, id = '', , resource] = (request.url ?? '').split('/')
  const script = scripts.get(id)
  if (script === undefined) response.writeHead(404).end()
  else if (resource === 'models') response.writeHead(200, JSON_HEADERS).end(list)
  else if (!script.mode.isStreamed) response.writeHead(200, JSON_HEADERS).end(script.whole)
  else if (script.mode.firstTokenMs === 0) answerAtOnce(response, script)
  else answerSlowly(response, script)
}

const server = createServer((request, response) => {
  request.on('end', () => answer(request, response))
  request.resume()
})
// A connection that idles is kept: nobody is to be measured while connecting anew.
server.keepAliveTimeout = 600_000
server.listen(0, '127.0.0.1', () => {
  process.send?.({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })
})
process.on('disconnect', () => process.exit())
