import { ConfigError, systemRuntime } from '@imrs/core'
import { describe, expect, it } from 'vitest'

import { connect } from '../__fixtures__/connect.ts'
import { google } from './google.ts'
import { openRouter } from './open-router.ts'
import { openaiCompatible } from './openai-compatible.ts'
import { openai } from './openai.ts'
import { requesty } from './requesty.ts'

describe('a factory', () => {
  it('knows its row', () => {
    expect(openRouter().provider).toMatchObject({ id: 'openrouter', providerType: 'openrouter' })
    expect(openai({ id: 'work' }).provider).toMatchObject({ id: 'work', providerType: 'openai' })
    expect(requesty().provider).toMatchObject({ modelsEndpoint: '/models' })
    expect(
      openRouter({ appUrl: 'https://app.example', appTitle: 'App' }).provider.settings,
    ).toEqual({ headers: { 'HTTP-Referer': 'https://app.example', 'X-Title': 'App' } })
  })

  it('of Gemini knows the names people use', () => {
    expect(google().aliases).toEqual([
      { name: 'gemini-2.5', externalId: 'gemini-2.5-flash' },
      { name: 'gemini-3.0-flash', externalId: 'gemini-3-flash-preview' },
    ])
  })

  it.each([
    [{ id: 'Not an id' }, '`openai.id` must be 1 to 50 lower-case', 'Not an id'],
    [{ displayName: ' ' }, '`openai.displayName` must', '" "'],
    [{ apiBase: 'nowhere' }, '`openai.apiBase` must be', 'nowhere'],
    [{ apiBase: 'ftp://host' }, '`openai.apiBase` must be', 'ftp://host'],
    [{ modelsEndpoint: 'models' }, '`openai.modelsEndpoint` must', 'models'],
    [{ rateLimitRpm: 0 }, '`openai.rateLimitRpm` must', '0'],
    [{ headers: { 'bad name': 'x' } }, '`openai.headers` must', 'bad name'],
    [{ headers: { 'x-line': 'a\nb' } }, '`openai.headers.x-line` must', 'a\\nb'],
  ])('refuses %j, naming option, rule and value', (options, rule, value) => {
    expect(() => openai(options)).toThrow(ConfigError)
    expect(() => openai(options)).toThrow(rule)
    expect(() => openai(options)).toThrow(value)
  })

  it('repeats no key that was put where none belongs', () => {
    const headers = { Authorization: 'Bearer hunter2' }
    const apiBase = 'https://me:hunter2@host/v1'
    for (const options of [{ headers }, { apiBase }]) {
      expect(() => openai(options)).toThrow(ConfigError)
      expect(() => openai(options)).not.toThrow(/hunter2/)
    }
  })

  it('of another server takes what its wire needs', () => {
    const base = { id: 'ours', apiBase: 'https://models.example/v1/' }
    const { family, provider } = openaiCompatible({ ...base, streamUsage: 'automatic' })
    expect(provider).toMatchObject({ apiBase: 'https://models.example/v1' })
    expect(provider.settings).toEqual({ streamUsage: 'automatic' })
    expect(family.needsCredential).toBe(true)
  })
})

describe('the key of Requesty', () => {
  it.each([
    ['https://router.requesty.ai/v1', 'https://api-v2.requesty.ai/v1/auth/check'],
    ['https://router.eu.requesty.ai/v1', 'https://api-v2.requesty.ai/v1/auth/check'],
    ['https://requesty.ai.example/v1', 'https://requesty.ai.example/v1/manage/apikey/self'],
  ])('of %s is checked at %s', async (apiBase, expected) => {
    const asked: string[] = []
    const fetch = async (input: Parameters<typeof globalThis.fetch>[0]): Promise<Response> => {
      asked.push(input instanceof Request ? input.url : String(input))
      return Response.json({ ok: true })
    }
    const runtime = { ...systemRuntime, fetch }
    await connect(requesty({ apiBase }), { credential: 'key', runtime }).checkCredential()
    expect(asked).toEqual([expected])
  })
})
