import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import {
  assertHostId,
  HOST_ID_MAX_LENGTH,
  isProviderId,
  isUuid,
  monthOf,
  parseModelId,
  timeOfUuid,
  toModelId,
} from './ids.ts'
import { systemRuntime } from './system-runtime.ts'

describe('model ids', () => {
  it('split at the first slash', () => {
    expect(parseModelId('openrouter/xiaomi/mimo-v2-flash')).toEqual({
      providerId: 'openrouter',
      externalId: 'xiaomi/mimo-v2-flash',
    })
  })

  it.each(['', 'gpt-4o', '/gpt-4o', 'openai/', '/'])(
    'are no ids without both halves: %j',
    (text) => {
      expect(parseModelId(text)).toBeUndefined()
    },
  )

  it('come back as they were joined', () => {
    const providerId = fc.stringMatching(/^[a-z0-9][a-z0-9_-]{0,49}$/)
    fc.assert(
      fc.property(providerId, fc.string({ minLength: 1 }), (provider, externalId) => {
        const parts = { providerId: provider, externalId }
        expect(parseModelId(toModelId(parts))).toEqual(parts)
      }),
    )
  })
})

describe('provider ids', () => {
  it.each(['openai', 'custom_1', '01-ai', 'a', 'a'.repeat(50)])('%s is one', (id) => {
    expect(isProviderId(id)).toBe(true)
  })

  it.each(['', 'OpenAI', 'open ai', 'open/ai', '-a', '_a', 'ä', 'openai\n', 'a'.repeat(51)])(
    '%j is none',
    (id) => {
      expect(isProviderId(id)).toBe(false)
    },
  )
})

describe('ids of the host’s', () => {
  it.each(['u1', 'a'.repeat(HOST_ID_MAX_LENGTH), 'Ünï çødé 用户', ' '])('may be %j', (id) => {
    expect(() => assertHostId('userId', id)).not.toThrow()
  })

  it.each(['', 'a'.repeat(HOST_ID_MAX_LENGTH + 1), 'secret\u0000', 'secret\n', 'secret\u007f'])(
    'may not be %j, and the message names the field and not the value',
    (id) => {
      const check = (): void => assertHostId('userId', id)
      expect(check).toThrow(expect.objectContaining({ code: 'invalid-request', field: 'userId' }))
      expect(check).toThrow(/`userId`/)
      expect(check).not.toThrow(/secret/)
    },
  )
})

describe('UUIDs', () => {
  it('of version 7 carry the time they were made', () => {
    expect(timeOfUuid('019b76da-a800-7000-8000-000000000000')).toBe(Date.UTC(2026, 0, 1))
    const before = Date.now()
    const id = systemRuntime.newId()
    expect(isUuid(id)).toBe(true)
    expect(id.charAt(14)).toBe('7')
    expect(timeOfUuid(id)).toBeGreaterThanOrEqual(before)
    expect(timeOfUuid(id)).toBeLessThanOrEqual(Date.now())
  })

  it('sort by the time they were made', () => {
    const ids = Array.from({ length: 1_000 }, () => systemRuntime.newId())
    expect(ids.toSorted()).toEqual(ids)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it.each([
    '',
    'x',
    '019B76DA-A800-7000-8000-000000000000',
    '019b76daa80070008000000000000000',
    '019b76da-a800-7000-8000-000000000000\n',
  ])('%j is none of ours', (text) => {
    expect(isUuid(text)).toBe(false)
  })
})

it.each([
  [Date.UTC(2026, 10, 1), '2026-11'],
  [Date.UTC(2026, 10, 1) - 1, '2026-10'],
  [0, '1970-01'],
])('the month of %d is %s in UTC', (atMs, month) => {
  expect(monthOf(atMs)).toBe(month)
})
