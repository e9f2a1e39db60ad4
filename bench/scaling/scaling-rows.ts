import { seededRandom } from '@imrs/core'
import { TABLES } from '@imrs/store-kysely'

/** A row as a driver takes it. */
export type Row = Readonly<Record<string, unknown>>

const TASKS = ['code', 'write', 'general', 'math', 'translate', 'summarize']
const AGENTS = 1_000
const MODELS = 200
const START_MS = Date.UTC(2026, 10, 1)
/** Three weeks of answers, all of one month: partitions are no part of what is measured. */
const SPAN_MS = 20 * 86_400_000
const RANDOM_PART = 2 ** 32

/** The answer of a number: its id, and what its rows have in common. */
export interface MadeAnswer {
  readonly id: string
  readonly agent: string
  readonly user: string
  readonly model: string
  readonly task: string
  readonly at: string
}

/** The same answers for the same numbers, spread evenly over the time, whoever asks. */
export function madeAnswer(index: number, count: number): MadeAnswer {
  const random = seededRandom(index + 1)
  const atMs = Math.floor(START_MS + (index / count) * SPAN_MS)
  const pick = (most: number): number => Math.floor(random() * most)
  const hex = atMs.toString(16).padStart(12, '0')
  const tail = (Math.floor(random() * RANDOM_PART) * 4_096 + pick(4_096)).toString(16)
  return {
    id: `${hex.slice(0, 8)}-${hex.slice(8)}-7${String(pick(900) + 100)}-8${String(pick(900) + 100)}-${tail.padStart(12, '0').slice(-12)}`,
    agent: `agent-${pick(AGENTS)}`,
    user: `user-${pick(Math.max(100, count / 20))}`,
    model: `provider-${pick(20)}/model-${pick(MODELS)}`,
    task: TASKS[pick(TASKS.length)] ?? 'general',
    at: new Date(atMs).toISOString(),
  }
}

const CANDIDATES = JSON.stringify(
  Array.from({ length: 4 }, (_, index) => ({
    modelId: `provider-${index}/model-${index}`,
    score: 0.5123,
    priority: 0.5,
    ratings: 12,
  })),
)

type Maker = (answer: MadeAnswer, index: number) => Row

/** What an answer leaves behind, as the router writes it: no text of prompts or answers. */
const makers: Readonly<Record<string, Maker>> = {
  messages: ({ id, agent, user, model, task, at }) => ({
    id,
    tenant_id: 'default',
    agent_id: agent,
    user_id: user,
    conversation_id: id.slice(0, 18),
    role: 'assistant',
    model,
    latency_ms: 812.25,
    token_count: 700,
    metadata: `{"decisionId":"${id}","outcome":"finished"}`,
    created_at: at,
    rating: 0.75,
    task_type: task,
    credited_task_type: task,
    tools_used: '[]',
    feedback_type: 'explicit',
    feedback_at: at,
  }),
  routing_decisions: ({ id, agent, user, model, task, at }) => ({
    id: `0${id.slice(1)}`,
    message_id: id,
    tenant_id: 'default',
    agent_id: agent,
    user_id: user,
    decided_at: at,
    source: 'auto',
    model_id: model,
    task_type: task,
    task_source: 'keyword',
    task_confidence: 'medium',
    task_matches: 2,
    required_capabilities: '["text"]',
    candidates: CANDIDATES,
    candidate_count: 4,
    exclusions: '{"counts":{"not-enabled":3},"examples":[]}',
    propensity: 0.82,
    ope_eligible: 1,
    strategy_name: 'adaptive',
    strategy_version: '1',
    snapshot_version: '12.7.3',
    seed: 123_456_789,
    replayable: 1,
  }),
  attempts: ({ id, agent, user, model, at }) => ({
    id: `1${id.slice(1)}`,
    message_id: id,
    decision_id: `0${id.slice(1)}`,
    tenant_id: 'default',
    agent_id: agent,
    user_id: user,
    position: 1,
    provider_id: model.split('/')[0],
    model_id: model,
    outcome: 'completed',
    started_at: at,
    first_part_ms: 311.5,
    total_ms: 812.25,
    input_tokens: 500,
    output_tokens: 200,
    cost_nano_usd: 1_234_567,
    price_source: 'provider',
    cause: 'first',
    headers_ms: 290.5,
    usage_source: 'provider',
    price: '{"input":"2.5","output":"10"}',
    price_as_of: at,
  }),
  feedback_events: ({ id, user, at }, index) => ({
    seq: index + 1,
    id: `2${id.slice(1)}`,
    tenant_id: 'default',
    message_id: id,
    user_id: user,
    feedback_type: 'explicit',
    rating_milli: 750,
    signal: 'thumbs-up',
    given_at: at,
    epoch: 1,
    weight_milli: 1_000,
  }),
  experience_users: ({ agent, user, model, task }, index) => ({
    tenant_id: 'default',
    agent_id: agent,
    task_type: task,
    model_id: `${model}-${index}`,
    month: '2026-11',
    epoch: 1,
    user_id: user,
    rating_count: 1,
    rating_sum: 750,
    rating_sum_of_squares: 562_500,
    weight_milli: 1_000,
  }),
  agent_model_config: ({ id, agent, model, at }, index) => ({
    id: `3${id.slice(1)}`,
    agent_id: agent,
    model_id: `${model}-${index}`,
    is_enabled: 1,
    enabled_by: 'admin',
    enabled_at: at,
    tenant_id: 'default',
  }),
}

/** The tables that are filled. */
export const FILLED: readonly string[] = Object.keys(makers)

/** Which rows of a table that has so many. */
export interface RowRange {
  readonly from: number
  readonly to: number
  readonly count: number
}

export function rowsOf(table: string, { from, to, count }: RowRange): Row[] {
  const maker = makers[table]
  if (maker === undefined) throw new TypeError(`There are no rows for ${table}`)
  const nothing = Object.fromEntries(
    Object.keys(TABLES[table]?.columns ?? {}).map((column) => [column, null]),
  )
  return Array.from({ length: to - from }, (_, place) => ({
    ...nothing,
    ...maker(madeAnswer(from + place, count), from + place),
  }))
}
