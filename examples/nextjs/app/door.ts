import { randomBytes } from 'node:crypto'

import { anonymousSessions, createHandler } from '@imrs/http'
import type { HttpHandler } from '@imrs/http'
import { google, openai, openRouter } from '@imrs/providers'
import { createRouter } from '@imrs/router'
import { environmentSecrets, memorySecrets, variablesOf } from '@imrs/secrets'
import { sqliteStore } from '@imrs/store-sqlite'
import { startSimulator } from '@imrs/testing/simulator'

async function openDoor(): Promise<HttpHandler> {
  const hasKey = ['google', 'openai', 'openrouter']
    .flatMap(variablesOf)
    .some((name) => process.env[name])
  // Without a key nothing leaves this machine: a simulator plays all three providers.
  const simulator = hasKey ? undefined : await startSimulator({ pace: 'realistic' })
  const router = await createRouter({
    store: sqliteStore({ path: process.env['IMRS_DB'] ?? 'imrs.db' }),
    secrets: simulator === undefined ? environmentSecrets() : memorySecrets(simulator.keys),
    providers: [
      openRouter({ apiBase: simulator?.baseUrls.openrouter }),
      openai({ apiBase: simulator?.baseUrls.openai }),
      google({ apiBase: simulator?.baseUrls.google }),
    ],
    unconfiguredAgents: 'all', // or enable models per agent: router.agents.enable(…)
  })
  const secret = process.env['SESSION_SECRET'] ?? randomBytes(32).toString('hex')
  return createHandler({ router, authentication: [anonymousSessions({ secret })] })
}

// Of the process, not of this module, which a hot reload loads anew.
const shared = globalThis as { imrs?: Promise<HttpHandler> | undefined }

export async function handler(request: Request): Promise<Response> {
  shared.imrs ??= openDoor().catch((error: unknown) => {
    shared.imrs = undefined
    throw error
  })
  return (await shared.imrs)(request)
}
