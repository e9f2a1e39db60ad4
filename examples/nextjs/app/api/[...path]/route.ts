import { anonymousSessions, nextRoutes } from '@imrs/http'
import { openRouter } from '@imrs/providers'
import { createRouter } from '@imrs/router'
import { environmentSecrets, memorySecrets } from '@imrs/secrets'
import { sqliteStore } from '@imrs/store-sqlite'
import { startSimulator } from '@imrs/testing/simulator'

export const { DELETE, GET, PATCH, POST, PUT } = nextRoutes(async () => {
  const { IMRS_DB: path = 'imrs.db', OPENROUTER_API_KEY: key, SESSION_SECRET } = process.env
  // Without a key nothing leaves this machine: a simulator plays the provider.
  const simulator = key ? undefined : await startSimulator({ pace: 'realistic' })
  const router = await createRouter({
    store: sqliteStore({ path }),
    secrets: simulator ? memorySecrets(simulator.keys) : environmentSecrets(),
    providers: [openRouter({ apiBase: simulator?.baseUrls.openrouter })],
    unconfiguredAgents: 'all', // or enable models per agent: router.agents.enable(…)
  })
  const secret = SESSION_SECRET ?? crypto.randomUUID()
  return { router, authentication: [anonymousSessions({ secret })] }
})
