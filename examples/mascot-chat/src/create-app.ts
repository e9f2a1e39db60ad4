import { join } from 'node:path'

import type { Router } from '@imrs/router'
import cookieParser from 'cookie-parser'
import express from 'express'
import type { Express, RequestHandler, Router as ExpressRouter } from 'express'

import type { AnswersInFlight } from './answers-in-flight.ts'
import { chatRoute } from './chat-route.ts'
import { decisionRoute } from './decision-route.ts'
import { apiNotFound, errorHandler, pageNotFound, requestId } from './error-handler.ts'
import type { ReportFailure } from './error-handler.ts'
import { feedbackRoute } from './feedback-route.ts'
import { modelsRoute, refreshLimit } from './models-route.ts'
import { pageConfig } from './page-config.ts'
import type { PageConfigOptions } from './page-config.ts'
import { performanceRoute } from './performance-route.ts'
import { getPreference, putPreference } from './preference-route.ts'
import { jsonOnly, sameOriginOnly } from './request-checks.ts'
import { securityHeaders } from './security-headers.ts'
import { sessionCookie } from './session-cookie.ts'
import { PUBLIC_FOLDER, staticFiles } from './static-files.ts'

export interface AppOptions extends Omit<PageConfigOptions, 'router'> {
  /** Stays the caller's. */
  readonly router: Router
  readonly cookieSecret: string
  readonly answers: AnswersInFlight
  readonly report: ReportFailure
}

/** The mascot chat as an Express app: the page and its API. */
export function createApp(options: AppOptions): Express {
  const app = express()
  app.disable('x-powered-by')
  app.use(requestId, securityHeaders())
  const cookies: RequestHandler[] = [cookieParser(options.cookieSecret), sessionCookie]
  // The page's own request brings the cookie, so that the first calls of its modules share one user.
  app.get(['/', '/index.html'], cookies)
  app.use('/api', apiRoutes(options, cookies))
  app.get('/config.json', pageConfig(options))
  app.use(staticFiles())
  app.use(pageNotFound(join(PUBLIC_FOLDER, 'not-found.html')))
  app.use(errorHandler(options.report))
  return app
}

function apiRoutes(options: AppOptions, cookies: readonly RequestHandler[]): ExpressRouter {
  const { router, answers } = options
  const routes = express.Router()
  routes.get('/models', refreshLimit(), modelsRoute(router.models))
  routes.use(neverStored, ...cookies, sameOriginOnly, jsonOnly)
  routes.use(express.json({ limit: '10mb', strict: false }))
  routes.get('/preferences', getPreference(router.preferences))
  routes.put('/preferences', putPreference(router.preferences))
  routes.post('/chat', chatRoute({ router, answers }))
  routes.post('/v2/chat/messages/:id/feedback', feedbackRoute(router))
  routes.get('/decisions/:id', decisionRoute(router))
  routes.get('/performance', performanceRoute(router))
  routes.use(apiNotFound)
  return routes
}

const neverStored: RequestHandler = (_request, response, next) => {
  response.set('cache-control', 'no-store')
  next()
}
