import type { IncomingMessage, ServerResponse } from 'node:http'

import type { JsonObject } from '@imrs/core'

import type { Gate } from '../simulator/gate.ts'
import { answerRequest } from './answer-request.ts'
import type { AuditRecorder } from './audit.ts'
import { errorReply } from './reply.ts'
import type { VaultReply } from './reply.ts'
import type { VaultState } from './state.ts'
import type { VaultToken } from './tokens.ts'

/** What requests are served with. */
export interface ServeContext {
  readonly state: VaultState
  /** Where a request waits before it is answered, if anywhere. */
  readonly gateOf: (path: string) => Gate | undefined
  /** Aborts when the server stops. */
  readonly stopping: () => AbortSignal
}

const LARGEST_BODY = 1024 * 1024

/** Serves one request. Never rejects. */
export async function serve(
  context: ServeContext,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { state } = context
  const url = new URL(request.url ?? '/', 'http://vault')
  const path = decodeURIComponent(url.pathname).replace(/^\/v1\//, '')
  const namespace = normalNamespace(request.headers['x-vault-namespace'])
  const method = request.method ?? 'GET'
  const recorder = state.audit.open({ method, path, namespace, atMs: state.runtime.now() })
  const left = new AbortController()
  response.once('close', () => left.abort(new Error('The client has left')))
  try {
    const body = await readBody(request)
    const gate = context.gateOf(path)
    await gate?.pass(AbortSignal.any([left.signal, context.stopping()]))
    const token = tokenOf(state, request, { namespace, recorder })
    const isServed = url.pathname.startsWith('/v1/')
    const reply =
      body === undefined || !isServed
        ? errorReply(isServed ? 400 : 404, ...(isServed ? ['failed to parse JSON input'] : []))
        : answerRequest(state, { method, path, query: url.searchParams, namespace, body, token })
    send(response, reply)
    recorder.note({ status: reply.status })
  } catch {
    // The client left or the server stopped; there is nobody to tell.
    recorder.note({ isAborted: true })
    response.destroy()
  }
}

function send(response: ServerResponse, { status, body }: VaultReply): void {
  const text = body === undefined ? '' : JSON.stringify(body)
  response.writeHead(status, {
    'cache-control': 'no-store',
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
  })
  response.end(text)
}

function tokenOf(
  { tokens }: VaultState,
  { headers }: IncomingMessage,
  { namespace, recorder }: { readonly namespace: string; readonly recorder: AuditRecorder },
): VaultToken | undefined {
  const bearer = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1]
  const given = String(headers['x-vault-token'] ?? bearer ?? '')
  if (given === '') return undefined
  const found = tokens.find(given)
  const token = found?.isRoot === true || found?.namespace === namespace ? found : undefined
  recorder.note({ token: token === undefined ? 'invalid' : 'valid' })
  return token
}

/** The body as an object, empty when there is none, `undefined` when it is not one. */
async function readBody(request: IncomingMessage): Promise<JsonObject | undefined> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length <= LARGEST_BODY) chunks.push(chunk)
  }
  if (length === 0) return {}
  if (length > LARGEST_BODY) return undefined
  try {
    const value: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'))
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
    // What JSON.parse gave, and it is an object.
    return isObject ? (value as JsonObject) : undefined
  } catch {
    return undefined
  }
}

/** `/team-a/` and `team-a` are one; the root namespace is empty. */
export function normalNamespace(header: string | readonly string[] | undefined): string {
  const text = String(header ?? '').replace(/^\/+|\/+$/g, '')
  return text === 'root' ? '' : text
}
