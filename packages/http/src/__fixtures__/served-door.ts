import { systemRuntime } from '@imrs/core'
import type { Runtime } from '@imrs/core'
import type { Router } from '@imrs/router'

import { createHandler } from '../create-handler.ts'
import type { Authenticator } from '../identity/identity.ts'
import { serveHttp } from '../node/serve-http.ts'

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

/** A door over a router, on a port of its own. Closing it rejects with what was answered with `internal`. */
export async function openServedDoor(
  router: Router,
  runtime: Runtime = systemRuntime,
): Promise<{ readonly baseUrl: string; readonly close: () => Promise<void> }> {
  const failures: unknown[] = []
  const handler = createHandler({
    router,
    authentication: [doorKey],
    rateLimits: MANY,
    runtime,
    onFailure: ({ error }) => failures.push(error),
  })
  const { url, close } = await serveHttp(handler, { port: 0 })
  return {
    baseUrl: `${url}/v1`,
    close: async () => {
      const closed = close()
      // What a scenario left open does not end by itself.
      void close()
      await closed
      if (failures.length > 0) throw failures[0]
    },
  }
}

