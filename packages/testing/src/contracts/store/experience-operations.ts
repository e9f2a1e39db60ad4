import { EXPERIENCE_SCOPES, FEEDBACK_TYPES, monthOf, seededRandom, uuidBoundOf } from '@imrs/core'
import type {
  DriftWatch,
  FeedbackEvent,
  FeedbackSignal,
  FeedbackType,
  MessageRecord,
  Store,
} from '@imrs/core'
import { expect } from 'vitest'

import { message } from './samples.ts'

const TENANTS = ['tenant-1', 'tenant-2']
const AGENTS = ['agent-1', 'agent-2', 'agent-3']
const TASKS = ['code', 'chat', 'translation']
/** The last is the first under a new name: it moved to another provider. */
const MODELS = ['p/a', 'p/b', 'q/a']
const USERS = 25
const MONTHS = [Date.UTC(2026, 0, 5), Date.UTC(2026, 1, 5), Date.UTC(2026, 2, 5)]
/** So that what a user weighs is another with every decision, and the last one must count. */
const SHARES = [50, 300, 1000]
const HINTS: readonly FeedbackSignal[] = ['override', 'abandon']

/** What a user did with an answer, kept without any code of ours. */
interface Given {
  readonly type: FeedbackType
  readonly ratingMilli: number
  readonly signal: FeedbackSignal | undefined
}

interface Answer {
  readonly message: MessageRecord
  readonly given: Given[]
}

/** Alarms now and then, so that epochs come and go. */
const sometimes: DriftWatch =
  ({ ratingMilli }) =>
  (state) =>
    state.ratings >= 5
      ? { state: { sum: 0, residual: 0, ratings: 0 }, shift: -0.25 }
      : {
          state: {
            sum: state.sum + 0.1,
            residual: state.residual + ratingMilli / 1000,
            ratings: state.ratings + 1,
          },
        }

/**
 * Does random things to a store, and expects of its experience that it is what an independent count
 * says, that a rebuild from checkpoint and events says the same, and that no user weighs more than
 * the bound.
 */
export async function expectRandomOperations(
  store: Store,
  { operations, seed }: { readonly operations: number; readonly seed: number },
): Promise<void> {
  const random = seededRandom(seed)
  const answers = makeAnswers(Math.ceil(operations / 4), random)
  await appendAll(store, answers)
  const checkpointAt = Math.floor(operations * 0.6)
  for (let operation = 0; operation < operations; operation += 1) {
    if (operation === checkpointAt) {
      const beforeMs = MONTHS[1] ?? 0
      await store.feedback.checkpointExperience({ tenantId: 'tenant-1', beforeMs })
    }
    await rateOne(store, pick(answers, random), { random, operation })
  }
  for (const tenantId of TENANTS) {
    const report = await store.feedback.rebuildExperience({ tenantId, isDryRun: true })
    expect(report.differences).toEqual([])
    await expectCounts(store, tenantId, answers)
  }
}

interface Chance {
  readonly random: () => number
  readonly operation: number
}

async function rateOne(
  store: Store,
  { message: rated, given }: Answer,
  { random, operation }: Chance,
): Promise<void> {
  const chance = random()
  const type = pick(FEEDBACK_TYPES, random)
  const next: Given =
    chance < 0.2
      ? { type, ratingMilli: 0, signal: 'retract' }
      : chance < 0.35
        ? { type: 'implicit', ratingMilli: 100, signal: pick(HINTS, random) }
        : { type, ratingMilli: Math.floor(random() * 1001), signal: undefined }
  const event: FeedbackEvent = {
    id: `00000000-0000-7000-8000-${operation.toString(16).padStart(12, '0')}`,
    tenantId: rated.tenantId,
    messageId: rated.id,
    userId: rated.userId ?? '',
    feedbackType: next.type,
    ratingMilli: next.ratingMilli,
    signal: next.signal,
    atMs: operation,
  }
  const maxUserShareMilli = pick(SHARES, random)
  const outcome = await store.feedback.record(event, { watch: sometimes, maxUserShareMilli })
  if (outcome.kind === 'recorded') given.push(next)
  else expect(outcome.kind).toBe('closed')
}

function makeAnswers(count: number, random: () => number): Answer[] {
  return Array.from({ length: count }, (_, index) => {
    const createdAtMs = pick(MONTHS, random)
    const suffix = index.toString(16).padStart(12, '0')
    const changes = {
      id: `${uuidBoundOf(createdAtMs)}-7000-8000-${suffix}`,
      tenantId: pick(TENANTS, random),
      agentId: pick(AGENTS, random),
      userId: `user-${Math.floor(random() * USERS)}`,
      model: pick(MODELS, random),
      taskType: pick(TASKS, random),
      createdAtMs,
    }
    return { message: message(changes), given: [] }
  })
}

async function appendAll(store: Store, answers: readonly Answer[]): Promise<void> {
  for (let start = 0; start < answers.length; start += 500) {
    const messages = answers.slice(start, start + 500).map((answer) => answer.message)
    await store.ledger.append({ decisions: [], attempts: [], messages })
  }
}

/** The plain sums of each agent by task, model and month, whatever the epoch; and the bound of every user. */
async function expectCounts(
  store: Store,
  tenantId: string,
  answers: readonly Answer[],
): Promise<void> {
  const found = new Map<string, number[]>()
  for (const agentId of AGENTS) {
    const cells = await store.feedback.listExperience({
      tenantId,
      agentId,
      scopes: EXPERIENCE_SCOPES,
    })
    for (const cell of cells) {
      if (cell.scope === 'global' || (cell.scope === 'tenant' && agentId !== AGENTS[0])) continue
      const { taskType, modelId, month, count, sum, sumOfSquares } = cell
      addTo(found, [cell.agentId, taskType, modelId, month], [count, sum, sumOfSquares])
    }
  }
  const expected = new Map<string, number[]>()
  for (const { message: rated, given } of answers) {
    const rating = ratingOf(given)
    if (rated.tenantId !== tenantId) continue
    const sums = rating === undefined ? [0, 0, 0] : [1, rating, rating * rating]
    for (const agentId of [rated.agentId, '']) {
      const key = [agentId, rated.creditedTaskType, rated.model, monthOf(rated.createdAtMs)]
      if (given.length > 0) addTo(expected, key, sums)
    }
  }
  expect(withoutZeros(found)).toEqual(withoutZeros(expected))
  expect(found.size).toBeGreaterThan(10)
  const agents = AGENTS.map((agentId) => store.feedback.listShifts({ tenantId, agentId }))
  expect((await Promise.all(agents)).flat().length).toBeGreaterThan(0)
}

/** Written apart from the code that is tested: newest first, until something stands. */
function ratingOf(given: readonly Given[]): number | undefined {
  for (const type of ['explicit', 'self_eval', 'implicit']) {
    const newest = given.findLast(
      (each) => each.type === type && (each.signal === undefined || each.signal === 'retract'),
    )
    if (newest !== undefined && newest.signal === undefined) return newest.ratingMilli
  }
  return undefined
}

function addTo(sums: Map<string, number[]>, key: readonly string[], added: number[]): void {
  const name = key.join(' ')
  const known = sums.get(name) ?? [0, 0, 0]
  sums.set(
    name,
    known.map((value, index) => value + (added[index] ?? 0)),
  )
}

function withoutZeros(sums: ReadonlyMap<string, number[]>): Record<string, number[]> {
  const entries = [...sums].filter(([, values]) => values.some((value) => value !== 0))
  return Object.fromEntries(entries.toSorted(([left], [right]) => (left < right ? -1 : 1)))
}

function pick<T>(items: readonly T[], random: () => number): T {
  // The list has a first item, and the index is below its length.
  return items[Math.floor(random() * items.length)] as T
}
