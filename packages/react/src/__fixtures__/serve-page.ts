import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'

import { createHandler } from '@imrs/http'
import { nodeListener } from '@imrs/http/node'
import { createRouter } from '@imrs/router'
import type { Router } from '@imrs/router'
import { memorySecrets } from '@imrs/secrets'
import { sqliteStore } from '@imrs/store-sqlite'
import { fakeProvider } from '@imrs/testing/host'
import type { FakeModel, FakeProvider } from '@imrs/testing/host'
import { build } from 'vite'
import type { InlineConfig } from 'vite'

/** Builds a page as a host would, into a folder of its own. Remove it with what is returned. */
export async function buildPage(
  root: string,
  config: InlineConfig = {},
): Promise<{ readonly folder: string; readonly remove: () => void }> {
  const folder = mkdtempSync(join(tmpdir(), 'imrs-page-'))
  await build({
    configFile: false,
    logLevel: 'error',
    root,
    ...config,
    build: { outDir: folder, emptyOutDir: true },
  })
  return { folder, remove: () => rmSync(folder, { recursive: true }) }
}

export interface ServedPage {
  readonly url: string
  readonly router: Router
  readonly close: () => Promise<void>
}

/** Serves a built page and, from the same origin, a router with these providers. */
export async function servePage(
  folder: string,
  providers: readonly FakeProvider[],
): Promise<ServedPage> {
  const router = await createRouter({
    store: sqliteStore({ path: ':memory:' }),
    secrets: memorySecrets(),
    providers: providers.map(({ definition }) => definition),
    unconfiguredAgents: 'all',
  })
  const identity = { tenantId: 'default', userId: 'ann', actor: 'user:ann', roles: ['tenant_admin'] } as const
  const handler = createHandler({
    router,
    authentication: [{ kind: 'none', authenticate: async () => ({ identity }) }],
  })
  const listener = nodeListener(handler)
  const server = createServer((request, response) =>
    listener(request, response, () => {
      const path = request.url === '/' ? 'index.html' : (request.url ?? '').slice(1)
      const type = TYPES[extname(path)]
      if (type === undefined) {
        response.writeHead(404).end()
        return
      }
      response.writeHead(200, { 'content-type': type }).end(readFileSync(join(folder, path)))
    }),
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    router,
    url: `http://127.0.0.1:${port}/`,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await router.close()
    },
  }
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
}

/** As many models as the biggest lists have, from four providers, of all prices and abilities. */
export function manyModels(count = 400): readonly FakeProvider[] {
  return ['Alpha', 'Beta', 'Gamma', 'Delta'].map((name, provider) =>
    fakeProvider({
      id: name.toLowerCase(),
      models: Array.from({ length: count / 4 }, (_, index) => modelOf(name, index)),
      answer: () => ({ text: ['Good ', 'morning'], usage: { inputTokens: 1000, outputTokens: 500 } }),
      policy: {},
      rateLimitRpm: provider === 0 ? 60 : undefined,
    }),
  )
}

function modelOf(name: string, index: number): FakeModel {
  const price = String([0, 0.2, 3, 40][index % 4])
  return {
    externalId: `${name.toLowerCase()}-${index}b-chat`,
    displayName: `${name} ${index}B Chat`,
    description: `The model number ${index} of ${name}.`,
    contextLength: 8000 * (1 + (index % 16)),
    pricing: { input: price, output: price },
    capabilities: index % 3 === 0 ? ['text', 'vision', 'function_calling'] : ['text'],
    ...(index === 5 ? { expiresAtMs: Date.UTC(2030, 0, 1) } : {}),
  }
}
