import { systemRuntime } from '@imrs/core'
import type { Runtime } from '@imrs/core'
import type { Router } from '@imrs/router'

import { createHandler } from '../create-handler.ts'
import type { Authenticator } from '../identity/identity.ts'
import { serveHttp } from '../node/serve-http.ts'
import type { ServeHttpOptions } from '../node/serve-http.ts'

export const DOOR_KEY = 'sk-door-of-the-suite'

/** Lets in whoever has the key. */
export const doorKey: Authenticator = {
  kind: 'bearer',
  authenticate: async (request) =>
    request.headers.get('authorization') === `Bearer ${DOOR_KEY}`
      ? {
          identity: {
            tenantId: 'default',
            userId: 'caller',
            actor: 'user:caller',
            roles: ['agent_user'],
          },
        }
      : undefined,
}

const MANY = { read: 1_000_000, write: 1_000_000, chat: 1_000_000, refresh: 1_000_000 }

/** A door that listens. */
export interface ServedDoor {
  /** Ends before `/chat/completions`. */
  readonly baseUrl: string
  /** How many clients are connected. */
  readonly connections: () => Promise<number>
  /** Rejects with what was answered with `internal`. */
  readonly close: () => Promise<void>
}

export interface ServedDoorOptions {
  readonly runtime?: Runtime | undefined
  readonly serve?: ServeHttpOptions | undefined
}

/** A door over a router, on a port of its own. */
export async function openServedDoor(
  router: Router,
  { runtime = systemRuntime, serve = {} }: ServedDoorOptions = {},
): Promise<ServedDoor> {
  const failures: unknown[] = []
  const handler = createHandler({
    router,
    authentication: [doorKey],
    rateLimits: MANY,
    runtime,
    onFailure: ({ error }) => failures.push(error),
  })
  const { url, server, close } = await serveHttp(handler, { port: 0, ...serve })
  return {
    baseUrl: `${url}/v1`,
    connections: async () =>
      new Promise((resolve, reject) => {
        server.getConnections((error, count) => (error === null ? resolve(count) : reject(error)))
      }),
    close: async () => {
      const closed = close()
      // What somebody left open does not end by itself.
      void close()
      await closed
      if (failures.length > 0) throw failures[0]
    },
  }
}
