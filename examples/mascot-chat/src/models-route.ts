import { ImrsError } from '@imrs/core'
import type { Router } from '@imrs/router'
import type { Request, RequestHandler } from 'express'
import { rateLimit } from 'express-rate-limit'

const MINUTE_MS = 60_000
const REFRESHES_PER_MINUTE = 6

/** Lets each address read the providers' lists again only so often. */
export function refreshLimit(): RequestHandler {
  return rateLimit({
    windowMs: MINUTE_MS,
    limit: REFRESHES_PER_MINUTE,
    skip: (request) => !isForced(request),
    standardHeaders: false,
    legacyHeaders: false,
    validate: { xForwardedForHeader: false },
    handler: (_request, _response, next) => {
      const message = 'The lists were read again several times just now. Wait a minute.'
      next(new ImrsError('rate-limited', message, { retryAfterMs: MINUTE_MS }))
    },
  })
}

/** `GET /api/models`: every model of every provider; `?force=true` reads the providers' lists first. */
export function modelsRoute(models: Router['models']): RequestHandler {
  return async (request, response) => {
    const force = isForced(request)
    const list = await models.response({ force })
    const caching = 'public, max-age=60, s-maxage=60, stale-while-revalidate=60'
    response.set('cache-control', force ? 'no-store' : caching).json(list)
  }
}

function isForced(request: Request): boolean {
  return request.query['force'] === 'true'
}
