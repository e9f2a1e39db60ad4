import { NO_DRIFT, systemRuntime } from '@imrs/core'
import type { DriftWatch, FeedbackEvent, MessageRecord, Store } from '@imrs/core'
import { expect, it, onTestFinished, vi } from 'vitest'

import { openTestDatabase } from './__fixtures__/test-database.ts'
import type { PostgresClient } from './options.ts'
import { postgresStore } from './postgres-store.ts'

vi.setConfig({ testTimeout: 30_000 })

interface Opened {
  readonly store: Store
  /** The statements of the store so far. */
  readonly asked: string[]
  /** Holds statements that match back until it resolves. */
  readonly hold: (pattern: RegExp, until: Promise<unknown>) => void
}

async function open(): Promise<Opened> {
  const database = await openTestDatabase()
  onTestFinished(database.drop)
  const asked: string[] = []
  let held: { readonly pattern: RegExp; readonly until: Promise<unknown> } | undefined
  const connect = async (): Promise<PostgresClient> => {
    const client: PostgresClient = await database.pool.connect()
    const query: PostgresClient['query'] = async (given) => {
      asked.push(given.text)
      if (held?.pattern.test(given.text) === true) await held.until
      return client.query(given)
    }
    return {
      query,
      on: (event: 'error', listener: (error: Error) => void) => client.on(event, listener),
      off: (event, listener) => client.off(event, listener),
      release: (discard) => client.release(discard),
    } as PostgresClient
  }
  const store = postgresStore({ pool: { connect } })
  onTestFinished(() => store.close())
  await store.migrate()
  asked.length = 0
  return { store, asked, hold: (pattern, until) => (held = { pattern, until }) }
}

function answer(user = 0): MessageRecord & { readonly userId: string } {
  return {
    id: systemRuntime.newId(),
    tenantId: 't',
    agentId: 'a',
    userId: `user-${user}`,
    role: 'assistant',
    model: 'p/m',
    metadata: {},
    createdAtMs: systemRuntime.now(),
    taskType: 'code',
    creditedTaskType: 'code',
    toolsUsed: [],
  }
}

function ratingOf({ id: messageId, tenantId, userId }: MessageRecord): FeedbackEvent {
  return {
    id: systemRuntime.newId(),
    tenantId,
    messageId,
    userId: userId ?? '',
    feedbackType: 'explicit',
    ratingMilli: 700,
    atMs: systemRuntime.now(),
  }
}

async function append(store: Store, ...messages: MessageRecord[]): Promise<void> {
  await store.ledger.append({ decisions: [], attempts: [], messages })
}

/** Counts the ratings it sees. */
const counting: DriftWatch = () => (state) => ({ state: { ...state, ratings: state.ratings + 1 } })

it('takes a rating in two statements, with an alarm and a sink', async () => {
  const { store, asked } = await open()
  const sent = answer()
  await append(store, sent)
  asked.length = 0
  const outcome = await store.feedback.record(ratingOf(sent), { watch: counting, sinks: ['s'] })
  expect(outcome).toMatchObject({ kind: 'recorded', experienceChanged: true })
  expect(asked.map((text) => /imrs_\w+/.exec(text)?.[0])).toEqual([
    'imrs_rating_standing',
    'imrs_record_rating',
  ])
})

it('judges a rating anew when another of the message came between reading and writing', async () => {
  const { store, asked, hold } = await open()
  const sent = answer()
  await append(store, sent)
  const gate = Promise.withResolvers<void>()
  asked.length = 0
  hold(/imrs_record_rating/, gate.promise)
  const implicit: FeedbackEvent = { ...ratingOf(sent), feedbackType: 'implicit', ratingMilli: 100 }
  const both = Promise.all([store.feedback.record(ratingOf(sent)), store.feedback.record(implicit)])
  await vi.waitUntil(() => asked.filter((text) => text.includes('imrs_record_rating')).length === 2)
  gate.resolve()
  await both
  // Whichever came first, the stronger counts, and once.
  const cells = await store.feedback.listExperience({ tenantId: 't', agentId: 'a' })
  expect(cells).toMatchObject([{ count: 1, sum: 700, weightMilli: 1000 }])
  expect(asked.filter((text) => text.includes('imrs_rating_standing'))).toHaveLength(3)
})

it('refuses a rating that was judged before its answer was closed', async () => {
  const { store, asked, hold } = await open()
  const sent = answer()
  await append(store, sent)
  const gate = Promise.withResolvers<void>()
  hold(/imrs_record_rating/, gate.promise)
  const rating = store.feedback.record(ratingOf(sent))
  await vi.waitUntil(() => asked.some((text) => text.includes('imrs_record_rating')))
  const beforeMs = sent.createdAtMs + 86_400_000
  await store.feedback.checkpointExperience({ tenantId: 't', beforeMs })
  gate.resolve()
  expect(await rating).toEqual({ kind: 'closed' })
  expect(await store.feedback.listExperience({ tenantId: 't', agentId: 'a' })).toEqual([])
})

it('moves an alarm by each of many ratings that come at once', async () => {
  const { store } = await open()
  const sent = Array.from({ length: 60 }, (_, user) => answer(user))
  await append(store, ...sent)
  const seen: number[] = []
  const watch: DriftWatch = () => (state) => {
    seen.push(state.ratings)
    return { state: { ...state, ratings: state.ratings + 1 } }
  }
  await Promise.all(sent.map((each) => store.feedback.record(ratingOf(each), { watch })))
  const after: number[] = []
  const last = answer(60)
  await append(store, last)
  await store.feedback.record(ratingOf(last), {
    watch: () => (state) => {
      after.push(state.ratings)
      return { state: NO_DRIFT }
    },
  })
  expect(after.at(-1)).toBe(60)
  expect(new Set(seen).size).toBe(60)
  expect(await store.feedback.rebuildExperience({ tenantId: 't', isDryRun: true })).toMatchObject({
    events: 61,
    differenceCount: 0,
  })
})

it('leaves connections to requests while ratings wait', async () => {
  const { store, asked, hold } = await open()
  const sent = Array.from({ length: 20 }, (_, user) => answer(user))
  await append(store, ...sent)
  const gate = Promise.withResolvers<void>()
  asked.length = 0
  hold(/imrs_rating_standing/, gate.promise)
  const ratings = Promise.all(sent.map((each) => store.feedback.record(ratingOf(each))))
  await vi.waitUntil(() => asked.length === 4)
  // The pool of the test has ten.
  expect(await store.preferences.get({ tenantId: 't', userId: 'u' })).toBeUndefined()
  expect(asked.filter((text) => text.includes('imrs_rating_standing'))).toHaveLength(4)
  gate.resolve()
  expect((await ratings).map(({ kind }) => kind)).toEqual(sent.map(() => 'recorded'))
})
