import type { Attempt, Decision, MessageRecord } from '@imrs/core'
import { expect, it } from 'vitest'

import { AGENT, AT, ODD_TEXT, attempt, decision, message, newId } from './samples.ts'
import { openStore } from './setup.ts'
import type { StoreContractSetup } from './setup.ts'

const OTHER_TENANT = 'tenant-2'

const fullMessage: MessageRecord = message({
  conversationId: ODD_TEXT,
  content: `${ODD_TEXT}${'long '.repeat(50_000)}`,
  model: `p/${'m'.repeat(253)}`,
  latencyMs: 1_234.567_891,
  tokenCount: 5_000_000_000,
  metadata: { [ODD_TEXT]: [1, { a: null }] },
  taskType: ODD_TEXT,
  creditedTaskType: `credited ${ODD_TEXT}`,
  toolsUsed: ['code_execute', ODD_TEXT],
  ratingMilli: 333,
  feedbackType: 'self_eval',
  feedbackAtMs: AT + 1,
})

const fullAttempt: Attempt = attempt(fullMessage.id, {
  userId: 'u'.repeat(128),
  position: 3,
  outcome: 'failed',
  failureKind: 'timeout-first-part',
  firstPartMs: 0.25,
  totalMs: 90_000.125,
  usage: {
    inputTokens: 3_000_000_000,
    outputTokens: 2,
    cachedInputTokens: 1,
    cacheWriteTokens: 0,
    reasoningTokens: 1,
  },
  cause: 'hedge',
  headersMs: 0.125,
  usageSource: 'estimate',
  price: { input: '0.0000006000000000000001', output: '2.50', cachedInput: '0' },
  priceAsOfMs: AT,
  costNanoUsd: 8_999_999_999_999_999,
  reportedCostNanoUsd: 0,
  priceSource: 'provider',
})

const fullDecision: Decision = decision(fullMessage.id, {
  costQuality: 0.1 + 0.2,
  userId: ODD_TEXT,
  source: 'fallback-default',
  requiredCapabilities: ['vision', 'text'],
  candidates: [
    { modelId: 'p/a', score: 0.1 + 0.2, priority: 1 / 3, experience: 5e-324, ratings: 12 },
    { modelId: 'p/b', score: -1e21, priority: 0, ratings: 0 },
  ],
  candidateCount: 700,
  exclusions: {
    counts: { 'not-enabled': 3, vetoed: 1 },
    examples: [{ modelId: 'p/c', reason: 'vetoed' }],
  },
  propensity: 0.031_25 + Number.EPSILON,
  preset: 'cheap',
  propensityLog: {
    count: 31,
    draws: 32,
    epsilon: 0.1 + 0.2,
    candidates: 700,
    share: 0.3,
    armShare: 0.6,
    armWeight: 0,
  },
  opeEligible: false,
  opeReason: 'not-rank-one',
  seed: 0,
  replayable: false,
})

export function ledgerContract(setup: StoreContractSetup): void {
  it('gives every field back as it was appended', async () => {
    const store = await openStore(setup)
    const batch = { decisions: [fullDecision], attempts: [fullAttempt], messages: [fullMessage] }
    await store.ledger.append(batch)
    const { tenantId, id } = fullMessage
    const key = { tenantId, messageId: id }
    expect(await store.ledger.getMessage(key)).toStrictEqual(fullMessage)
    expect(await store.ledger.listAttempts(key)).toStrictEqual([fullAttempt])
    const found = await store.ledger.getDecision({ tenantId, decisionId: fullDecision.id })
    expect(found).toStrictEqual(fullDecision)
  })

  it('keeps the dial of a request, whether it ruled or not, and versions as they were', async () => {
    const store = await openStore(setup)
    const dials = [{ costQuality: 0 }, { ignoredCostQuality: 1e-7 }, { costQuality: 1 / 3 }, {}]
    const versions = ['1:9f@x', 'b@cost-quality=high', 'b@cost-quality=0.5', 'b@cost-quality=none']
    const cases = versions.flatMap((version) => dials.map((dial) => ({ version, dial })))
    for (const { version, dial } of cases) {
      const sent = message()
      const choice = decision(sent.id, { strategy: { name: 'adaptive', version }, ...dial })
      const batch = { decisions: [choice], attempts: [attempt(sent.id)], messages: [sent] }
      await store.ledger.append(batch)
      const key = { tenantId: sent.tenantId, decisionId: choice.id }
      expect(await store.ledger.getDecision(key)).toStrictEqual(choice)
    }
  })

  it('leaves out what was not appended', async () => {
    const store = await openStore(setup)
    const sent = message({ userId: undefined })
    const [call, choice] = [attempt(sent.id), decision(sent.id)]
    await store.ledger.append({ decisions: [choice], attempts: [call], messages: [sent] })
    const key = { tenantId: sent.tenantId, messageId: sent.id }
    const { userId: _userId, ...rest } = sent
    expect(await store.ledger.getMessage(key)).toStrictEqual(rest)
    expect(await store.ledger.listAttempts(key)).toStrictEqual([call])
    const found = await store.ledger.getDecision({ ...key, decisionId: choice.id })
    expect(found).toStrictEqual(choice)
  })

  it('leaves a row that is there as it is', async () => {
    const store = await openStore(setup)
    const batch = { decisions: [fullDecision], attempts: [fullAttempt], messages: [fullMessage] }
    await store.ledger.append(batch)
    const fresh = message()
    await store.ledger.append({
      decisions: [{ ...fullDecision, modelId: 'changed' }],
      attempts: [{ ...fullAttempt, outcome: 'completed' }],
      messages: [{ ...fullMessage, content: 'changed' }, fresh, { ...fresh, content: 'changed' }],
    })
    const { tenantId, id } = fullMessage
    const key = { tenantId, messageId: id }
    expect(await store.ledger.getMessage(key)).toStrictEqual(fullMessage)
    expect(await store.ledger.listAttempts(key)).toStrictEqual([fullAttempt])
    expect(await store.ledger.getMessage({ tenantId, messageId: fresh.id })).toStrictEqual(fresh)
    const found = await store.ledger.getDecision({ tenantId, decisionId: fullDecision.id })
    expect(found).toStrictEqual(fullDecision)
  })

  it('lists the calls of a message in the order they were made', async () => {
    const store = await openStore(setup)
    const { id } = fullMessage
    const attempts = [3, 1, 12, 2].map((position) => attempt(id, { position }))
    await store.ledger.append({ decisions: [], attempts: attempts.slice(0, 2), messages: [] })
    const others = [...attempts.slice(2), attempt(newId())]
    await store.ledger.append({ decisions: [], attempts: others, messages: [] })
    const listed = await store.ledger.listAttempts({ tenantId: AGENT.tenantId, messageId: id })
    expect(listed.map((call) => call.position)).toEqual([1, 2, 3, 12])
  })

  it('takes an empty batch, and one of thousands of rows', async () => {
    const store = await openStore(setup)
    await store.ledger.append({ decisions: [], attempts: [], messages: [] })
    const messages = Array.from({ length: 2_000 }, () => message())
    const attempts = messages.map((sent) => attempt(sent.id))
    await store.ledger.append({ decisions: [], attempts, messages })
    const key = { tenantId: AGENT.tenantId, messageId: messages.at(-1)?.id ?? '' }
    expect(await store.ledger.getMessage(key)).toStrictEqual(messages.at(-1))
    expect(await store.ledger.listAttempts(key)).toHaveLength(1)
  })

  it.each([
    ['long ago', '00000000-0000-7000-8000-000000000000'],
    ['far ahead', 'ffffffff-ffff-7fff-bfff-ffffffffffff'],
    ["the host's own form", `not a uuid ${ODD_TEXT}`],
  ])('takes message ids of %s', async (_when, id) => {
    const store = await openStore(setup)
    const sent = message({ id })
    const [call, choice] = [attempt(id), decision(id)]
    await store.ledger.append({ decisions: [choice], attempts: [call], messages: [sent] })
    const key = { tenantId: sent.tenantId, messageId: id }
    expect(await store.ledger.getMessage(key)).toStrictEqual(sent)
    expect(await store.ledger.listAttempts(key)).toStrictEqual([call])
  })

  it('shows nothing of one tenant to another, even under the same id', async () => {
    const store = await openStore(setup)
    const sent = message()
    const [call, choice] = [attempt(sent.id), decision(sent.id)]
    await store.ledger.append({ decisions: [choice], attempts: [call], messages: [sent] })
    const key = { tenantId: OTHER_TENANT, messageId: sent.id }
    expect(await store.ledger.getMessage(key)).toBeUndefined()
    expect(await store.ledger.listAttempts(key)).toEqual([])
    expect(await store.ledger.getDecision({ ...key, decisionId: choice.id })).toBeUndefined()

    const theirs = { ...sent, tenantId: OTHER_TENANT, content: 'theirs' }
    await store.ledger.append({ decisions: [], attempts: [], messages: [theirs] })
    expect(await store.ledger.getMessage(key)).toStrictEqual(theirs)
    expect(await store.ledger.getMessage({ ...key, tenantId: sent.tenantId })).toStrictEqual(sent)
  })

  it('writes nothing of a batch that was aborted', async () => {
    const store = await openStore(setup)
    const sent = message()
    const batch = { decisions: [], attempts: [], messages: [sent] }
    const signal = AbortSignal.abort('enough')
    await expect(store.ledger.append(batch, { signal })).rejects.toBe('enough')
    const key = { tenantId: sent.tenantId, messageId: sent.id }
    expect(await store.ledger.getMessage(key)).toBeUndefined()
  })
}
