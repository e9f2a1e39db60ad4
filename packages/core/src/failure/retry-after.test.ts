import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import type { JsonObject } from '../json.ts'
import { retryAfterOf } from './retry-after.ts'

const NOW = Date.UTC(2026, 0, 1, 12)
const DAY = 86_400_000

const http = (deltaMs: number) => new Date(NOW + deltaMs).toUTCString()
const iso = (deltaMs: number) => new Date(NOW + deltaMs).toISOString()

type Row = readonly [name: string, headers: Record<string, string>, expected: number | undefined]

function ofHeaders(headers: Record<string, string>, isRateLimited = true): number | undefined {
  const source = { headers: new Headers(headers), error: undefined, isRateLimited, nowMs: NOW }
  return retryAfterOf(source)
}

function ofError(error: JsonObject, isRateLimited = true): number | undefined {
  return retryAfterOf({ headers: undefined, error, isRateLimited, nowMs: NOW })
}

describe('how long to wait, from the headers', () => {
  it.each<Row>([
    ['nothing said', {}, undefined],
    ['seconds', { 'retry-after': '7' }, 7000],
    ['decimal seconds', { 'retry-after': '0.5' }, 500],
    ['no time at all', { 'retry-after': '0' }, 0],
    ['part of a millisecond', { 'retry-after': '0.0001' }, 1],
    ['milliseconds before seconds', { 'retry-after-ms': '1500', 'retry-after': '9' }, 1500],
    ['a date', { 'retry-after': http(60_000) }, 60_000],
    ['a date in the past', { 'retry-after': http(-60_000) }, 0],
    ['a date in the second form', { 'retry-after': 'Thursday, 01-Jan-26 12:00:30 GMT' }, 30_000],
    ['a date in the third form', { 'retry-after': 'Thu Jan  1 12:00:30 2026' }, 30_000],
    ['a date in ISO 8601', { 'retry-after': iso(45_000) }, 45_000],
    ['a duration', { 'retry-after': '20s' }, 20_000],
    ['more than a day', { 'retry-after': '99999999' }, DAY],
    ['a date in a year', { 'retry-after': http(365 * DAY) }, DAY],
    ['a number too large to be one', { 'retry-after': '9'.repeat(400) }, DAY],
    ['a word', { 'retry-after': 'soon' }, undefined],
    ['a negative number', { 'retry-after': '-5' }, undefined],
    ['negative milliseconds, then seconds', { 'retry-after-ms': '-5', 'retry-after': '3' }, 3000],
    ['hexadecimal', { 'retry-after': '0x10' }, undefined],
    ['infinity', { 'retry-after': 'Infinity' }, undefined],
    ['a date without a time', { 'retry-after': 'May 5' }, undefined],
    ['nothing in it', { 'retry-after': '' }, undefined],
  ])('%s', (...[, headers, expected]) => {
    expect(ofHeaders(headers)).toBe(expected)
    // A wait that is asked for counts in every failure.
    expect(ofHeaders(headers, false)).toBe(expected)
  })

  const openAi = (requests: readonly [string, string], tokens: readonly [string, string]) => ({
    'x-ratelimit-remaining-requests': requests[0],
    'x-ratelimit-reset-requests': requests[1],
    'x-ratelimit-remaining-tokens': tokens[0],
    'x-ratelimit-reset-tokens': tokens[1],
  })
  const anthropic = (limit: string, remaining: string, deltaMs: number) => ({
    [`anthropic-ratelimit-${limit}-remaining`]: remaining,
    [`anthropic-ratelimit-${limit}-reset`]: iso(deltaMs),
  })

  it.each<Row>([
    ['OpenAI: no requests left', openAi(['0', '6m0s'], ['500', '1s']), 360_000],
    ['OpenAI: no tokens left', openAi(['9', '6m0s'], ['0', '120ms']), 120],
    ['OpenAI: neither left, the sooner', openAi(['0', '1h2m3s'], ['0', '1s']), 1000],
    ['OpenAI: both left', openAi(['1', '6m0s'], ['1', '1s']), undefined],
    ['Groq', openAi(['0', '2m59.56s'], ['1', '1s']), 179_560],
    ['Azure, in seconds', openAi(['0', '10'], ['1', '1']), 10_000],
    ['a reset that makes no sense', openAi(['0', 'soon'], ['0', '-1s']), undefined],
    [
      'Retry-After before a reset',
      { ...openAi(['0', '6m0s'], ['1', '1s']), 'retry-after': '2' },
      2000,
    ],
    ['Together, in seconds', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '4.5' }, 4500],
    ['Together, without what is left', { 'x-ratelimit-reset': '3' }, 3000],
    [
      'Together, with something left',
      { 'x-ratelimit-remaining': '2', 'x-ratelimit-reset': '3' },
      undefined,
    ],
    ['a reset in epoch seconds', { 'x-ratelimit-reset': String(NOW / 1000 + 8) }, 8000],
    ['a reset in epoch milliseconds', { 'x-ratelimit-reset': String(NOW + 8000) }, 8000],
    ['a reset that is over', { 'x-ratelimit-reset': String(NOW - 8000) }, 0],
    ['the draft of the IETF', { 'ratelimit-remaining': '0', 'ratelimit-reset': '11' }, 11_000],
    ['Anthropic: no requests left', anthropic('requests', '0', 30_000), 30_000],
    [
      'Anthropic: no tokens left, of either kind',
      { ...anthropic('input-tokens', '0', 30_000), ...anthropic('output-tokens', '0', 20_000) },
      20_000,
    ],
    [
      'Anthropic: one left',
      { ...anthropic('requests', '1', 10_000), ...anthropic('tokens', '0', 40_000) },
      40_000,
    ],
    ['Anthropic: a reset that is over', anthropic('requests', '0', -5000), 0],
  ])('of too many requests, %s', (...[, headers, expected]) => {
    expect(ofHeaders(headers)).toBe(expected)
    // Good answers and other failures have the same headers.
    if (headers['retry-after'] === undefined) expect(ofHeaders(headers, false)).toBeUndefined()
  })
})

describe('how long to wait, from the body', () => {
  const info = (retryDelay: string) => ({
    details: [{ '@type': 'x/google.rpc.Help' }, { '@type': 'x/google.rpc.RetryInfo', retryDelay }],
  })
  const inBody = (headers: JsonObject) => ({ metadata: { headers } })
  const used = { 'X-RateLimit-Limit': '16', 'X-RateLimit-Remaining': '0' }

  it.each<readonly [string, JsonObject, number | undefined]>([
    ['Gemini', info('34s'), 34_000],
    ['Gemini, parts of a second', info('0.5s'), 500],
    ['Gemini, to the nanosecond', info('34.193788774s'), 34_194],
    ['Gemini, for days', info('999999s'), DAY],
    ['Gemini, negative', info('-3s'), undefined],
    ['Gemini, no duration', info('soon'), undefined],
    ['OpenRouter', inBody({ ...used, 'X-RateLimit-Reset': String(NOW + 5000) }), 5000],
    ['OpenRouter, as a number', inBody({ ...used, 'X-RateLimit-Reset': NOW + 5000 }), 5000],
    ['OpenRouter, over', inBody({ ...used, 'X-RateLimit-Reset': String(NOW - 1) }), 0],
    ['OpenRouter, in two days', inBody({ ...used, 'X-RateLimit-Reset': `${NOW + 2 * DAY}` }), DAY],
    ['OpenRouter, of its upstream', inBody({ 'Retry-After': '12' }), 12_000],
    ['OpenRouter, no headers', inBody({ 'X-RateLimit-Reset': { at: 1 } }), undefined],
    ['OpenAI’s sentence', { message: 'Limit 500. Please try again in 1m2.5s. Visit x' }, 62_500],
    ['OpenAI’s shortest sentence', { message: 'Please try again in 120ms.' }, 120],
    ['Gemini’s sentence', { message: 'Please retry in 34.193788774s.' }, 34_194],
    ['a sentence without a time', { message: 'Please try again in a moment.' }, undefined],
    ['nothing', {}, undefined],
  ])('%s', (_, error, expected) => {
    expect(ofError(error)).toBe(expected)
  })

  it('is left to the headers where they say it', () => {
    const headers = new Headers({ 'retry-after': '2' })
    const error = info('34s')
    expect(retryAfterOf({ headers, error, isRateLimited: true, nowMs: NOW })).toBe(2000)
  })
})

it('is a whole number between 0 and a day, or nothing, for any header', () => {
  const name = fc.constantFrom(
    'retry-after',
    'retry-after-ms',
    'x-ratelimit-reset',
    'x-ratelimit-reset-tokens',
    'anthropic-ratelimit-tokens-reset',
  )
  const value = fc.oneof(
    fc.double().map(String),
    fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
    fc.stringMatching(/^[\x21-\x7e]{0,20}$/),
  )
  fc.assert(
    fc.property(fc.dictionary(name, value), (headers) => {
      const wait = ofHeaders({
        ...headers,
        'x-ratelimit-remaining-tokens': '0',
        'anthropic-ratelimit-tokens-remaining': '0',
      })
      if (wait === undefined) return
      expect(Number.isInteger(wait) && wait >= 0 && wait <= DAY).toBe(true)
    }),
  )
})
