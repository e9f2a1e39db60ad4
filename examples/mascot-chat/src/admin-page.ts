import { existsSync } from 'node:fs'
import { join } from 'node:path'

import express from 'express'
import type { RequestHandler, Router as ExpressRouter } from 'express'

import { ADMIN_FOLDER } from './admin-build.ts'

const NOT_BUILT = 'The admin is not built. Run `npm run build:admin` in examples/mascot-chat.\n'

/** The built admin, for `/admin`. What it may do the API decides: the files are for anybody. */
export function adminPage(): ExpressRouter {
  const router = express.Router()
  router.use(
    '/assets',
    // Their names change with what is in them.
    express.static(join(ADMIN_FOLDER, 'assets'), { immutable: true, maxAge: '1y' }),
  )
  router.use(express.static(ADMIN_FOLDER, { cacheControl: false, setHeaders: revalidate }))
  router.get('/', notBuilt)
  return router
}

const notBuilt: RequestHandler = (_request, response, next) => {
  if (existsSync(join(ADMIN_FOLDER, 'index.html'))) next()
  else response.status(503).type('text/plain').send(NOT_BUILT)
}

function revalidate(response: { setHeader(name: string, value: string): unknown }): void {
  response.setHeader('cache-control', 'no-cache')
}
