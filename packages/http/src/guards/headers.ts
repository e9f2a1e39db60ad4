import type { MiddlewareHandler } from 'hono'
import { cors } from 'hono/cors'
import { secureHeaders } from 'hono/secure-headers'

import type { ResolvedHttpOptions } from '../http-options.ts'

/** What pages of other origins may read of an answer. */
const EXPOSED = [
  'x-request-id',
  'retry-after',
  'etag',
  'imrs-decision-id',
  'imrs-message-id',
  'imrs-model',
]
const DAY_SECONDS = 86_400
const POLICY = 'content-security-policy'

/** Lets pages of the named origins call, and no others. */
export function crossOrigin({ cors: options }: ResolvedHttpOptions): MiddlewareHandler {
  return cors({
    origin: (origin) => (options.origins.includes(origin) ? origin : null),
    credentials: options.allowCredentials === true,
    allowMethods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    exposeHeaders: EXPOSED,
    maxAge: DAY_SECONDS,
  })
}

/** An answer of an API runs nothing, is shown in no frame and tells no referrer. */
export function securityHeaders(): MiddlewareHandler {
  const set = secureHeaders({
    contentSecurityPolicy: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
    // Whoever puts TLS in front decides this there.
    strictTransportSecurity: false,
    crossOriginResourcePolicy: false,
  })
  return async (context, next) => {
    let own: string | null = null
    await set(context, async () => {
      await next()
      own = context.res.headers.get(POLICY)
    })
    // A page for people has a policy of its own.
    if (own !== null) context.res.headers.set(POLICY, own)
  }
}
