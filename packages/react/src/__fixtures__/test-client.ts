import { createTestRuntime } from '@imrs/testing/host'
import type { TestRuntime } from '@imrs/testing/host'

import { createImrsClient } from '../client/imrs-client.ts'
import type { ImrsClient, ImrsClientOptions } from '../client/imrs-client.ts'
import { memoryStorage } from '../client/client-storage.ts'
import type { ClientStorage } from '../client/client-storage.ts'

export interface TestClient {
  readonly client: ImrsClient
  /** Time stands still until it is moved. */
  readonly runtime: TestRuntime
  readonly storage: ClientStorage
}

/** A client over real HTTP, with time and storage of the test. */
export function testClient(url: string, options: ImrsClientOptions = {}): TestClient {
  const runtime = createTestRuntime({ fetch: (...input) => globalThis.fetch(...input) })
  const storage = options.storage ?? memoryStorage()
  const headers = (): Record<string, string> => ({ authorization: 'Bearer anyone' })
  const client = createImrsClient({
    baseUrl: url,
    runtime,
    headers,
    isLive: false,
    ...options,
    storage,
  })
  return { client, runtime, storage }
}
