import { ConfigError, DEFAULT_TENANT_ID, systemRuntime } from '@imrs/core'
import type { Runtime } from '@imrs/core'
import { parse, serialize } from 'hono/utils/cookie'

import type { Authenticator, Identity } from '../identity.ts'
import { sessionOf, signSession } from './session-cookie.ts'

/** The cookie that names a visitor. */
export const SESSION_COOKIE = 'imrs_session'

export interface AnonymousSessionOptions {
  /** Signs the cookies, 32 bytes at least. The same for all processes; a new one makes everybody a new visitor. */
  readonly secret: string
  /** Default: `default`. */
  readonly tenantId?: string | undefined
  /** The agents visitors may speak to. Default: every agent of the tenant. */
  readonly agentIds?: readonly string[] | undefined
  /** How long a visitor stays the same. Default: a year. */
  readonly maxAgeDays?: number | undefined
  /** Whether the cookie travels over TLS alone. Default: where the request came over TLS. */
  readonly secure?: boolean | undefined
  /** Default: the real world. */
  readonly runtime?: Runtime | undefined
}

const DAY_MS = 86_400_000

/**
 * Lets visitors chat and rate without an account: who brings no good cookie becomes a new user of the
 * role `agent_user`, in a cookie that is signed and that scripts cannot read. The last of several
 * authenticators, since it turns nobody away.
 *
 * @throws ConfigError when the secret is too short.
 */
export function anonymousSessions(options: AnonymousSessionOptions): Authenticator {
  const { secret, runtime = systemRuntime } = options
  const maxAgeMs = (options.maxAgeDays ?? 365) * DAY_MS
  if (new TextEncoder().encode(secret).length < 32) {
    throw new ConfigError('`secret` must have 32 bytes at least')
  }
  return {
    kind: 'cookie',
    authenticate: async (request) => {
      // A bearer credential that nobody knew is refused, not replaced by a new visitor.
      if (request.headers.has('authorization')) return undefined
      const cookie = parse(request.headers.get('cookie') ?? '')[SESSION_COOKIE] ?? ''
      const known = sessionOf(cookie, { secret, nowMs: runtime.now(), maxAgeMs })
      if (known !== undefined) return { identity: visitor(known, options) }
      const id = runtime.newId()
      const setCookie = serialize(SESSION_COOKIE, signSession(id, secret), {
        httpOnly: true,
        sameSite: 'Lax',
        path: '/',
        maxAge: Math.floor(Math.min(maxAgeMs, 400 * DAY_MS) / 1000),
        secure: options.secure ?? request.url.startsWith('https:'),
      })
      return { identity: visitor(id, options), setCookie }
    },
  }
}

function visitor(id: string, { tenantId, agentIds }: AnonymousSessionOptions): Identity {
  return {
    tenantId: tenantId ?? DEFAULT_TENANT_ID,
    userId: id,
    roles: ['agent_user'],
    ...(agentIds === undefined ? {} : { agentIds }),
    actor: `visitor:${id}`,
  }
}
