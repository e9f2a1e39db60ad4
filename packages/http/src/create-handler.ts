import { ImrsError } from '@imrs/core'
import { Hono } from 'hono'
import type { Context } from 'hono'

import { errorResponse } from './answers/error-response.ts'
import { OpenAnswers } from './answers/open-answers.ts'
import type { OpenAnswer } from './answers/open-answers.ts'
import { toResponse } from './answers/to-response.ts'
import { allowedMethods } from './endpoint/allowed-methods.ts'
import type { Call, Endpoint, ErrorShape } from './endpoint/endpoint.ts'
import { endpointsOf } from './endpoint/endpoints.ts'
import { readInput } from './endpoint/read-input.ts'
import { crossOrigin, securityHeaders } from './guards/headers.ts'
import { createOpenStreams } from './guards/open-streams.ts'
import type { OpenStreams } from './guards/open-streams.ts'
import { createRateLimiter } from './guards/rate-limiter.ts'
import type { RateLimiter } from './guards/rate-limiter.ts'
import { assertSameSite } from './guards/same-site.ts'
import { resolveHttpOptions } from './http-options.ts'
import type { HttpOptions, ResolvedHttpOptions } from './http-options.ts'
import { assertAccess } from './identity/access.ts'
import { authenticate } from './identity/authenticate.ts'
import type { Authenticated, Identity } from './identity/identity.ts'
import { withSnakeField } from './wire/snake-error.ts'

/** A door: takes a web-standard request and gives its answer; never rejects. */
export interface HttpHandler {
  (request: Request, connection?: Connection): Promise<Response>
  /** Whether a path is one of the door's, rather than of the app it is mounted in. */
  readonly isOwnPath: (path: string) => boolean
}

/**
 * A door that can be closed. Stateless but for the answers that are open and for rate limits, which
 * are kept in this process.
 */
export interface ClosableHandler extends HttpHandler {
  /**
   * Closes the door: from now on requests are answered with `closed`, streams without an end of their
   * own are ended, and other answers may go on until `deadline` aborts; then they end with `closed`,
   * too. Resolves when none is open; never rejects. The router stays the host's to close afterwards.
   */
  readonly close: (deadline: AbortSignal) => Promise<void>
}

/** What is known of the connection a request came over. */
export interface Connection {
  /** The address at its other end. */
  readonly clientAddress?: string | undefined
}

/** Under which every path of the door lies. */
const ROOTS = ['/api', '/v1']

interface Door {
  readonly options: ResolvedHttpOptions
  readonly limiter: RateLimiter
  readonly streams: OpenStreams
  readonly answers: OpenAnswers
}

/**
 * Opens every door of a router under one handler: REST, chat, the OpenAI-compatible API and the
 * OpenAPI document.
 *
 * @throws ConfigError naming the option that is wrong.
 */
export function createHandler(httpOptions: HttpOptions): ClosableHandler {
  const options = resolveHttpOptions(httpOptions)
  const answers = new OpenAnswers()
  const limiter = createRateLimiter(options)
  const door: Door = { options, answers, limiter, streams: createOpenStreams(options) }
  const app = new Hono<{ Bindings: Connection }>().basePath(options.basePath)
  app.use(crossOrigin(options), securityHeaders())
  const endpoints = endpointsOf(options)
  for (const spec of endpoints) {
    app.on(spec.method.toUpperCase(), honoPath(spec.path), async (context) =>
      answer(door, spec, context),
    )
  }
  const allowedAt = allowedMethods(endpoints, options.basePath)
  app.notFound((context) => refuse(door, { context, allowed: allowedAt(context.req.path) }))
  const roots = ROOTS.map((root) => `${options.basePath}${root}`)
  const handle = async (request: Request, connection?: Connection): Promise<Response> =>
    // Hosts may pass other things there: route handlers of Next are given their parameters.
    app.fetch(request, { clientAddress: connection?.clientAddress })
  return Object.assign(handle, {
    isOwnPath: (path: string) => roots.some((root) => path === root || path.startsWith(`${root}/`)),
    close: async (deadline: AbortSignal) => answers.close(deadline),
  })
}

/** `{provider_id}` as Hono writes it. */
function honoPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1')
}

async function answer(door: Door, spec: Endpoint, context: Context): Promise<Response> {
  const requestId = door.options.runtime.newId()
  const shape = spec.errorShape ?? 'imrs'
  let response: Response
  let open: OpenAnswer | undefined
  try {
    open = door.answers.begin(context.req.raw, spec)
    response = await perform(door, spec, { context, requestId, open })
  } catch (error) {
    response = errorResponse(named(error, spec), { requestId, shape })
    if (response.status === 500) report(door, { requestId, operationId: spec.operationId, error })
  }
  response.headers.set('x-request-id', requestId)
  // A stream ends later, and says so itself.
  if (!isEventStream(response)) open?.end()
  if (context.req.raw.method !== 'HEAD') return response
  // Nobody will read the body: what makes it is ended.
  await response.body?.cancel()
  return new Response(null, response)
}

function isEventStream({ headers }: Response): boolean {
  return headers.get('content-type')?.startsWith('text/event-stream') === true
}

/** Under `/api/v2` fields are named in snake_case, in errors too. */
function named(error: unknown, { path }: Endpoint): unknown {
  return path.startsWith('/api/v2/') ? withSnakeField(error) : error
}

interface Asked {
  readonly context: Context
  readonly requestId: string
  readonly open: OpenAnswer
}

async function perform(
  { options, limiter, streams }: Door,
  spec: Endpoint,
  { context, requestId, open }: Asked,
): Promise<Response> {
  const request = context.req.raw
  const authenticated = await authenticatedFor(options, spec, request)
  const identity = authenticated?.identity
  const { rateClass } = spec
  const address = options.clientAddressOf(request) ?? (context.env as Connection).clientAddress
  const caller = { authenticated, address }
  const counted = typeof rateClass === 'function' ? rateClass(request, identity) : rateClass
  await limiter.take(counted, caller)
  if (identity !== undefined) assertAccess(identity, spec)
  if (spec.isEndless === true) open.whenEnded(streams.take(caller))
  const params = context.req.param()
  const input = await readInput(request, spec, { params, limits: options })
  const call = {
    ...input,
    // Endpoints for anyone do not read it.
    identity: identity as Identity,
    request,
    requestId,
    ...open,
  }
  const reply = await spec.handle(call satisfies Call<unknown, unknown, unknown>)
  const response = toResponse(reply, spec)
  if (authenticated?.setCookie !== undefined) {
    response.headers.append('set-cookie', authenticated.setCookie)
  }
  return response
}

async function authenticatedFor(
  options: ResolvedHttpOptions,
  { access, method }: Endpoint,
  request: Request,
): Promise<Authenticated | undefined> {
  if (access === 'anyone') return undefined
  const authenticated = await authenticate(request, options.authentication)
  if (method !== 'get') assertSameSite(request, options.cors)
  return authenticated
}

interface Refusal {
  readonly context: Context
  readonly allowed: readonly string[]
}

/** A path there is not, or a method that is not for it. */
function refuse({ options }: Door, { context: { req }, allowed }: Refusal): Response {
  const requestId = options.runtime.newId()
  const shape: ErrorShape = req.path.startsWith(`${options.basePath}/v1/`) ? 'openai' : 'imrs'
  const path = req.path.slice(0, 200)
  const isPath = allowed.length > 0
  const error = isPath
    ? new ImrsError('method-not-allowed', `${path} takes ${allowed.join(', ')}.`)
    : new ImrsError('not-found', `There is no ${req.method} ${path}.`)
  const response = errorResponse(error, { requestId, shape })
  response.headers.set('x-request-id', requestId)
  if (isPath) response.headers.set('allow', allowed.join(', '))
  return response
}

function report({ options }: Door, failure: Parameters<ResolvedHttpOptions['onFailure']>[0]): void {
  try {
    options.onFailure(failure)
  } catch {
    // Whoever is told of failures cannot cause one.
  }
}
