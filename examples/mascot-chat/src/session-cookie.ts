import { randomUUID } from 'node:crypto'

import { isUuid } from '@imrs/core'
import type { Request, RequestHandler, Response } from 'express'

const COOKIE = 'imrs_user'
const YEAR_MS = 365 * 24 * 60 * 60 * 1000

/**
 * Gives every visitor an anonymous user id in a signed cookie. One that was tampered with, or signed
 * with another secret, is not believed: its bearer begins as a new user.
 *
 * Runs behind `cookie-parser`.
 */
export const sessionCookie: RequestHandler = (request, response, next) => {
  const userId = signedUserId(request) ?? newVisitor(request, response)
  Object.assign(response.locals, { userId })
  next()
}

/** Whose request it is. Only behind {@link sessionCookie}. */
export function userIdOf(response: Response): string {
  const userId: unknown = response.locals['userId']
  if (typeof userId === 'string') return userId
  throw new Error('`sessionCookie` must run before this route')
}

function signedUserId(request: Request): string | undefined {
  const cookies = request.signedCookies as Readonly<Record<string, unknown>>
  const value = cookies[COOKIE]
  return typeof value === 'string' && isUuid(value) ? value : undefined
}

function newVisitor(request: Request, response: Response): string {
  const userId = randomUUID()
  response.cookie(COOKIE, userId, {
    signed: true,
    httpOnly: true,
    sameSite: 'lax',
    secure: request.secure,
    maxAge: YEAR_MS,
    path: '/',
  })
  return userId
}
