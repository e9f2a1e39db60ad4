import type { IncomingMessage, ServerResponse } from 'node:http'

import type { SingleBehaviour } from './behaviour.ts'
import { billSentPart } from './bill.ts'
import type { CallOutcome, CallRecorder } from './call-log.ts'
import { withoutSecrets } from './call-log.ts'
import { deliver } from './deliver.ts'
import type { Dialect, DialectRequest, Route, SimulatorState } from './dialects/dialect.ts'
import { isFailure } from './dialects/dialect.ts'
import { addressOf } from './dialects/index.ts'
import type { Failure, Result } from './failure.ts'
import type { Pacer } from './pace.ts'
import { readJsonBody } from './read-body.ts'
import type { Reply } from './reply.ts'
import { textReply } from './reply.ts'
import type { Script } from './script.ts'
import { scriptedReply } from './scripted-reply.ts'
import { textAt } from './wire.ts'

/** What requests are served from. */
export interface ServeContext {
  readonly state: SimulatorState
  readonly script: Script
  readonly pacerOf: (call: CallRecorder['call']) => Pacer
  /** Aborts when the simulator closes. */
  readonly closing: AbortSignal
}

interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly url: URL
  readonly recorder: CallRecorder
  readonly signal: AbortSignal
}

/** A request whose dialect, route and body are known. */
interface Understood {
  readonly dialect: Dialect
  readonly route: Route | undefined
  readonly request: DialectRequest
  readonly body: Result<unknown>
  readonly behaviours: readonly SingleBehaviour[]
}

/** Serves one request from its first byte to its last. Never rejects. */
export async function serve(
  context: ServeContext,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = parseUrl(request.url ?? '/')
  const recorder = context.state.log.open({
    method: request.method ?? 'GET',
    path: shownPath(url),
    headers: withoutSecrets(request.headers),
  })
  const left = new AbortController()
  response.once('close', () => {
    if (!response.writableFinished) left.abort(new Error('The client has left'))
  })
  const signal = AbortSignal.any([left.signal, context.closing])
  const exchange = { request, response, url, recorder, signal }
  const outcome = await exchangeMessages(context, exchange).catch((error: unknown) =>
    outcomeOfError(error, { context, exchange }),
  )
  billSentPart(recorder, outcome, context.state)
  recorder.close(outcome)
}

async function exchangeMessages(context: ServeContext, exchange: Exchange): Promise<CallOutcome> {
  const { request, url, recorder, response, signal } = exchange
  const body = await readJsonBody(request)
  const addressed = addressOf(url.pathname)
  if (addressed === undefined) return replyNowhere(exchange)
  const { dialect, path } = addressed
  const asked: DialectRequest = {
    method: request.method ?? 'GET',
    path,
    query: url.searchParams,
    headers: request.headers,
  }
  const route = dialect.route(asked)
  const behaviours = noteRequest(context, recorder, { dialect, route, body })
  const understood = { dialect, route, request: asked, body, behaviours }
  recorder.note({ credential: credentialOf(understood, context.state) })
  context.state.log.announce(recorder.call)
  const reply = replyTo(context, recorder, understood)
  const outcome = await deliver({
    response,
    reply,
    behaviours,
    dialect,
    recorder,
    pacer: context.pacerOf(recorder.call),
    signal,
    created: Math.floor(context.state.runtime.now() / 1000),
  })
  if (outcome !== 'completed') return outcome
  if (reply.isRefusal) return 'refused'
  return behaviours.some(({ type }) => FAULTS.has(type)) ? 'faulted' : outcome
}

const FAULTS: ReadonlySet<SingleBehaviour['type']> = new Set([
  'status',
  'fail',
  'success-with-error',
  'malformed',
  'duplicate',
  'late-chunk',
  'headers',
])

function noteRequest(
  { script }: ServeContext,
  recorder: CallRecorder,
  { dialect, route, body }: Pick<Understood, 'dialect' | 'route' | 'body'>,
): readonly SingleBehaviour[] {
  const json = body.ok ? body.value : undefined
  const model = route?.model ?? textAt(json, 'model')
  const operation = route?.operation ?? 'other'
  recorder.note({ dialect: dialect.name, operation, model, body: json })
  const behaviours = script.take(recorder.call)
  recorder.note({ behaviours: behaviours.map(({ type }) => type) })
  return behaviours
}

function replyTo(context: ServeContext, recorder: CallRecorder, understood: Understood): Reply {
  const { dialect, route, request, body, behaviours } = understood
  const { state } = context
  const { model, path, credential } = recorder.call
  const nowMs = state.runtime.now()
  const scripted = scriptedReply({ dialect, behaviours, model, nowMs })
  if (scripted !== undefined) return scripted
  const refuse = (failure: Failure): Reply => ({ ...dialect.fail(failure), isRefusal: true })
  if (route === undefined) {
    return refuse({ kind: 'unknown-route', route: `${request.method} ${path}` })
  }
  if (!body.ok && body.failure.kind === 'payload-too-large') return refuse(body.failure)
  if (credential === 'missing' && route.access === 'key') return refuse({ kind: 'missing-key' })
  if (credential === 'invalid' && route.access !== 'public') {
    return refuse({ kind: 'invalid-key', key: dialect.credentialOf(request) })
  }
  if (!body.ok) return refuse(body.failure)
  const reply = route.answer({ request, state, recorder, behaviours, body: body.value })
  return isFailure(reply) ? refuse(reply) : reply
}

function credentialOf(
  { dialect, request }: Understood,
  { keys }: SimulatorState,
): CallRecorder['call']['credential'] {
  const key = dialect.credentialOf(request) ?? ''
  if (key === '') return 'missing'
  return keys[dialect.name].includes(key) ? 'valid' : 'invalid'
}

async function replyNowhere({ response, recorder }: Exchange): Promise<CallOutcome> {
  const { status, headers, pieces } = textReply('Not found', {
    status: 404,
    headers: { 'content-type': 'text/plain' },
  })
  response.writeHead(status, headers).end(pieces[0]?.text)
  recorder.note({ status })
  return 'refused'
}

/** A client that leaves is expected; anything else is a bug here, and the client is told. */
function outcomeOfError(
  error: unknown,
  { context, exchange }: { context: ServeContext; exchange: Exchange },
): CallOutcome {
  if (context.closing.aborted) return 'server-closed'
  if (exchange.signal.aborted || exchange.request.destroyed) return 'aborted-by-client'
  const { response, recorder } = exchange
  if (response.headersSent) response.destroy()
  else response.writeHead(500).end(`The simulator failed: ${String(error)}`)
  recorder.note({ status: response.statusCode })
  return 'faulted'
}

function parseUrl(text: string): URL {
  try {
    return new URL(text, 'http://simulator')
  } catch {
    return new URL('http://simulator/')
  }
}

function shownPath(url: URL): string {
  const query = new URLSearchParams(url.searchParams)
  query.delete('key')
  return query.size === 0 ? url.pathname : `${url.pathname}?${query.toString()}`
}
