import { createRouter } from '@imrs/router'
import type { Router } from '@imrs/router'
import { memorySecrets } from '@imrs/secrets'
import { fakeProvider } from '@imrs/testing/host'

import type { BenchResult } from './bench-result.ts'
import { startChild } from './chat/child-process.ts'
import { quantile } from './chat/quantile.ts'
import { runOpenLoop } from './feedback/open-loop.ts'
import type { OpenLoopResult } from './feedback/open-loop.ts'
import { MODEL_NAMES, loadRated, makeAnswer } from './feedback/rated-answers.ts'
import type { RatingRequest } from './feedback/rating-process.ts'
import { openBenchStores } from './stores.ts'
import type { BenchStore } from './stores.ts'

/** Ratings that are there already, each size ten times the one before. */
const SIZES = [10_000, 100_000, 1_000_000]
const FEEDBACK_PER_SECOND = 500
const DECISIONS_PER_SECOND = 200
const SECONDS = 8
const WARM_UP_SECONDS = 2
const AT_ONCE = 16
const BURST = 4_000

/**
 * `router.feedback` at 500 a second while decisions are made and a process beside it reads reports; the
 * same decisions alone, and beside as many ratings that another process takes; and as many ratings as
 * go, 16 at a time. On both stores, which grow in between.
 */
export async function bench(): Promise<BenchResult[]> {
  const results: BenchResult[] = []
  for (const opened of await openBenchStores()) {
    const router = await createRouter({
      store: opened.store,
      secrets: memorySecrets(),
      unconfiguredAgents: 'all',
      providers: [fakeProvider({ id: 'p', models: MODEL_NAMES }).definition],
    })
    try {
      let stored = 0
      for (const size of SIZES) {
        await loadRated(opened, size - stored)
        stored = size
        results.push(...(await measure(opened, router, size)))
      }
    } finally {
      await router.close()
      await opened.close()
    }
  }
  return results
}

async function measure(
  opened: BenchStore,
  router: Router,
  size: number,
): Promise<readonly BenchResult[]> {
  const ratings = FEEDBACK_PER_SECOND * (WARM_UP_SECONDS + SECONDS) + BURST
  const answers = Array.from({ length: ratings }, (_, index) => makeAnswer(index))
  for (let start = 0; start < answers.length; start += 500) {
    const messages = answers.slice(start, start + 500)
    await opened.store.ledger.append({ decisions: [], attempts: [], messages })
  }
  const rate = async (): Promise<void> => {
    const answer = answers.pop()
    if (answer === undefined) throw new Error('All answers are rated')
    const { id: messageId, userId } = answer
    await router.feedback({ messageId, userId, rating: (messageId.charCodeAt(20) % 11) / 10 })
  }
  const decide = (index: number): Promise<unknown> =>
    router.decide({
      agentId: `agent-${index % 5}`,
      userId: 'user-1',
      model: 'auto',
      messages: [{ role: 'user', content: 'Write a function that adds two numbers' }],
    })
  const decisions = (seconds: number) =>
    runOpenLoop({ perSecond: DECISIONS_PER_SECOND, seconds, call: decide })
  const feedback = (seconds: number) =>
    runOpenLoop({ perSecond: FEEDBACK_PER_SECOND, seconds, call: rate, seed: 2 })

  await decisions(WARM_UP_SECONDS)
  const alone = await decisions(SECONDS)
  const elsewhere = await besideRatingsElsewhere(opened, () => decisions(SECONDS))
  const reader = await startChild(new URL('feedback/report-reader.ts', import.meta.url), {
    parameters: [opened.name, opened.address],
  })
  try {
    await feedback(WARM_UP_SECONDS)
    const [rated, beside] = await Promise.all([feedback(SECONDS), decisions(SECONDS)])
    const p99 = quantile(alone.latenciesMs, 0.99)
    const name = `${opened.name}, ${size.toLocaleString('en')} ratings stored`
    const perSecond = Math.round((rated.latenciesMs.length * 1000) / rated.tookMs)
    return [
      {
        ...row(`${name}: feedback, ${FEEDBACK_PER_SECOND}/s`, rated.latenciesMs),
        note: `p95 ${quantile(rated.latenciesMs, 0.95).toFixed(2)} ms, ${perSecond}/s answered, ${rated.failed} failed`,
      },
      row(`${name}: decide alone`, alone.latenciesMs),
      {
        ...row(`${name}: decide beside it`, beside.latenciesMs),
        note: `p99 ${(quantile(beside.latenciesMs, 0.99) / p99).toFixed(2)}× of alone, ${beside.failed} failed`,
      },
      {
        ...row(`${name}: decide beside ratings of another process`, elsewhere.latenciesMs),
        note: `p99 ${(quantile(elsewhere.latenciesMs, 0.99) / p99).toFixed(2)}× of alone, ${elsewhere.failed} failed`,
      },
      await burst(name, rate),
    ]
  } finally {
    await reader.child.stop()
  }
}

/** What is left of the effect when the ratings take this process no time. */
async function besideRatingsElsewhere(
  { name, address }: BenchStore,
  decisions: () => Promise<OpenLoopResult>,
): Promise<OpenLoopResult> {
  const rating = await startChild(new URL('feedback/rating-process.ts', import.meta.url), {
    parameters: [name, address],
  })
  try {
    const wanted: RatingRequest = { perSecond: FEEDBACK_PER_SECOND, seconds: SECONDS }
    await rating.child.ask(wanted)
    return await decisions()
  } finally {
    await rating.child.stop()
  }
}

async function burst(name: string, rate: () => Promise<void>): Promise<BenchResult> {
  const samples: number[] = []
  let left = BURST
  const start = performance.now()
  const usedBefore = process.cpuUsage()
  const worker = async (): Promise<void> => {
    while (left > 0) {
      left -= 1
      const began = performance.now()
      await rate()
      samples.push(performance.now() - began)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  const perSecond = Math.round((BURST * 1000) / (performance.now() - start))
  const { user, system } = process.cpuUsage(usedBefore)
  const ownMs = ((user + system) / BURST / 1000).toFixed(2)
  const note = `${perSecond}/s, ${ownMs} ms of this process' CPU each`
  return { ...row(`${name}: feedback, ${AT_ONCE} at a time`, samples), note }
}

function row(name: string, samples: readonly number[]): BenchResult {
  const [p50, p99] = [quantile(samples, 0.5), quantile(samples, 0.99)]
  return { name, unit: 'ms', p50, p99, samples: samples.length }
}
