import { performance } from 'node:perf_hooks'

import { seededRandom, systemRuntime } from '@imrs/core'
import type { Store } from '@imrs/core'

import { quantile } from '../chat/quantile.ts'
import { madeAnswer } from './scaling-rows.ts'

const SAMPLES = 300
const TENANT = 'default'

/** What requests wait for, by name. */
export const HOT_STATEMENTS: readonly string[] = [
  'feedback on an answer',
  'answer recorded',
  'message read',
  'decision read',
  'experience of an agent',
]

/** Milliseconds of one statement over a store of a size. */
export interface StatementTimes {
  readonly name: string
  readonly p50: number
  readonly p99: number
}

type Call = (index: number) => Promise<unknown>

/** Calls each statement on random answers of a store that has so many. */
export async function timeStatements(store: Store, count: number): Promise<StatementTimes[]> {
  const random = seededRandom(count)
  const calls = callsOf(store, count)
  const times: StatementTimes[] = []
  for (const [place, name] of HOT_STATEMENTS.entries()) {
    const call = calls[place]
    if (call === undefined) throw new TypeError(`Nothing does: ${name}`)
    const samples: number[] = []
    for (let sample = -20; sample < SAMPLES; sample += 1) {
      const index = Math.floor(random() * count)
      const startMs = performance.now()
      await call(index)
      if (sample >= 0) samples.push(performance.now() - startMs)
    }
    times.push({ name, p50: quantile(samples, 0.5), p99: quantile(samples, 0.99) })
  }
  return times
}

/** In the order of their names. */
function callsOf(store: Store, count: number): readonly Call[] {
  const answer = (index: number) => madeAnswer(index, count)
  return [
    (index) =>
      store.feedback.record({
        id: systemRuntime.newId(),
        tenantId: TENANT,
        messageId: answer(index).id,
        userId: answer(index).user,
        feedbackType: 'explicit',
        ratingMilli: 250,
        atMs: systemRuntime.now(),
      }),
    (index) => store.ledger.append(recordOf(answer(index).agent, answer(index).model)),
    (index) => store.ledger.getMessage({ tenantId: TENANT, messageId: answer(index).id }),
    (index) =>
      store.ledger.getDecision({ tenantId: TENANT, decisionId: `0${answer(index).id.slice(1)}` }),
    (index) => store.feedback.listExperience({ tenantId: TENANT, agentId: answer(index).agent }),
  ]
}

function recordOf(agentId: string, model: string): Parameters<Store['ledger']['append']>[0] {
  const message = {
    id: systemRuntime.newId(),
    tenantId: TENANT,
    agentId,
    role: 'assistant' as const,
    model,
    metadata: {},
    createdAtMs: systemRuntime.now(),
    taskType: 'code',
    creditedTaskType: 'code',
    toolsUsed: [],
  }
  return { decisions: [], attempts: [], messages: [message] }
}
