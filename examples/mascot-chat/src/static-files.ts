import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

import express from 'express'
import type { Router as ExpressRouter } from 'express'

const require = createRequire(import.meta.url)

export const PUBLIC_FOLDER: string = join(import.meta.dirname, '..', 'public')

/** The libraries the page imports, as their packages ship them; package managers may keep them in a dot folder. */
const VENDOR: Readonly<Record<string, string>> = {
  'marked.js': join(dirname(require.resolve('marked')), 'marked.esm.js'),
  'purify.js': join(dirname(require.resolve('dompurify')), 'purify.es.mjs'),
}

/** The page, its modules and the two libraries they import. */
export function staticFiles(): ExpressRouter {
  const router = express.Router()
  for (const [name, file] of Object.entries(VENDOR)) {
    router.get(`/vendor/${name}`, (_request, response) => {
      response.type('text/javascript').sendFile(file, { maxAge: '1h', dotfiles: 'allow' })
    })
  }
  router.use(express.static(PUBLIC_FOLDER, { cacheControl: false, setHeaders: revalidate }))
  return router
}

function revalidate(response: { setHeader(name: string, value: string): unknown }): void {
  response.setHeader('cache-control', 'no-cache')
}
