import type { Attempt, FailureKind } from '@imrs/core'
import { ProviderError } from '@imrs/core'
import { describe, expect, it } from 'vitest'

import type { Trial } from '../attempt/trial.ts'
import { toErrorPart } from './to-error-part.ts'

const received = { characters: 0, reasoningCharacters: 0, toolCalls: 0 }

function trialOf(...failures: readonly (readonly [string, FailureKind, number?])[]) {
  const errors = failures.map(
    ([modelId, kind, retryAfterMs]) =>
      new ProviderError(
        { kind, message: `${modelId} was ${kind}.`, retryAfterMs },
        { providerId: 'p', modelId },
      ),
  )
  const model = { id: 'p/a' } as Extract<Trial, { kind: 'failed' }>['model']
  const tried = failures.map(([id, failureKind]) => ({ model: id, failureKind, wasCalled: true }))
  return { kind: 'failed', model, errors, tried } as const
}

function attemptOf(costNanoUsd: number | undefined): Attempt {
  return { costNanoUsd } as Attempt
}

describe('the error part', () => {
  it('is about the model, where only one was tried, however often', () => {
    const trial = trialOf(['p/a', 'unavailable'], ['p/a', 'overloaded'])
    expect(toErrorPart(trial, { messageId: 'm', received, attempts: [] })).toMatchObject({
      code: 'provider-error',
      failureKind: 'overloaded',
      message: 'p/a was overloaded. It was asked 2 times. Try again, or choose another model.',
    })
  })

  it('names every model once, with what it failed of last', () => {
    const trial = trialOf(
      ['p/a', 'rate-limited', 900],
      ['p/b', 'empty'],
      ['p/a', 'credentials', 300],
    )
    expect(toErrorPart(trial, { messageId: 'm', received, attempts: [] })).toMatchObject({
      code: 'all-attempts-failed',
      message: 'None of 2 models answered: p/a (credentials), p/b (empty). Choose another model.',
      isRetryable: true,
      retryAfterMs: 300,
    })
  })

  it('is about the budget, where that kept every model from answering', () => {
    const trial = trialOf(['p/a', 'budget-exhausted', 100], ['p/b', 'budget-exhausted', 100])
    const refused = trial.tried.map((model) => ({ ...model, wasCalled: false }))
    const given = { messageId: 'm', received, attempts: [] }
    expect(toErrorPart({ ...trial, tried: refused }, given)).toMatchObject({
      code: 'budget-exhausted',
      message: 'p/b was budget-exhausted. Choose another model.',
      retryAfterMs: 100,
    })
  })

  it.each([
    [[], undefined],
    [[undefined], undefined],
    [[1_500_000], 0.0015],
    [[1_500_000, undefined, 500_000], 0.002],
  ])('sums the known costs of %j to %s', (costs, costUsd) => {
    const attempts = costs.map(attemptOf)
    const part = toErrorPart(trialOf(['p/a', 'truncated']), { messageId: 'm', received, attempts })
    expect(part.costUsd).toBe(costUsd)
  })

  it('says that a retry is not safe once a tool call was given out', () => {
    const given = { messageId: 'm', received: { ...received, toolCalls: 1 }, attempts: [] }
    expect(toErrorPart(trialOf(['p/a', 'truncated']), given).isRetrySafe).toBe(false)
    const { model } = trialOf(['p/a', 'empty'])
    expect(toErrorPart({ kind: 'aborted', model }, given)).toMatchObject({
      code: 'aborted',
      isRetryable: true,
      isRetrySafe: false,
    })
  })
})
