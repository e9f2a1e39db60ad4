import type { TestProject } from 'vitest/node'

import { startPostgres } from '../../tooling/postgres/index.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** An administrator's connection string of the server of this run. */
    readonly postgresUrl: string
  }
}

export default async function startServer(project: TestProject): Promise<() => Promise<void>> {
  const server = await startPostgres()
  project.provide('postgresUrl', server.url)
  return server.stop
}
