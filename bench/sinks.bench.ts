import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'

import { systemRuntime } from '@imrs/core'
import type { MessageRecord } from '@imrs/core'
import { webhookSink } from '@imrs/feedback'
import { createRouter } from '@imrs/router'
import type { Router } from '@imrs/router'
import { memorySecrets } from '@imrs/secrets'
import { sqliteStore } from '@imrs/store-sqlite'

import type { BenchResult } from './bench-result.ts'

const SIGNALS = 3_000
const KEY = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'

/**
 * `router.feedback` on a SQLite file without a sink, with one that cannot be reached (the record is
 * kept), and with one that takes what comes; then how fast 3,000 records that waited are delivered.
 */
export async function bench(): Promise<BenchResult[]> {
  const receiver = await startReceiver()
  const results: BenchResult[] = []
  try {
    const off = await withRouter(undefined, ({ router, messages }) => rateAll(router, messages))
    results.push(toResult('feedback, no sink', off))
    const kept = await withRouter('http://127.0.0.1:9', ({ router, messages }) =>
      rateAll(router, messages),
    )
    results.push(toResult('feedback, a sink that is down', kept))
    const on = await withRouter(receiver.url, ({ router, messages }) => rateAll(router, messages))
    results.push(toResult('feedback, a sink that takes it at once', on))
    results.push(await drain(receiver))
    return results
  } finally {
    receiver.server.closeAllConnections()
    receiver.server.close()
  }
}

interface Receiver {
  readonly server: Server
  readonly url: string
  readonly count: () => number
  /** Resolves when so many requests have come. */
  readonly until: (count: number) => Promise<void>
  readonly refuse: (isRefusing: boolean) => void
}

async function startReceiver(): Promise<Receiver> {
  let count = 0
  let isRefusing = false
  let waiting: { readonly count: number; readonly resolve: () => void } | undefined
  const server = createServer((request, response) => {
    request.resume()
    request.once('end', () => {
      if (!isRefusing) count += 1
      response.writeHead(isRefusing ? 503 : 204).end()
      if (waiting !== undefined && count >= waiting.count) waiting.resolve()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    server,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    count: () => count,
    until: (wanted) =>
      new Promise((resolve) => {
        waiting = { count: wanted, resolve }
        if (count >= wanted) resolve()
      }),
    refuse: (value) => {
      isRefusing = value
    },
  }
}

interface Bed {
  readonly router: Router
  readonly messages: readonly MessageRecord[]
}

async function withRouter<T>(url: string | undefined, work: (bed: Bed) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'imrs-bench-'))
  const store = sqliteStore({ path: join(folder, 'imrs.db') })
  const router = await createRouter({
    store,
    secrets: memorySecrets({ webhook: KEY }),
    providers: [],
    ...(url === undefined ? {} : { sinks: [webhookSink({ url })] }),
  })
  try {
    const messages = Array.from({ length: SIGNALS }, (_, index) => message(index))
    await store.ledger.append({ decisions: [], attempts: [], messages })
    return await work({ router, messages })
  } finally {
    await router.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

function message(index: number): MessageRecord {
  return {
    id: systemRuntime.newId(),
    tenantId: 'default',
    agentId: 'agent',
    userId: `u${index % 50}`,
    role: 'assistant',
    model: `p/${index % 4}`,
    metadata: {},
    createdAtMs: systemRuntime.now(),
    taskType: 'code',
    creditedTaskType: 'code',
    toolsUsed: [],
  }
}

/** Milliseconds of each. */
async function rateAll(router: Router, messages: readonly MessageRecord[]): Promise<number[]> {
  const took: number[] = []
  for (const [index, { id: messageId, userId = '' }] of messages.entries()) {
    const beganMs = performance.now()
    await router.feedback({ messageId, userId, rating: (index % 11) / 10 })
    took.push(performance.now() - beganMs)
  }
  return took
}

/** All wait for a sink that is down; then it is there. */
async function drain(receiver: Receiver): Promise<BenchResult> {
  receiver.refuse(true)
  return withRouter(receiver.url, async ({ router, messages }) => {
    await rateAll(router, messages)
    const before = receiver.count()
    receiver.refuse(false)
    const beganMs = performance.now()
    await router.sinks.retry({ sink: 'webhook' })
    await receiver.until(before + SIGNALS)
    const seconds = (performance.now() - beganMs) / 1000
    const perSecond = SIGNALS / seconds
    const note = `${SIGNALS} records in ${seconds.toFixed(2)} s`
    const name = 'deliveries of what waited, four at once'
    return { name, unit: '/s', p50: perSecond, p99: perSecond, samples: 1, note }
  })
}

function toResult(name: string, took: readonly number[]): BenchResult {
  const sorted = took.toSorted((left, right) => left - right)
  const at = (share: number): number => (sorted[Math.floor(share * sorted.length)] ?? 0) * 1000
  const note = `p95 ${at(0.95).toFixed(0)} µs`
  return { name, unit: 'µs', p50: at(0.5), p99: at(0.99), samples: sorted.length, note }
}
