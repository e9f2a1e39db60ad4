interface PostgresTools {
  startPostgres(): Promise<PostgresServer>
  createDatabase(url: string): Promise<{ readonly url: string; readonly drop: () => Promise<void> }>
}

interface PostgresServer {
  readonly url: string
  readonly stop: () => Promise<void>
}

/** A database on a server of this machine; `undefined` when none can be started here. */
export async function startBenchPostgres(): Promise<PostgresServer | undefined> {
  const tools = (await import(
    new URL('../../tooling/postgres/index.ts', import.meta.url).href
  )) as PostgresTools
  const server = await tools.startPostgres().catch(() => undefined)
  if (server === undefined) return undefined
  const database = await tools.createDatabase(server.url)
  return {
    url: database.url,
    stop: async () => {
      await database.drop()
      await server.stop()
    },
  }
}
