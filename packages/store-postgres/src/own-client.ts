import { Client } from 'pg'
import type { ClientConfig } from 'pg'

import type { PostgresClient } from './options.ts'

/** Opens a connection outside of any pool; releasing it closes it. */
export async function openOwnClient(config: ClientConfig): Promise<PostgresClient> {
  const client = new Client(config)
  // Whoever uses it hears of it by the next statement; unheard, it ends the process.
  client.on('error', () => {})
  await client.connect()
  const release = (): void => {
    client.end().catch(() => undefined)
  }
  return Object.assign(client, { release })
}
