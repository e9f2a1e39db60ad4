import { systemRuntime } from '@imrs/core'
import type { MessageRecord } from '@imrs/core'

import type { BenchStore, LoadedRow } from '../stores.ts'

const TASKS = ['code', 'write', 'general', 'summarize']
const AGENTS = 5
const USERS = 10_000
const MODELS = 500
const DAY_MS = 86_400_000

export const MODEL_NAMES: readonly string[] = Array.from(
  { length: MODELS },
  (_, index) => `model-${index}`,
)

/** An answer that can be rated. */
export function makeAnswer(index: number): MessageRecord & { readonly userId: string } {
  const task = TASKS[index % TASKS.length] ?? ''
  return {
    id: systemRuntime.newId(),
    tenantId: 'default',
    agentId: `agent-${index % AGENTS}`,
    userId: `user-${(index * 7919) % USERS}`,
    role: 'assistant',
    model: `p/${MODEL_NAMES[(index * 31) % MODELS]}`,
    metadata: {},
    createdAtMs: systemRuntime.now(),
    taskType: task,
    creditedTaskType: task,
    toolsUsed: [],
  }
}

/** Rated answers as they are when the store has taken the ratings, and the experience of them. */
export async function loadRated({ name, load }: BenchStore, count: number): Promise<void> {
  await load('messages', messageRows(count))
  await load('feedback_events', eventRows(name, count))
}

const made: MessageRecord[] = []

function answerOf(index: number): MessageRecord & { readonly userId?: string | undefined } {
  return (made[index] ??= makeAnswer(index))
}

function* messageRows(count: number): Generator<LoadedRow> {
  made.length = 0
  for (let index = 0; index < count; index += 1) {
    const answer = answerOf(index)
    yield {
      id: answer.id,
      role: 'assistant',
      model: answer.model,
      metadata: '{}',
      created_at: new Date(answer.createdAtMs - (index % 28) * DAY_MS).toISOString(),
      rating: (index % 11) / 10,
      task_type: answer.taskType,
      credited_task_type: answer.taskType,
      tools_used: '[]',
      feedback_type: 'explicit',
      feedback_at: new Date(answer.createdAtMs).toISOString(),
      tenant_id: answer.tenantId,
      agent_id: answer.agentId,
      user_id: answer.userId,
    }
  }
}

function* eventRows(name: BenchStore['name'], count: number): Generator<LoadedRow> {
  for (let index = 0; index < count; index += 1) {
    const answer = answerOf(index)
    yield {
      // PostgreSQL counts from a sequence of its own; these stay below what it gives later.
      ...(name === 'SQLite' ? {} : { seq: index - count }),
      id: systemRuntime.newId(),
      tenant_id: answer.tenantId,
      message_id: answer.id,
      user_id: answer.userId,
      feedback_type: 'explicit',
      rating_milli: (index % 11) * 100,
      given_at: new Date(answer.createdAtMs).toISOString(),
      epoch: 0,
      weight_milli: 1000,
    }
  }
}
