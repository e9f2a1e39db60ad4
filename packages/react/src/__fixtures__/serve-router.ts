import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'

import { createHandler } from '@imrs/http'
import type { HttpOptions } from '@imrs/http'
import { nodeListener } from '@imrs/http/node'
import { createRouter } from '@imrs/router'
import type { Router, RouterOptions } from '@imrs/router'
import { memorySecrets } from '@imrs/secrets'
import { sqliteStore } from '@imrs/store-sqlite'
import { fakeProvider } from '@imrs/testing/host'
import { onTestFinished } from 'vitest'

export interface ServedRouter {
  readonly router: Router
  readonly url: string
  /** The paths that were asked for, with their methods. */
  readonly asked: readonly string[]
  /** Answers nothing any more: connections are cut. */
  readonly goDown: () => void
  readonly comeBack: () => void
}

export interface ServeOptions {
  readonly router?: Partial<RouterOptions> | undefined
  readonly http?: Partial<HttpOptions> | undefined
}

/** A real router behind a real socket, for one user. Closed at the end of the test. */
export async function serveRouter(options: ServeOptions = {}): Promise<ServedRouter> {
  const router = await createRouter({
    store: sqliteStore({ path: ':memory:' }),
    secrets: memorySecrets(),
    providers: [fakeProvider({ models: ['small', 'large'] }).definition],
    unconfiguredAgents: 'all',
    ...options.router,
  })
  const handler = createHandler({
    router,
    authentication: [
      {
        kind: 'bearer',
        authenticate: async (request) => {
          const userId = request.headers.get('x-user') ?? 'ann'
          const roles = [request.headers.get('x-role') === 'admin' ? 'tenant_admin' : 'agent_user'] as const
          return { identity: { tenantId: 'default', userId, actor: `user:${userId}`, roles: [...roles] } }
        },
      },
    ],
    ...options.http,
  })
  const listener = nodeListener(handler)
  const asked: string[] = []
  let isDown = false
  const server = createServer((request, response) => {
    if (isDown) {
      request.socket.destroy()
      return
    }
    asked.push(`${request.method} ${request.url}`)
    listener(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    await closed(server)
    await router.close()
  })
  const { port } = server.address() as AddressInfo
  return {
    router,
    url: `http://127.0.0.1:${port}`,
    asked,
    goDown: () => {
      isDown = true
      server.closeAllConnections()
    },
    comeBack: () => {
      isDown = false
    },
  }
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
