import { describe, expect, it } from 'vitest'

import { failureOf, sinkFailureKind } from './sink-failure.ts'

describe('a status', () => {
  it.each([
    [300, 'misdirected'],
    [307, 'misdirected'],
    [400, 'refused'],
    [401, 'credentials'],
    [402, 'credentials'],
    [403, 'credentials'],
    [404, 'misdirected'],
    [405, 'misdirected'],
    [407, 'credentials'],
    [408, 'timeout'],
    [409, 'refused'],
    [410, 'misdirected'],
    [413, 'refused'],
    [422, 'refused'],
    [425, 'rate-limited'],
    [429, 'rate-limited'],
    [499, 'refused'],
    [500, 'unavailable'],
    [503, 'unavailable'],
    [504, 'timeout'],
    [599, 'unavailable'],
  ])('%d is %s', (status, kind) => {
    expect(sinkFailureKind(status)).toBe(kind)
  })
})

describe('Retry-After', () => {
  const nowMs = Date.UTC(2026, 0, 1)

  it.each([
    [null, undefined],
    ['', undefined],
    ['soon', undefined],
    ['-5', undefined],
    ['2026', 2_026_000],
    ['0', 0],
    [' 1.5 ', 1_500],
    ['Thu, 01 Jan 2026 00:01:00 GMT', 60_000],
    ['Wed, 31 Dec 2025 23:00:00 GMT', 0],
    ['99999999999', 86_400_000],
  ])('%j asks for %j ms', (value, waitMs) => {
    const headers = new Headers(value === null ? {} : { 'retry-after': value })
    expect(failureOf('webhook', { status: 429, headers }, nowMs).retryAfterMs).toBe(waitMs)
  })
})
