import type { BenchResult } from './bench-result.ts'
import { startBenchPostgres } from './chat/bench-postgres.ts'
import { startChild } from './chat/child-process.ts'
import { measureLatency } from './chat/latency.ts'
import { measureLoad } from './chat/load.ts'
import { AT_ONCE, SERVER_MODES } from './chat/server-mode.ts'

/**
 * `router.chat` beside the provider's own SDK and beside peers, in one run against one server: time to
 * the first part of text and to the end, requests per second, CPU time.
 */
export async function bench(): Promise<BenchResult[]> {
  const loopback = await startChild(new URL('chat/loopback-process.ts', import.meta.url))
  const { url: serverUrl } = loopback.message as { readonly url: string }
  const postgres = await startBenchPostgres()
  const postgresUrl = postgres?.url
  try {
    const results: BenchResult[] = []
    for (const mode of SERVER_MODES) {
      const rounds =
        mode.firstTokenMs === 0 ? { warmUp: 150, measured: 500 } : { warmUp: 10, measured: 60 }
      results.push(...(await measureLatency({ serverUrl, mode, postgresUrl }, rounds)))
    }
    results.push(...(await measureLoad({ serverUrl, mode: AT_ONCE, postgresUrl })))
    return results
  } finally {
    await postgres?.stop()
    await loopback.child.stop()
  }
}
