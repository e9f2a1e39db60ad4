import type { IncomingHttpHeaders } from 'node:http'

import type { RetryAfter, SingleBehaviour } from '../behaviour.ts'
import type { CallLog, CallRecorder } from '../call-log.ts'
import type { Failure } from '../failure.ts'
import type { SimulatedDialect, SimulatedModel } from '../models.ts'
import type { Reply } from '../reply.ts'
import type { SimulatorRuntime } from '../runtime.ts'
import type { SimulatedOperation } from '../script.ts'

/** Every key that each provider accepts. */
export type AcceptedKeys = Readonly<Record<SimulatedDialect, readonly string[]>>

/** What the simulator knows while it runs; a test may replace models and keys at any time. */
export interface SimulatorState {
  readonly seed: number
  readonly runtime: SimulatorRuntime
  readonly log: CallLog
  /** Gemini and Anthropic never put more rows than this on a page, whatever is asked. */
  readonly maxPageSize: number
  readonly models: readonly SimulatedModel[]
  readonly keys: AcceptedKeys
}

/** A request inside a dialect: the path is what follows the dialect's prefix. */
export interface DialectRequest {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: IncomingHttpHeaders
}

/** What a handler works with. */
export interface HandlerContext {
  readonly request: DialectRequest
  readonly state: SimulatorState
  readonly recorder: CallRecorder
  readonly behaviours: readonly SingleBehaviour[]
  /** The parsed JSON body; `undefined` when there is none. */
  readonly body: unknown
}

/** What a method and a path lead to. */
export interface Route {
  readonly operation: SimulatedOperation
  /** `public`: works without a key and looks at none. `optional`: looks at a key if there is one. */
  readonly access: 'public' | 'optional' | 'key'
  /** The model that the path names. */
  readonly model?: string | undefined
  readonly answer: (context: HandlerContext) => Reply | Failure
}

/** The stream that an error breaks off. */
export interface BrokenStream {
  readonly answerId: string | undefined
  readonly model: string | undefined
  /** Unix seconds. */
  readonly created: number
}

/** A wire format. Adding a provider means one of these and a place for it in `dialects/index.ts`. */
export interface Dialect {
  readonly name: SimulatedDialect
  /** Longest first, without a slash at the end. */
  readonly prefixes: readonly string[]
  route(request: DialectRequest): Route | undefined
  /** The key that a request carries. */
  credentialOf(request: DialectRequest): string | undefined
  /** A failure with the provider's own status, body and headers. */
  fail(failure: Failure): Reply
  /** Any status in the provider's body style. */
  failWith(status: number, message: string): Reply
  /** The payload of an error in a running stream. */
  streamError(failure: Failure, stream: BrokenStream): unknown
  /** `true`: every event of a stream has a name, an error among them. */
  readonly namesEvents?: boolean
  /** HTTP 200 with the error inside the choice, where the dialect has that. */
  readonly failInChoice?: (failure: Failure) => Reply
  /** Headers and body fields with which this provider says when to come back. */
  retryHeaders(retryAfter: RetryAfter): Readonly<Record<string, string>>
}

/** True for the handlers' refusals. */
export function isFailure(outcome: Reply | Failure): outcome is Failure {
  return 'kind' in outcome
}

/** The token of an `Authorization: Bearer` header. */
export function bearerOf({ headers }: DialectRequest): string | undefined {
  return /^Bearer\s+(.+)$/i.exec(headers.authorization ?? '')?.[1]
}
