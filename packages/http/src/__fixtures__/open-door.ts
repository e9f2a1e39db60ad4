import { createRouter } from '@imrs/router'
import type { Router, RouterOptions } from '@imrs/router'
import { memorySecrets } from '@imrs/secrets'
import { createTestRuntime, fakeProvider } from '@imrs/testing/host'
import type { TestRuntime } from '@imrs/testing/host'
import { sqliteStore } from '@imrs/store-sqlite'
import { expect, onTestFinished } from 'vitest'

import { createHandler } from '../create-handler.ts'
import type { ClosableHandler } from '../create-handler.ts'
import type { HttpOptions } from '../http-options.ts'
import { ROLES } from '../identity/identity.ts'
import type { Authenticator, Identity, Role } from '../identity/identity.ts'

export interface OpenDoor {
  readonly router: Router
  readonly runtime: TestRuntime
  /** Sends a request to the handler as somebody; JSON bodies are made of objects. */
  readonly send: (request: SentRequest) => Promise<Response>
  readonly handler: ClosableHandler
  /** What was answered with `internal`. */
  readonly failures: readonly unknown[]
}

export interface SentRequest {
  readonly method?: string | undefined
  readonly path: string
  /** Default: a platform admin of the tenant `default`. `null`: nobody. */
  readonly as?: Partial<Identity> | null | undefined
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>> | undefined
}

export interface OpenDoorOptions {
  readonly router?: Partial<RouterOptions> | undefined
  readonly http?: Partial<HttpOptions> | undefined
}

/** A handler over a real router and an in-memory database, closed at the end of the test. */
export async function openDoor(options: OpenDoorOptions = {}): Promise<OpenDoor> {
  const runtime = createTestRuntime()
  const router = await createRouter({
    store: sqliteStore({ path: ':memory:' }),
    secrets: memorySecrets(),
    providers: [fakeProvider({ models: ['small', 'large'] }).definition],
    families: { custom: fakeProvider({ models: ['made'], needsCredential: true }).definition.family },
    unconfiguredAgents: 'all',
    runtime,
    ...options.router,
  })
  onTestFinished(() => router.close())
  const failures: unknown[] = []
  const handler = createHandler({ onFailure: ({ error }) => failures.push(error), router, authentication: [statedIdentity], runtime, ...options.http })
  return { router, runtime, handler, failures, send: async (sent) => handler(toRequest(sent)) }
}

/** Believes what the bearer token says it is. */
export const statedIdentity: Authenticator = {
  kind: 'bearer',
  authenticate: async (request) => {
    const stated = request.headers.get('authorization')?.replace('Bearer ', '')
    return stated === undefined ? undefined : { identity: JSON.parse(stated) as Identity }
  },
}

export function identityOf(role: Role, more: Partial<Identity> = {}): Identity {
  return { tenantId: 'default', userId: `a ${role}`, actor: `user:a ${role}`, roles: [role], ...more }
}

function toRequest({ method, path, as = {}, body, headers }: SentRequest): Request {
  return new Request(`http://localhost${path}`, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: {
      ...(as === null ? {} : { authorization: `Bearer ${JSON.stringify(identityOf('platform_admin', as))}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    body: body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body),
  })
}

export const EVERY_ROLE: readonly Role[] = ROLES

/** The body of an answer that must have a status. */
export async function bodyOf<Body>(response: Response, status = 200): Promise<Body> {
  const text = await response.text()
  expect(`${response.status} ${text}`).toMatch(new RegExp(`^${status} `))
  return JSON.parse(text) as Body
}
