import { getEventListeners } from 'node:events'
import { join } from 'node:path'
import process from 'node:process'

import { seededRandom } from '@imrs/core'
import type { AnswerPart, Attempt, ChatRequest } from '@imrs/core'
import { anthropic, google, openRouter, openai, requesty } from '@imrs/providers'
import { memorySecrets } from '@imrs/secrets'
import { sqliteStore } from '@imrs/store-sqlite'

import { createRouter } from '../../create-router.ts'
import type { Router } from '../../router.ts'
import type { CallSummary } from './soak-messages.ts'
import type { FaultyProviders } from './start-providers.ts'

export interface SoakOptions {
  readonly requests: number
  readonly concurrency: number
  readonly seed: number
  /** Where the database is made. */
  readonly folder: string
  /** Default: off. The loser of a race may be ended before its request has left. */
  readonly isHedged?: boolean | undefined
}

/** How one request went, as its reader saw it. */
export interface SoakAnswer {
  readonly marker: number
  readonly messageId: string
  readonly last: AnswerPart | undefined
  /** How many `end` and `error` parts there were. */
  readonly endings: number
  /** The reader left of its own will. */
  readonly left: boolean
  readonly attempts: readonly Attempt[]
}

export interface Growth {
  readonly heapBytes: number
  readonly listeners: number
  readonly resources: readonly string[]
}

export interface SoakReport {
  readonly answers: readonly SoakAnswer[]
  readonly calls: readonly CallSummary[]
  /** After a warm-up, in the middle, and at the end. */
  readonly growth: readonly Growth[]
  readonly durationMs: number
}

/** Plays the requests, so many at once, and takes down how each went on both sides. */
export async function runSoak(options: SoakOptions, providers: FaultyProviders): Promise<SoakReport> {
  const store = sqliteStore({ path: join(options.folder, 'soak.db') })
  const router = await makeSoakRouter(store, providers, options)
  const longLived = new AbortController()
  const asked: Pick<SoakAnswer, 'marker' | 'messageId' | 'last' | 'endings' | 'left'>[] = []
  const growth: Growth[] = []
  const startedAt = performance.now()
  const marks = [0.2, 0.6, 1].map((share) => Math.round(options.requests * share))
  let next = 0
  for (const until of marks) {
    const worker = async (): Promise<void> => {
      while (next < until) {
        const marker = next
        next += 1
        asked.push(await ask(router, { marker, seed: options.seed, signal: longLived.signal }))
      }
    }
    await Promise.all(Array.from({ length: options.concurrency }, worker))
    growth.push(measure(longLived.signal))
  }
  const durationMs = performance.now() - startedAt
  const answers = await Promise.all(
    asked.map(async (answer) => {
      const key = { tenantId: tenantOf(answer.marker), messageId: answer.messageId }
      return { ...answer, attempts: await store.ledger.listAttempts(key) }
    }),
  )
  const calls = await providers.calls()
  await router.close()
  return { answers, calls, growth, durationMs }
}

function makeSoakRouter(
  store: ReturnType<typeof sqliteStore>,
  { baseUrls, keys }: FaultyProviders,
  { isHedged = false }: SoakOptions,
): Promise<Router> {
  const options = (apiBase: string) => ({ apiBase, allowPrivateNetwork: true })
  return createRouter({
    store,
    secrets: memorySecrets({ ...keys }),
    unconfiguredAgents: 'all',
    providers: [
      openRouter(options(baseUrls.openrouter)),
      openai(options(baseUrls.openai)),
      requesty(options(baseUrls.requesty)),
      google(options(`${baseUrls.google}/v1beta`)),
      anthropic(options(`${baseUrls.anthropic}/v1`)),
    ],
    timeouts: {
      headersMs: 4_000,
      firstPartMs: 4_000,
      wholeMs: 2_000,
      idleMs: 1_000,
      totalMs: 20_000,
    },
    // Models come back soon: the run is about calls, not about rest.
    breaker: { openMs: 20, longestOpenMs: 40, minimumCalls: 20 },
    retries: { budgetShare: 1, budgetPerSecond: 100 },
    ...(isHedged ? { hedging: { afterMs: 400 } } : {}),
    maxWaitMs: 500,
  })
}

interface Asking {
  readonly marker: number
  readonly seed: number
  readonly signal: AbortSignal
}

const MODELS = ['auto', 'auto', 'openai/gpt-4o', 'google/gemini-2.5-flash'] as const

function tenantOf(marker: number): string {
  return `tenant-${marker % 3}`
}

async function ask(router: Router, { marker, seed, signal }: Asking) {
  const random = seededRandom(seed * 7_919 + marker)
  const request: ChatRequest = {
    tenantId: tenantOf(marker),
    agentId: `agent-${marker % 5}`,
    userId: `user-${marker % 50}`,
    model: MODELS[Math.floor(random() * MODELS.length)] ?? 'auto',
    stream: random() < 0.9,
    messages: [{ role: 'user', content: `Write two sentences about rivers. marker-${marker}` }],
  }
  const own = new AbortController()
  // Half of those who leave do so by the signal, half by the loop; all after something was visible.
  const leaves = random() < 0.1
  const bySignal = random() < 0.5
  const answer = await router.chat(request, { signal: leaves && bySignal ? own.signal : signal })
  let endings = 0
  let last: AnswerPart | undefined
  let texts = 0
  for await (const part of answer.parts) {
    last = part
    if (part.type === 'end' || part.type === 'error') endings += 1
    if (part.type === 'text-delta') texts += 1
    if (!leaves || texts < 2 || part.type !== 'text-delta') continue
    if (!bySignal) break
    own.abort()
  }
  const left = leaves && !bySignal && endings === 0
  return { marker, messageId: answer.messageId, last, endings, left }
}

function measure(signal: AbortSignal): Growth {
  globalThis.gc?.()
  return {
    heapBytes: process.memoryUsage().heapUsed,
    listeners: getEventListeners(signal, 'abort').length,
    resources: process.getActiveResourcesInfo().toSorted(),
  }
}
