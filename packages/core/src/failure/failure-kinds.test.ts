import { describe, expect, it } from 'vitest'

import { FAILURE_KINDS, FAILURE_RULES, isRetryable } from './failure-kinds.ts'

describe('failure rules', () => {
  it('are there for every kind, and for no other', () => {
    expect(Object.keys(FAILURE_RULES).toSorted()).toEqual([...FAILURE_KINDS].toSorted())
    expect(new Set(FAILURE_KINDS).size).toBe(FAILURE_KINDS.length)
  })

  it('cannot be changed', () => {
    expect(Object.isFrozen(FAILURE_RULES)).toBe(true)
    expect(Object.values(FAILURE_RULES).every((rule) => Object.isFrozen(rule))).toBe(true)
  })

  it.each(FAILURE_KINDS)('say of %s whether to retry', (kind) => {
    expect(isRetryable(kind)).toBe(FAILURE_RULES[kind].isRetryable)
  })

  it('stop only where no other model would do better', () => {
    expect(FAILURE_KINDS.filter((kind) => FAILURE_RULES[kind].response === 'stop')).toEqual([
      'timeout-total',
      'content-filtered',
      'invalid-request',
      'aborted',
    ])
  })

  it('look for a larger model only when the context was too small', () => {
    expect(FAILURE_KINDS.filter((kind) => FAILURE_RULES[kind].response === 'go-larger')).toEqual([
      'context-too-long',
    ])
  })

  it('leave a model alone that only lacks what one request needs, and never repeat it', () => {
    expect(FAILURE_RULES['model-unfit']).toEqual({
      response: 'go-elsewhere',
      mayRepeatHere: false,
      countsAgainstHealth: false,
      isRetryable: false,
    })
  })

  it('blame the provider for what is its own doing', () => {
    expect(FAILURE_KINDS.filter((kind) => FAILURE_RULES[kind].countsAgainstHealth)).toEqual([
      'overloaded',
      'unavailable',
      'connect',
      'timeout-headers',
      'timeout-first-part',
      'timeout-idle',
      'truncated',
      'malformed',
      'unknown',
    ])
  })
})
