import type { FeedbackEvent, MessageRecord, ReasonQuery, ReasonSum, Store } from '@imrs/core'
import { seededRandom, uuidBoundOf } from '@imrs/core'
import { expect, it } from 'vitest'

import { AGENT, AT, feedback, message, newId } from './samples.ts'
import { openStore } from './setup.ts'
import type { StoreContractSetup } from './setup.ts'

const { tenantId } = AGENT
const DAY_MS = 86_400_000

async function append(store: Store, ...messages: MessageRecord[]): Promise<void> {
  await store.ledger.append({ decisions: [], attempts: [], messages })
}

/** Gives an answer events, one after the other. */
async function rate(
  store: Store,
  sent: MessageRecord,
  ...events: Partial<FeedbackEvent>[]
): Promise<void> {
  for (const changes of events) {
    const outcome = await store.feedback.record(feedback(sent, changes))
    if (outcome.kind !== 'recorded') throw new Error(`It was ${outcome.kind}`)
  }
}

async function reasonsOf(
  store: Store,
  query: Partial<ReasonQuery> = {},
): Promise<readonly string[]> {
  const bounds = { fromMs: AT - DAY_MS, toMs: AT + DAY_MS }
  const sums = await store.performance.sumReasons({ tenantId, ...bounds, ...query })
  return sums.map(textOf).toSorted()
}

function textOf({ modelId, reason, good, bad }: ReasonSum): string {
  return `${modelId} ${reason} ${good}/${bad}`
}

export function reasonContract(setup: StoreContractSetup): void {
  it('gives the reasons of an event back, and none where none were given', async () => {
    const store = await openStore(setup)
    const sent = message()
    await append(store, sent)
    await rate(store, sent, { ratingMilli: 0, reasons: ['too-long', 'incorrect'] }, {})
    const events = await store.feedback.listEvents({ tenantId, messageId: sent.id })
    expect(events[0]?.reasons).toEqual(['too-long', 'incorrect'])
    expect('reasons' in (events[1] ?? {})).toBe(false)
  })

  it('says which reasons count now, also of an event that was there', async () => {
    const store = await openStore(setup)
    const sent = message()
    await append(store, sent)
    const first = feedback(sent, { reasons: ['clear'] })
    const steps: readonly (readonly [FeedbackEvent, string, readonly string[]])[] = [
      [first, 'recorded', ['clear']],
      [feedback(sent, { feedbackType: 'implicit', signal: 'copy' }), 'recorded', ['clear']],
      [first, 'duplicate', ['clear']],
      [
        feedback(sent, { ratingMilli: 0, reasons: ['slow', 'other'] }),
        'recorded',
        ['slow', 'other'],
      ],
      [first, 'duplicate', ['slow', 'other']],
      [feedback(sent, { ratingMilli: 0 }), 'recorded', []],
      [feedback(sent, { reasons: ['concise'] }), 'recorded', ['concise']],
      [feedback(sent, { signal: 'retract', ratingMilli: 0 }), 'recorded', []],
      [first, 'duplicate', []],
    ]
    for (const [event, kind, reasons] of steps) {
      expect(await store.feedback.record(event)).toMatchObject({ kind, reasons })
    }
  })

  it('tells sinks of the reasons that count, beside those that were given', async () => {
    const store = await openStore(setup)
    const sent = message()
    await append(store, sent)
    const given: readonly Partial<FeedbackEvent>[] = [
      { reasons: ['clear'] },
      { feedbackType: 'implicit', ratingMilli: 0, reasons: ['slow'] },
      { signal: 'retract', ratingMilli: 0 },
    ]
    for (const changes of given) {
      await store.feedback.record(feedback(sent, changes), { sinks: ['s'] })
    }
    // Records of one answer are given out one after the other.
    const told: unknown[] = []
    for (const _ of given) {
      const work = { sink: 's', holder: 'worker', atMs: AT + DAY_MS, leaseMs: 60_000, limit: 10 }
      const claimed = await store.outbox.claim(work)
      const entries = claimed.kind === 'claimed' ? claimed.entries : []
      told.push(...entries.map(({ record }) => [record.event.reasons, record.reasons]))
      const delivered = entries.map(({ seq }) => ({ tenantId, seq }))
      await store.outbox.settle({ sink: 's', delivered, failed: [], refused: [] })
    }
    expect(told).toEqual([
      [['clear'], ['clear']],
      [['slow'], ['clear']],
      [undefined, ['slow']],
    ])
  })

  it('counts reasons by model, apart for good and bad ratings', async () => {
    const store = await openStore(setup)
    const sent = Array.from({ length: 4 }, () => message())
    const other = message({ model: 'p/other' })
    await append(store, ...sent, other)
    const [a = other, b = other, c = other, d = other] = sent
    await rate(store, a, { ratingMilli: 499, reasons: ['incorrect', 'slow'] })
    await rate(store, b, { ratingMilli: 500, reasons: ['slow'] })
    await rate(store, c, { ratingMilli: 0, reasons: ['incorrect'] })
    await rate(store, d, { ratingMilli: 1_000 })
    await rate(store, other, { feedbackType: 'self_eval', reasons: ['complete'] })
    expect(await reasonsOf(store)).toEqual([
      'openrouter/a incorrect 0/2',
      'openrouter/a slow 1/1',
      'p/other complete 1/0',
    ])
  })

  const cases: readonly (readonly [
    string,
    readonly Partial<FeedbackEvent>[],
    readonly string[],
  ])[] = [
    ['was replaced', [{ reasons: ['clear'] }, {}], []],
    [
      'was replaced with other reasons',
      [{ reasons: ['clear'] }, { ratingMilli: 0, reasons: ['slow'] }],
      ['openrouter/a slow 0/1'],
    ],
    ['was taken back', [{ reasons: ['clear'] }, { signal: 'retract' }], []],
    [
      'was taken back and given again',
      [{ reasons: ['clear'] }, { signal: 'retract' }, { reasons: ['concise'] }],
      ['openrouter/a concise 1/0'],
    ],
    [
      'is outweighed by a stronger one',
      [{ reasons: ['clear'], feedbackType: 'implicit' }, { ratingMilli: 0 }],
      [],
    ],
    [
      'counts again, since a stronger one was taken back',
      [
        { feedbackType: 'implicit', reasons: ['clear'] },
        { ratingMilli: 0, reasons: ['slow'] },
        { signal: 'retract' },
      ],
      ['openrouter/a clear 1/0'],
    ],
    [
      'was followed by a hint alone',
      [
        { feedbackType: 'implicit', reasons: ['clear'] },
        { feedbackType: 'implicit', signal: 'override' },
        { feedbackType: 'implicit', signal: 'abandon' },
      ],
      ['openrouter/a clear 1/0'],
    ],
  ]

  it.each(cases)('counts rightly where a rating %s', async (_name, events, expected) => {
    const store = await openStore(setup)
    const sent = message()
    await append(store, sent)
    await rate(store, sent, ...events)
    expect(await reasonsOf(store)).toEqual(expected)
  })

  it('counts as the rating on the message says, whatever came in whatever order', async () => {
    const store = await openStore(setup)
    const random = seededRandom(7)
    const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T
    const expected = new Map<string, number>()
    for (let index = 0; index < 60; index += 1) {
      const sent = message()
      await append(store, sent)
      let counting: readonly string[] = []
      for (let step = 0; step < 4; step += 1) {
        const signal = pick([undefined, undefined, 'retract', 'abandon'] as const)
        const event = feedback(sent, {
          feedbackType: pick(['explicit', 'self_eval', 'implicit'] as const),
          ...(signal === undefined ? { reasons: [pick(['clear', 'slow'] as const)] } : { signal }),
        })
        const outcome = await store.feedback.record(event)
        if (outcome.kind === 'recorded') counting = outcome.reasons
      }
      for (const reason of counting) expected.set(reason, (expected.get(reason) ?? 0) + 1)
    }
    const sums = [...expected].map(([reason, good]) => `openrouter/a ${reason} ${good}/0`)
    expect(await reasonsOf(store)).toEqual(sums.toSorted())
  })

  it('goes by tenant, agent, credited kind of task and model', async () => {
    const store = await openStore(setup)
    const reasons = ['clear'] as const
    const answers = [
      message({ model: 'p/1', agentId: 'agent-2' }),
      message({ model: 'p/2', taskType: 'code', creditedTaskType: 'research' }),
      message({ model: 'p/3', tenantId: 'tenant-2' }),
    ]
    await append(store, ...answers)
    for (const each of answers) await rate(store, each, { reasons })
    expect(await reasonsOf(store)).toEqual(['p/1 clear 1/0', 'p/2 clear 1/0'])
    expect(await reasonsOf(store, { agentId: 'agent-2' })).toEqual(['p/1 clear 1/0'])
    expect(await reasonsOf(store, { taskType: 'research' })).toEqual(['p/2 clear 1/0'])
    expect(await reasonsOf(store, { modelId: 'p/2' })).toEqual(['p/2 clear 1/0'])
    expect(await reasonsOf(store, { tenantId: 'tenant-2' })).toEqual(['p/3 clear 1/0'])
  })

  it('goes by the time of the answer: from the first moment, to before the last', async () => {
    const store = await openStore(setup)
    const times = [AT - 1, AT, AT + DAY_MS - 1, AT + DAY_MS]
    for (const [index, createdAtMs] of times.entries()) {
      // As its first part says when it was made.
      const id = uuidBoundOf(createdAtMs) + newId().slice(13)
      const sent = message({ id, createdAtMs, model: `p/${index}` })
      await append(store, sent)
      await rate(store, sent, { atMs: AT + 40 * DAY_MS, reasons: ['clear'] })
    }
    const bounds = { fromMs: AT, toMs: AT + DAY_MS }
    expect(await reasonsOf(store, bounds)).toEqual(['p/1 clear 1/0', 'p/2 clear 1/0'])
  })

  it('counts a model that was renamed under its new name, as row and as filter', async () => {
    const store = await openStore(setup)
    await store.models.putAlias({
      name: 'openrouter/old',
      modelId: 'openrouter/new',
      reason: 'renamed',
      isAutomatic: true,
      createdAtMs: 0,
    })
    const answers = ['openrouter/old', 'openrouter/new'].map((name) => message({ model: name }))
    await append(store, ...answers)
    for (const each of answers) await rate(store, each, { reasons: ['clear'] })
    expect(await reasonsOf(store)).toEqual(['openrouter/new clear 2/0'])
    const modelId = 'openrouter/old'
    expect(await reasonsOf(store, { modelId })).toEqual(['openrouter/new clear 2/0'])
  })
}
