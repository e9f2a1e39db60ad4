import type { JsonObject } from '@imrs/core'
import { describe, expect, it } from 'vitest'

import { callOf, rowOf } from '../__fixtures__/connect.ts'
import { openai } from '../definitions/openai.ts'
import { withProviderOptions } from './merge-provider-options.ts'

const provider = rowOf(openai())
const own = new Set(['model', 'config.limit'])
const body = { model: 'm', config: { limit: 5, inner: { a: 1 } }, list: [1] }

function merged(options: JsonObject, providerId = 'openai'): JsonObject {
  const call = callOf('m', { providerOptions: { [providerId]: options } })
  return withProviderOptions(body, { provider, call }, own)
}

describe('the options of a provider', () => {
  it('are added as they are', () => {
    const options = { user: 'u', flag: false, none: null, deep: { a: [{ b: 1 }] } }
    expect(merged(options)).toEqual({ ...body, ...options })
  })

  it('are merged into objects, to any depth', () => {
    expect(merged({ config: { inner: { b: 2 }, other: true } })).toEqual({
      ...body,
      config: { limit: 5, inner: { a: 1, b: 2 }, other: true },
    })
  })

  it('of another provider are not this one’s', () => {
    expect(merged({ model: 'x' }, 'other')).toBe(body)
    expect(withProviderOptions(body, { provider, call: callOf('m') }, own)).toBe(body)
  })

  it.each<readonly [string, JsonObject]>([
    ['model', { model: 'x' }],
    ['config.limit', { config: { limit: 6 } }],
    ['config.inner.a', { config: { inner: { a: 2 } } }],
    ['list', { list: [2] }],
    ['config', { config: 1 }],
    ['list', { list: { a: 1 } }],
  ])('may not set `%s`', (field, options) => {
    expect(() => merged(options)).toThrow(
      expect.objectContaining({
        failure: {
          kind: 'invalid-request',
          message: `\`providerOptions.openai.${field}\` cannot be set: IMRS writes that field of the request itself.`,
        },
      }),
    )
  })

  it('may not set a field of ours that the request leaves out', () => {
    const call = callOf('m', { providerOptions: { openai: { config: { limit: 1 } } } })
    expect(() => withProviderOptions({}, { provider, call }, own)).toThrow('config.limit')
  })

  it('change nothing but the body, whatever they are called', () => {
    const options = JSON.parse('{"__proto__":{"polluted":true}}') as JsonObject
    const sent = merged(options)
    expect(JSON.stringify(sent)).toContain('polluted')
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })
})
