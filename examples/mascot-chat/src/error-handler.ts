import { randomUUID } from 'node:crypto'

import { ImrsError, toErrorAnswer } from '@imrs/core'
import type { ErrorAnswer } from '@imrs/core'
import type { ErrorRequestHandler, RequestHandler, Response } from 'express'

/** What is told about a failure nobody expected; no prompt, no key. */
export type ReportFailure = (message: string) => void

/** Gives each request an id that its errors quote. */
export const requestId: RequestHandler = (_request, response, next) => {
  const id = randomUUID()
  Object.assign(response.locals, { requestId: id })
  response.set('x-request-id', id)
  next()
}

/** Answers every error in the one shape, with the status of its code. */
export function errorHandler(report: ReportFailure): ErrorRequestHandler {
  // Express knows an error handler by its four parameters.
  // oxlint-disable-next-line max-params
  return (error: unknown, _request, response, _next) => {
    const known = toKnownError(error)
    const id = String(response.locals['requestId'])
    const answer = toErrorAnswer(known, id)
    if (answer.body.error.code === 'internal') report(`Request ${id} failed: ${reasonOf(error)}`)
    if (response.headersSent || response.destroyed) response.destroy()
    else response.status(answer.status).set(headersOf(answer)).json(answer.body)
  }
}

function headersOf({ body }: ErrorAnswer): Record<string, string> {
  const waitMs = body.error.retry_after_ms
  const wait = waitMs === undefined ? {} : { 'retry-after': String(Math.ceil(waitMs / 1000)) }
  return { 'cache-control': 'no-store', ...wait }
}

/** Ends what no route took. */
export const apiNotFound: RequestHandler = (request, _response, next) => {
  next(
    new ImrsError('not-found', `There is no ${request.method} ${request.baseUrl}${request.path}.`),
  )
}

/** The page for an address that leads nowhere. */
export function pageNotFound(file: string): RequestHandler {
  return (_request, response: Response) => {
    response.status(404).sendFile(file)
  }
}

/** What Express and its body parser throw carries a status; the faults of the caller become ours. */
function toKnownError(error: unknown): unknown {
  if (ImrsError.is(error) || !(error instanceof Error)) return error
  const { type, status } = error as { readonly type?: unknown; readonly status?: unknown }
  if (typeof status !== 'number' || status < 400 || status >= 500) return error
  if (status === 404) return new ImrsError('not-found', 'There is nothing here.', { cause: error })
  return new ImrsError('invalid-request', bodyProblem(type), { field: fieldOf(type), cause: error })
}

function bodyProblem(type: unknown): string {
  switch (type) {
    case 'entity.parse.failed':
      return '`body`: is not JSON'
    case 'entity.too.large':
      return '`body`: is larger than 10 MB'
    case 'encoding.unsupported':
    case 'charset.unsupported':
      return '`body`: must be JSON in UTF-8'
    case 'request.aborted':
    case 'request.size.invalid':
      return '`body`: broke off before its end'
    default:
      return 'The request could not be read.'
  }
}

function fieldOf(type: unknown): string | undefined {
  return typeof type === 'string' ? 'body' : undefined
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
