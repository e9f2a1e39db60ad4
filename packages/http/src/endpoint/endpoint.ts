import type { ErrorCode } from '@imrs/core'
import type { z } from 'zod'

import type { Access } from '../identity/access.ts'
import type { Identity } from '../identity/identity.ts'

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'

/** A request whose parts were checked against the schemas that document them. */
export interface Call<Params, Query, Body> {
  readonly params: Params
  readonly query: Query
  readonly body: Body
  /** `undefined` only where the endpoint is for `'anyone'`. */
  readonly identity: Identity
  readonly request: Request
  /** Aborts when the client goes away, or the answer must end because the door closes: then its reason is an `ImrsError`. */
  readonly signal: AbortSignal
  /** Aborts the signal: for a stream whose reader leaves, which not every server tells of otherwise. */
  readonly abandon: () => void
  /** To be called when a stream that was replied has ended. A door that closes waits for it. */
  readonly end: () => void
  readonly requestId: string
}

/** What an endpoint answers: a body of the first documented status, or all of it. */
export type Reply =
  | {
      readonly status?: number | undefined
      readonly body?: unknown
      readonly headers?: Readonly<Record<string, string>> | undefined
    }
  | Response

/** One documented answer. */
export interface ResponseSpec {
  readonly description: string
  /** Absent: no body. */
  readonly schema?: z.ZodType | undefined
  /** Default: `application/json`. */
  readonly contentType?: string | undefined
  /** What is answered instead, by content type, where the request asks for it. */
  readonly alternatives?: Readonly<Record<string, z.ZodType>> | undefined
  /** Headers beyond those of every answer, with what they say. */
  readonly headers?: Readonly<Record<string, string>> | undefined
}

/** How often a caller may use an endpoint: one budget of requests for all endpoints of a class. */
export type RateClass = 'read' | 'write' | 'chat' | 'refresh'

/** The class of one request. */
export type RateClassOf = (
  request: Request,
  identity: Identity | undefined,
) => RateClass | undefined

/** Whose form errors have. */
export type ErrorShape = 'imrs' | 'openai'

export interface EndpointSpec<Params, Query, Body> {
  /** Camel case; unique. */
  readonly operationId: string
  readonly method: Method
  /** `/api/v2/admin/providers/{provider_id}`. Values are percent-encoded, so that ids may hold slashes. */
  readonly path: string
  readonly tag: string
  readonly summary: string
  readonly description?: string | undefined
  readonly access: Access
  /**
   * Of endpoints for admins: whether credentials that are bound to some agents may use it. It must
   * then look at the agent itself. Default: `false`.
   */
  readonly openToBound?: boolean | undefined
  /** Whether its answers go on until the client leaves: a door that closes ends them at once. Default: `false`. */
  readonly isEndless?: boolean | undefined
  /** `undefined`: this request is not counted. */
  readonly rateClass: RateClass | RateClassOf
  readonly params?: z.ZodType<Params> | undefined
  /** Each value is text, or a list of text where a name is repeated. */
  readonly query?: z.ZodType<Query> | undefined
  readonly body?: z.ZodType<Body> | undefined
  /** By status; the first is the one of a plain reply. */
  readonly responses: Readonly<Record<number, ResponseSpec>>
  /** Codes it may answer beyond those every endpoint may. */
  readonly errors?: readonly ErrorCode[] | undefined
  /** Default: `'imrs'`. */
  readonly errorShape?: ErrorShape | undefined
  readonly handle: (call: Call<Params, Query, Body>) => Promise<Reply>
}

/** An endpoint among others, when the types of its parts do not matter any more. */
export type Endpoint = EndpointSpec<unknown, unknown, unknown>

/** Keeps the types of one endpoint together; what it gives can lie in a list with others. */
export function endpoint<Params, Query, Body>(spec: EndpointSpec<Params, Query, Body>): Endpoint {
  // The parts are checked with the endpoint's own schemas before `handle` is called.
  return spec as unknown as Endpoint
}
