import { existsSync } from 'node:fs'
import { join } from 'node:path'

import express from 'express'
import type { RequestHandler, Router as ExpressRouter } from 'express'

import { CHAT_FOLDER } from './chat-build.ts'

const NOT_BUILT = 'The page is not built. Run `npm run build:chat` in examples/mascot-chat.\n'

/** The built page. */
export function staticFiles(): ExpressRouter {
  const router = express.Router()
  router.use(
    '/assets',
    // Their names change with what is in them.
    express.static(join(CHAT_FOLDER, 'assets'), { immutable: true, maxAge: '1y' }),
  )
  router.use(express.static(CHAT_FOLDER, { cacheControl: false, setHeaders: revalidate }))
  router.get('/', notBuilt)
  return router
}

const notBuilt: RequestHandler = (_request, response, next) => {
  if (existsSync(join(CHAT_FOLDER, 'index.html'))) next()
  else response.status(503).type('text/plain').send(NOT_BUILT)
}

function revalidate(response: { setHeader(name: string, value: string): unknown }): void {
  response.setHeader('cache-control', 'no-cache')
}
