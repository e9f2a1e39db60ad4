import type { HttpHandler } from '@imrs/http'
import { nodeListener } from '@imrs/http/node'
import express from 'express'
import type { Express } from 'express'

import { adminPage } from './admin-page.ts'
import { pageConfig } from './page-config.ts'
import type { PageConfigOptions } from './page-config.ts'
import { pageFailed, pageNotFound } from './page-errors.ts'
import type { ReportFailure } from './report-failures.ts'
import { securityHeaders } from './security-headers.ts'
import { staticFiles } from './static-files.ts'

export interface AppOptions extends PageConfigOptions {
  /** Answers `/api` and `/v1`. Stays the caller's to close. */
  readonly door: HttpHandler
  readonly report: ReportFailure
}

/** The mascot chat as an Express app: the router's API and the page that uses it. */
export function createApp(options: AppOptions): Express {
  const app = express()
  app.disable('x-powered-by')
  // First: it reads bodies and sets headers of its own.
  app.use(nodeListener(options.door))
  app.use(securityHeaders())
  app.get('/config.json', pageConfig(options))
  app.use('/admin', adminPage())
  app.use(staticFiles())
  app.use(pageNotFound)
  app.use(pageFailed(options.report))
  return app
}
