import type { LearningSink, MessageRecord, RouterEvent, Runtime, Store } from '@imrs/core'
import { webhookSink } from '@imrs/feedback'
import { memorySecrets } from '@imrs/secrets'
import { sqliteStore } from '@imrs/store-sqlite'
import { createTestRuntime } from '@imrs/testing/host'
import type { TestRuntime } from '@imrs/testing/host'
import { startSinkReceiver } from '@imrs/testing/simulator'
import type { SinkReceiver } from '@imrs/testing/simulator'
import { onTestFinished } from 'vitest'

import { createRouter } from '../../create-router.ts'
import type { RouterOptions } from '../../options.ts'
import type { Router } from '../../router.ts'

export const WEBHOOK_KEY = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
export const SOMABRAIN_TOKEN = 'a-token-of-somabrain'
export const USER = 'u1'

/** A router with a sink that really is somewhere, on a clock that stands still. */
export interface SinkStage {
  readonly router: Router
  readonly store: Store
  readonly runtime: TestRuntime
  readonly receiver: SinkReceiver
  readonly events: readonly RouterEvent[]
  /** Resolves when the condition holds, asked again after everything that happens; time stands still. */
  readonly until: (condition: () => boolean | Promise<boolean>) => Promise<void>
  /** Lets time go on, by steps, whenever nothing else goes on, until the condition holds. */
  readonly drive: (condition: () => boolean | Promise<boolean>, stepMs?: number) => Promise<void>
  /** Whether nothing waits for any sink. */
  readonly isEmpty: () => Promise<boolean>
}

export interface StageOptions {
  /** Default: the webhook sink. */
  readonly sinkOf?: (url: string, runtime: Runtime) => LearningSink
  readonly kind?: 'somabrain' | 'webhook'
  readonly store?: Store
  readonly receiver?: SinkReceiver
  readonly start?: number
  readonly seed?: number
  readonly router?: Partial<RouterOptions>
}

export async function stage(options: StageOptions = {}): Promise<SinkStage> {
  const watch = new Watch()
  const runtime = watchedRuntime(options, watch)
  const receiver = options.receiver ?? (await receiverOf(options.kind ?? 'webhook', runtime))
  const store = watchedStore(options.store ?? sqliteStore({ path: ':memory:' }), watch)
  const { sinkOf = (url) => webhookSink({ url, runtime, timeoutMs: 5_000 }) } = options
  const events: RouterEvent[] = []
  const router = await createRouter({
    providers: [],
    secrets: memorySecrets({ webhook: WEBHOOK_KEY, somabrain: SOMABRAIN_TOKEN }),
    ...options.router,
    store,
    runtime,
    sinks: [sinkOf(receiver.url, runtime)],
  })
  for (const type of ['sink-down', 'sink-recovered', 'delivery-set-aside', 'internal-failed'] as const) {
    router.on(type, (event) => events.push(event))
  }
  onTestFinished(async () => {
    await receiver.close()
    await router.close()
  })
  const isQuiet = (): boolean => watch.isQuiet(receiver.hanging)
  const until: SinkStage['until'] = async (condition) => {
    while (!(await condition())) await watch.next(receiver)
  }
  return {
    router,
    store,
    runtime,
    receiver,
    events,
    until,
    drive: async (condition, stepMs = 1_000) => {
      while (!(await condition())) {
        await until(isQuiet)
        await runtime.advance(stepMs)
      }
    },
    isEmpty: async () =>
      (await store.outbox.status([])).every(({ pending, setAside }) => pending + setAside === 0),
  }
}

async function receiverOf(kind: 'somabrain' | 'webhook', runtime: Runtime): Promise<SinkReceiver> {
  const secret = kind === 'webhook' ? WEBHOOK_KEY : SOMABRAIN_TOKEN
  return startSinkReceiver({ kind, secret, runtime })
}

/** What goes on between the router, its store and the network. */
class Watch {
  #inFlight = 0
  #isResting = false
  #listeners: (() => void)[] = []

  /** Nothing happens until time goes on. */
  isQuiet(hanging: number): boolean {
    return this.#inFlight > 0 ? hanging >= this.#inFlight : this.#isResting
  }

  async next(receiver: SinkReceiver): Promise<void> {
    const { length } = receiver.requests
    const { hanging } = receiver
    const asked = receiver.until(
      () => receiver.requests.length !== length || receiver.hanging !== hanging,
    )
    await Promise.race([asked, new Promise<void>((resolve) => this.#listeners.push(resolve))])
  }

  async fetched<T>(call: () => Promise<T>): Promise<T> {
    this.#inFlight += 1
    try {
      return await call()
    } finally {
      this.#inFlight -= 1
      this.tell()
    }
  }

  rests(isResting: boolean): void {
    this.#isResting = isResting
    this.tell()
  }

  tell(): void {
    const listeners = this.#listeners
    this.#listeners = []
    for (const listener of listeners) listener()
  }
}

function watchedRuntime({ seed = 1, start }: StageOptions, watch: Watch): TestRuntime {
  const fetch: typeof globalThis.fetch = (...input) =>
    watch.fetched(() => globalThis.fetch(...input))
  return createTestRuntime({ seed, fetch, ...(start === undefined ? {} : { start }) })
}

function watchedStore(store: Store, watch: Watch): Store {
  const outbox: Store['outbox'] = {
    ...store.outbox,
    claim: async (request, call) => {
      watch.rests(false)
      const claimed = await store.outbox.claim(request, call).catch((error: unknown) => {
        watch.rests(true)
        throw error
      })
      watch.rests(claimed.kind !== 'claimed')
      return claimed
    },
    settle: async (settlement, call) => {
      await store.outbox.settle(settlement, call).catch((error: unknown) => {
        watch.rests(true)
        throw error
      })
      watch.tell()
    },
  }
  return { ...store, outbox }
}

/** Answers that can be rated; nobody made them. */
export async function answers(
  store: Store,
  count: number,
  changes: Partial<MessageRecord> = {},
): Promise<readonly string[]> {
  const ids = Array.from({ length: count }, (_, index) => messageId(index))
  await store.ledger.append({
    decisions: [],
    attempts: [],
    messages: ids.map((id) => ({
      id,
      tenantId: 'default',
      agentId: 'mascot',
      userId: USER,
      role: 'assistant',
      model: 'p/m',
      metadata: {},
      createdAtMs: Date.UTC(2026, 0, 1),
      taskType: 'code',
      creditedTaskType: 'code',
      toolsUsed: [],
      ...changes,
    })),
  })
  return ids
}

function messageId(index: number): string {
  return `019b7600-0000-7000-8000-${String(index).padStart(12, '0')}`
}

/** Ids of the deliveries of an answer in the order its events were stored. */
export async function expectedOf(store: Store, id: string): Promise<readonly string[]> {
  const events = await store.feedback.listEvents({ tenantId: 'default', messageId: id })
  return events.map((event) => `${id}_${event.id}`)
}
