import { ImrsError } from '@imrs/core'

import type { CorsOptions } from '../http-options.ts'

/**
 * Refuses what another site's page asks a visitor's browser to change.
 *
 * @throws ImrsError `forbidden`.
 */
export function assertSameSite(request: Request, { origins }: CorsOptions): void {
  const origin = request.headers.get('origin')
  const isFine =
    origin === null ? isFromHere(request) : isOwn(request, origin) || origins.includes(origin)
  if (isFine) return
  throw new ImrsError('forbidden', 'This request came from another site and was refused.')
}

/** Browsers name the origin of every request that changes something; programs need not. */
function isFromHere(request: Request): boolean {
  const site = request.headers.get('sec-fetch-site')
  return site === null || site === 'same-origin' || site === 'none'
}

function isOwn(request: Request, origin: string): boolean {
  return URL.canParse(origin) && new URL(origin).host === request.headers.get('host')
}
