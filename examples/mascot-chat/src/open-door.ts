import { DEFAULT_TENANT_ID } from '@imrs/core'
import { anonymousSessions, apiKeyAuthentication, bearerToken, createHandler } from '@imrs/http'
import type { Authenticator, ClosableHandler, RateLimits } from '@imrs/http'
import type { Router } from '@imrs/router'

import { MASCOT_AGENT } from './mascot-agent.ts'
import type { ReportFailure } from './report-failures.ts'

export interface DoorOptions {
  /** Stays the caller's. */
  readonly router: Router
  readonly cookieSecret: string
  /** Makes its bearer the admin. Default: there is none. */
  readonly adminToken?: string | undefined
  readonly report: ReportFailure
}

/** What one visitor asks for in a minute at most: people type, and a page asks for little. */
const RATE_LIMITS: RateLimits = { read: 300, write: 60, chat: 60, refresh: 6 }

/** The API of the chat: for visitors, who speak to the mascot alone, and for its admin. */
export function openDoor({
  router,
  cookieSecret,
  adminToken,
  report,
}: DoorOptions): ClosableHandler {
  const machines = apiKeyAuthentication({ router })
  const visitors = anonymousSessions({ secret: cookieSecret, agentIds: [MASCOT_AGENT] })
  return createHandler({
    router,
    // Whoever brings a token is not taken for a visitor, whatever the token.
    authentication: [...(adminToken === undefined ? [] : [admin(adminToken)]), machines, visitors],
    defaultAgentId: MASCOT_AGENT,
    publicModels: true,
    figuresForUsers: true,
    rateLimits: RATE_LIMITS,
    onFailure: ({ requestId, error }) => report(`Request ${requestId} failed: ${reasonOf(error)}`),
  })
}

function admin(token: string): Authenticator {
  return bearerToken({
    token,
    identity: {
      tenantId: DEFAULT_TENANT_ID,
      userId: 'admin',
      roles: ['platform_admin'],
      actor: 'user:admin',
    },
  })
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
