import { ImrsError } from '@imrs/core'
import type { Request, RequestHandler } from 'express'

const READING = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Refuses what another site's page asks a visitor's browser to change. */
export const sameOriginOnly: RequestHandler = (request, _response, next) => {
  if (READING.has(request.method) || isSameOrigin(request)) next()
  else next(new ImrsError('forbidden', 'This request came from another site and was refused.'))
}

function isSameOrigin(request: Request): boolean {
  const { origin, host } = request.headers
  if (origin !== undefined) return URL.canParse(origin) && new URL(origin).host === host
  // Browsers name the origin of every request that changes something; programs need not.
  const site = request.get('sec-fetch-site')
  return site === undefined || site === 'same-origin' || site === 'none'
}

/** Refuses a body that does not say it is JSON, before it is read. */
export const jsonOnly: RequestHandler = (request, _response, next) => {
  if (READING.has(request.method) || request.is('application/json') !== false) next()
  else {
    const message = '`content-type` must be application/json'
    next(new ImrsError('invalid-request', message, { field: 'content-type' }))
  }
}
