import { randomUUID } from 'node:crypto'
import { join } from 'node:path'

import { toErrorAnswer } from '@imrs/core'
import type { ErrorRequestHandler, RequestHandler } from 'express'

import { CHAT_FOLDER } from './chat-build.ts'
import type { ReportFailure } from './report-failures.ts'

/** The page for an address that leads nowhere. */
export const pageNotFound: RequestHandler = (_request, response) => {
  response.status(404).sendFile(join(CHAT_FOLDER, 'not-found.html'))
}

/** Answers what failed at the page and its configuration in the shape of the API's errors. */
export function pageFailed(report: ReportFailure): ErrorRequestHandler {
  // Express knows an error handler by its four parameters.
  // oxlint-disable-next-line max-params
  return (error: unknown, _request, response, _next) => {
    const requestId = randomUUID()
    const { status, body } = toErrorAnswer(error, requestId)
    if (body.error.code === 'internal') report(`Request ${requestId} failed: ${String(error)}`)
    if (response.headersSent) response.destroy()
    else response.status(status).set('cache-control', 'no-store').json(body)
  }
}
