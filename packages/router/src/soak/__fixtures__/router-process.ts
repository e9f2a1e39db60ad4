// The process under soak: two routers on one file, one of which hedges, and their callers.
import { once } from 'node:events'

import type { Runtime } from '@imrs/core'
import { systemRuntime, toCapabilityMask } from '@imrs/core'

import type { Answer, Router } from '../../router.ts'
import { counted } from './counted.ts'
import { fastRuntime } from './fast-clock.ts'
import { countCallsKept, measureGrowth } from './growth.ts'
import { makeRequest } from './make-request.ts'
import type { ChoosableModels } from './make-request.ts'
import type {
  FromRouterProcess,
  RequestResult,
  SoakCounts,
  SoakProcessOptions,
} from './messages.ts'
import { planOf } from './request-plan.ts'
import { soakRouter } from './soak-router.ts'
import type { SoakRouter } from './soak-router.ts'

/** Results go together, so that telling them costs little. */
const RESULTS_TOGETHER = 20

class RouterProcess {
  readonly #options: SoakProcessOptions
  readonly #routers: readonly [SoakRouter, SoakRouter]
  readonly #models: ChoosableModels
  readonly #sharedSignal = new AbortController().signal
  #results: RequestResult[] = []
  #answers: WeakRef<object>[] = []
  #finished = 0

  constructor(
    options: SoakProcessOptions,
    routers: readonly [SoakRouter, SoakRouter],
    models: ChoosableModels,
  ) {
    this.#options = options
    this.#routers = routers
    this.#models = models
  }

  async run(): Promise<void> {
    let from = this.#options.from
    for (const requests of this.#options.segments) {
      await this.#segment(from, requests)
      await this.#measure()
      from += requests
    }
  }

  async #measure(): Promise<void> {
    const breakers = this.#routers.map(({ router }) => router.breakers.list().length)
    const growth = await measureGrowth({
      requests: this.#finished,
      signal: this.#sharedSignal,
      breakers: breakers.reduce((sum, count) => sum + count, 0),
      answers: this.#answers,
      settleMs: this.#options.settleMs ?? 0,
    })
    this.#answers = []
    tell({ type: 'growth', growth })
  }

  /** Makes so many requests, as many at once as there may be, and waits for all of them. */
  async #segment(from: number, requests: number): Promise<void> {
    let next = from
    const end = from + requests
    const work = async (): Promise<void> => {
      while (next < end) await this.#request(next++)
      tell({ type: 'draining' })
    }
    const workers = Math.min(this.#options.concurrency, requests)
    await Promise.all(Array.from({ length: workers }, work))
    this.#flush()
  }

  async #request(number: number): Promise<void> {
    const plan = planOf(this.#options.seed, number)
    const [plain, hedging] = this.#routers
    const result = await makeRequest(plan, {
      router: plan.isHedged ? hedging.router : plain.router,
      models: this.#models,
      sharedSignal: this.#sharedSignal,
      onAnswer: (answer) => this.#began(number, answer),
    })
    this.#finished += 1
    if (this.#finished === this.#options.closeStoreAfter) {
      for (const { store } of this.#routers) void store.close()
    }
    this.#results.push(result)
    const { resultsTogether = RESULTS_TOGETHER } = this.#options
    if (this.#results.length >= resultsTogether) this.#flush()
  }

  #began(number: number, answer: Answer): void {
    this.#answers.push(new WeakRef(answer.parts))
    tell({ type: 'begun', number, messageId: answer.messageId })
  }

  #flush(): void {
    const results = this.#results
    this.#results = []
    if (results.length > 0) tell({ type: 'results', results })
  }
}

function tell(message: FromRouterProcess): void {
  process.send?.(message)
}

/** What the process counts itself, past the ledger. */
class Counter {
  #attemptEvents = 0
  #fetches = 0
  readonly #internalFailures: string[] = []

  get counts(): Omit<SoakCounts, 'callsKept'> {
    const internalFailures = counted(this.#internalFailures)
    return { attemptEvents: this.#attemptEvents, fetches: this.#fetches, internalFailures }
  }

  /** Counts the requests that leave for a model. */
  on(runtime: Runtime): Runtime {
    const fetch: Runtime['fetch'] = (input, init) => {
      if (init?.method?.toUpperCase() === 'POST') this.#fetches += 1
      return systemRuntime.fetch(input, init)
    }
    return { ...runtime, fetch }
  }

  watch(router: Router): void {
    router.on('attempt-ended', () => {
      this.#attemptEvents += 1
    })
    router.on('internal-failed', ({ part, error }) => {
      this.#internalFailures.push(`${part}: ${error.message}`)
    })
  }
}

async function choosableModels({ store }: SoakRouter): Promise<ChoosableModels> {
  const models = (await store.models.listRoutable()).filter(
    ({ modelType, isAvailable }) => modelType === 'chat' && isAvailable,
  )
  const tools = toCapabilityMask(['function_calling'])
  return {
    all: models.map(({ id }) => id),
    withTools: models
      .filter(({ capabilities }) => (toCapabilityMask(capabilities) & tools) !== 0)
      .map(({ id }) => id),
  }
}

async function main(options: SoakProcessOptions): Promise<void> {
  const counter = new Counter()
  const runtime = counter.on(fastRuntime(options.clock, options.clockJumpMs))
  const plain = await soakRouter(options, { runtime, isHedging: false })
  const hedging = await soakRouter(options, { runtime, isHedging: true })
  for (const { router } of [plain, hedging]) counter.watch(router)
  const models = await choosableModels(plain)
  tell({ type: 'ready' })
  await new RouterProcess(options, [plain, hedging], models).run()
  const callsKept = countCallsKept()
  await Promise.all([plain, hedging].map(({ router }) => router.close()))
  tell({ type: 'done', counts: { ...counter.counts, callsKept } })
  // From here on nothing keeps the process alive, or something was left behind.
  process.disconnect?.()
}

const [options] = (await once(process, 'message')) as [SoakProcessOptions]
await main(options).catch((error: unknown) => {
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error)
  tell({ type: 'crashed', message })
  process.exitCode = 1
  process.disconnect?.()
})
