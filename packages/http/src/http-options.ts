import { ConfigError, DEFAULT_TENANT_ID, hostIdSchema, systemRuntime } from '@imrs/core'
import type { Runtime } from '@imrs/core'
import { ENOUGH_RATINGS } from '@imrs/router'
import type { Router } from '@imrs/router'

import type { RateClass } from './endpoint/endpoint.ts'
import type { Authenticator } from './identity/identity.ts'

/** Requests that one caller may make in a minute, by class. */
export type RateLimits = Readonly<Record<RateClass, number>>

/** What is told of a failure nobody expected. The error stays on this side. */
export interface FailureReport {
  readonly requestId: string
  readonly operationId: string
  readonly error: unknown
}

export interface CorsOptions {
  /** The origins whose pages may call, as browsers write them: `https://app.example.com`. */
  readonly origins: readonly string[]
  /** Whether those pages may send cookies. Default: `false`. */
  readonly allowCredentials?: boolean | undefined
}

/** What `GET /api/models/quality` tells. */
export interface ModelQualityOptions {
  /** What was rated less often is left out. Default: `30`. */
  readonly minRatings?: number | undefined
  /** With `publicModels`: whose ratings visitors without a credential are shown. Default: `default`. */
  readonly visitorTenantId?: string | undefined
}

export interface HttpOptions {
  /** Stays yours: it is not closed here. */
  readonly router: Router
  /** Ways to prove who one is, asked in this order; the first that knows the request's credential counts. */
  readonly authentication: readonly Authenticator[]
  /** Where the paths begin, when the door is not mounted at the root: `/imrs`. Default: `''`. */
  readonly basePath?: string | undefined
  /** The agent of requests that name none. Default: `default`. */
  readonly defaultAgentId?: string | undefined
  /** Which pages of other origins may call. Default: none. */
  readonly cors?: CorsOptions | undefined
  /** Default: `10_485_760`, 10 MiB. */
  readonly maxBodyBytes?: number | undefined
  /** Requests a caller may make in a minute, in this process. Default: 600 reads, 120 writes, 60 chats, 6 refreshes. */
  readonly rateLimits?: Partial<RateLimits> | undefined
  /**
   * Streams of events, `GET /api/models/events`, that a caller may have open at once, in this process;
   * ten times as many for those who are counted by address, which many may share. Default: `10`.
   */
  readonly maxOpenStreams?: number | undefined
  /**
   * Behind a proxy: the address of the client, as the proxy's header says it. Callers without a
   * credential, and visitors who come for the first time, are counted by it. Default: the address of
   * the connection where the handler is told it (`nodeListener` tells it); without one they share a count.
   */
  readonly clientAddressOf?: ((request: Request) => string | undefined) | undefined
  /** Whether `GET /api/models` and its events need no credential. Default: `false`. */
  readonly publicModels?: boolean | undefined
  /** Whether users read how the models of the agents they may speak to did, `GET /api/performance`. Default: `false`, admins alone. */
  readonly figuresForUsers?: boolean | undefined
  /**
   * How good users found models, `GET /api/models/quality`, for all who may read `GET /api/models`: those
   * of their tenant, and where a model was rated often enough. `false`: there is no such path. Default: as {@link ModelQualityOptions} says.
   */
  readonly modelQuality?: ModelQualityOptions | false | undefined
  /** Lets its bearer refresh lists without limit: the header `x-force-refresh-key`. Default: nobody but platform admins. */
  readonly forceRefreshKey?: string | undefined
  /** Lets its bearer, and nobody else, read `GET /api/metrics`: for Prometheus. Default: platform admins read it. */
  readonly metricsKey?: string | undefined
  /** Headers in which users may bring keys of their own, by provider id: `{ openai: 'x-openai-key' }`. The router must allow them too. Default: none. */
  readonly userKeyHeaders?: Readonly<Record<string, string>> | undefined
  /** Told of failures that are answered with `internal`. Default: nobody is. */
  readonly onFailure?: ((report: FailureReport) => void) | undefined
  /** Default: the real world. */
  readonly runtime?: Runtime | undefined
}

export interface ResolvedHttpOptions {
  readonly router: Router
  readonly authentication: readonly Authenticator[]
  readonly basePath: string
  readonly defaultAgentId: string
  readonly cors: Required<CorsOptions>
  readonly maxBodyBytes: number
  readonly maxQueryBytes: number
  readonly rateLimits: RateLimits
  readonly maxOpenStreams: number
  readonly clientAddressOf: (request: Request) => string | undefined
  readonly publicModels: boolean
  readonly figuresForUsers: boolean
  /** `undefined`: nobody is told. */
  readonly modelQuality:
    | { readonly minRatings: number; readonly visitorTenantId: string }
    | undefined
  readonly forceRefreshKey: string | undefined
  readonly metricsKey: string | undefined
  readonly userKeyHeaders: Readonly<Record<string, string>>
  readonly onFailure: (report: FailureReport) => void
  readonly runtime: Runtime
}

const DEFAULT_RATE_LIMITS: RateLimits = { read: 600, write: 120, chat: 60, refresh: 6 }

/** @throws ConfigError naming the option that is wrong. */
export function resolveHttpOptions(options: HttpOptions): ResolvedHttpOptions {
  if (options.authentication.length === 0) {
    throw new ConfigError('`authentication` must name at least one way to prove who one is')
  }
  const basePath = options.basePath ?? ''
  if (!/^(?:\/[\w.~-]+)*$/.test(basePath)) {
    throw new ConfigError(
      `\`basePath\` must be like "/imrs", without a slash at its end; it is ${JSON.stringify(basePath)}`,
    )
  }
  return Object.freeze({
    router: options.router,
    authentication: Object.freeze([...options.authentication]),
    basePath,
    defaultAgentId: options.defaultAgentId ?? 'default',
    cors: resolveCors(options.cors),
    maxBodyBytes: positive('maxBodyBytes', options.maxBodyBytes ?? 10 * 1024 * 1024),
    maxQueryBytes: 8192,
    rateLimits: resolveRateLimits(options.rateLimits),
    maxOpenStreams: positive('maxOpenStreams', options.maxOpenStreams ?? 10),
    clientAddressOf: options.clientAddressOf ?? (() => undefined),
    publicModels: options.publicModels ?? false,
    figuresForUsers: options.figuresForUsers ?? false,
    modelQuality: resolveModelQuality(options.modelQuality),
    forceRefreshKey: longEnough('forceRefreshKey', options.forceRefreshKey),
    metricsKey: longEnough('metricsKey', options.metricsKey),
    userKeyHeaders: Object.freeze({ ...options.userKeyHeaders }),
    onFailure: options.onFailure ?? (() => {}),
    runtime: options.runtime ?? systemRuntime,
  })
}

function resolveModelQuality(
  given: HttpOptions['modelQuality'] = {},
): ResolvedHttpOptions['modelQuality'] {
  if (given === false) return undefined
  return Object.freeze({
    minRatings: positive('modelQuality.minRatings', given.minRatings ?? ENOUGH_RATINGS),
    visitorTenantId: hostId(
      'modelQuality.visitorTenantId',
      given.visitorTenantId ?? DEFAULT_TENANT_ID,
    ),
  })
}

function hostId(name: string, id: string): string {
  if (hostIdSchema.safeParse(id).success) return id
  throw new ConfigError(`\`${name}\` must be an id of the host's, got ${JSON.stringify(id)}`)
}

function resolveCors({
  origins = [],
  allowCredentials = false,
}: Partial<CorsOptions> = {}): Required<CorsOptions> {
  for (const origin of origins) {
    if (URL.canParse(origin) && new URL(origin).origin === origin) continue
    throw new ConfigError(
      `\`cors.origins\` must hold origins like "https://app.example.com"; it holds ${JSON.stringify(origin)}`,
    )
  }
  return Object.freeze({ origins: Object.freeze([...origins]), allowCredentials })
}

function resolveRateLimits(limits: Partial<RateLimits> = {}): RateLimits {
  const resolved = { ...DEFAULT_RATE_LIMITS, ...limits }
  for (const [name, limit] of Object.entries(resolved)) positive(`rateLimits.${name}`, limit)
  return Object.freeze(resolved)
}

function positive(name: string, value: number): number {
  if (Number.isSafeInteger(value) && value > 0) return value
  throw new ConfigError(`\`${name}\` must be a whole number above 0; it is ${value}`)
}

function longEnough(name: string, key: string | undefined): string | undefined {
  if (key === undefined || key.length >= 16) return key
  throw new ConfigError(`\`${name}\` must have 16 characters at least; it has ${key.length}`)
}
