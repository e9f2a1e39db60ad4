import { ImrsError } from '@imrs/core'
import type { Authenticator, HttpHandler } from '@imrs/http'

/** Names of this machine that no other machine can answer to. */
const LOOPBACK_NAMES = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/

/** Whether an address to listen at is reached from this machine only. */
export function isLoopbackHost(host: string): boolean {
  return LOOPBACK_NAMES.test(host === '::1' ? '[::1]' : host.toLowerCase())
}

/** Takes anyone for a platform admin of the tenant `default`; for servers that nobody else can reach. */
export function anyoneHere(): Authenticator {
  const identity = Object.freeze({
    tenantId: 'default',
    userId: 'local',
    // As an agent it may speak for users that requests name.
    roles: Object.freeze(['platform_admin', 'agent'] as const),
    actor: 'local',
  })
  return { kind: 'none', authenticate: async () => ({ identity }) }
}

/**
 * Lets nothing through but what programs of this machine, and pages of the server itself, ask. A name
 * that another site made to lead here (DNS rebinding) is told by `Host`, a page of another site by
 * `Origin` and `Sec-Fetch-Site`.
 */
export function loopbackOnly(handler: HttpHandler): HttpHandler {
  const guarded: (...call: Parameters<HttpHandler>) => Promise<Response> = async (...call) => {
    const reason = refusalOf(call[0])
    return reason === undefined ? handler(...call) : refused(reason)
  }
  return Object.assign(guarded, { isOwnPath: handler.isOwnPath })
}

function refusalOf({ headers, url }: Request): string | undefined {
  const host = headers.get('host') ?? new URL(url).host
  const named = URL.canParse(`http://${host}`) ? new URL(`http://${host}`) : undefined
  if (named === undefined || !LOOPBACK_NAMES.test(named.hostname)) {
    return 'This server answers to localhost and 127.0.0.1 only, as anyone may use it: the Host is another.'
  }
  const origin = headers.get('origin')
  const site = headers.get('sec-fetch-site')
  const isOwn = origin === null || (URL.canParse(origin) && new URL(origin).host === named.host)
  const isFromHere = site === null || site === 'same-origin' || site === 'none'
  if (isOwn && isFromHere) return undefined
  return 'This server takes no requests of other sites’ pages, as anyone may use it: the Origin is another.'
}

function refused(message: string): Response {
  const { code } = new ImrsError('forbidden', message)
  // The shapes of both doors at once: OpenAI's clients read `message` and `code`, too.
  return Response.json(
    { error: { code, message, type: 'permission_error' } },
    { status: 403, headers: { 'cache-control': 'no-store' } },
  )
}
