import { PROVIDER_TYPES } from '@imrs/core'
import { startSimulator } from '@imrs/testing/simulator'
import { describe, expect, it, onTestFinished } from 'vitest'

import { callOf, connect, readParts } from '../__fixtures__/connect.ts'
import { families, familyFor } from '../families.ts'
import { deepSeek, groq, lmStudio, mistral, ollama, together, vllm } from './presets.ts'

const hosted = [
  ['groq', groq, 'https://api.groq.com/openai/v1'],
  ['mistral', mistral, 'https://api.mistral.ai/v1'],
  ['together', together, 'https://api.together.ai/v1'],
  ['deepseek', deepSeek, 'https://api.deepseek.com'],
] as const

const local = [
  ['ollama', ollama, 'http://localhost:11434/v1'],
  ['vllm', vllm, 'http://localhost:8000/v1'],
  ['lmstudio', lmStudio, 'http://localhost:1234/v1'],
] as const

describe('a preset', () => {
  it.each(hosted)('%s knows its address and asks for a key', (id, factory, apiBase) => {
    const { family, provider } = factory()
    expect(provider).toMatchObject({ id, apiBase, providerType: 'custom', settings: {} })
    expect(family.needsCredential).toBe(true)
  })

  it.each(local)('%s is on this machine and asks for none', (id, factory, apiBase) => {
    const { family, provider } = factory()
    expect(provider).toMatchObject({ id, apiBase, settings: { allowPrivateNetwork: true } })
    expect(family.needsCredential).toBe(false)
  })

  it.each([...hosted, ...local])('%s takes every option', (_id, factory) => {
    const apiBase = 'https://models.example/v1'
    const options = { id: 'mine', displayName: 'Mine', apiBase, rateLimitRpm: undefined }
    const { family, provider } = factory({ ...options, needsCredential: true })
    expect(provider).toMatchObject({ id: 'mine', displayName: 'Mine', apiBase })
    expect(family.needsCredential).toBe(true)
  })

  it('names itself when an option is wrong', () => {
    expect(() => groq({ id: 'Not An Id' })).toThrow('`groq.id` must be')
    expect(() => lmStudio({ apiBase: 'nowhere' })).toThrow('`lmStudio.apiBase` must be')
  })

  it('answers and lists without a key', async () => {
    const simulator = await startSimulator()
    onTestFinished(() => simulator.close())
    const adapter = connect(ollama({ apiBase: simulator.baseUrls.openai }), {
      credential: simulator.keys.openai,
    })
    const parts = await readParts(adapter.chat(callOf('gpt-4o')))
    expect(parts.at(-1)).toMatchObject({ type: 'finish' })
    const keyless = connect(ollama({ apiBase: simulator.baseUrls.openrouter }))
    const page = await keyless.listModels()[Symbol.asyncIterator]().next()
    expect(page.value).toMatchObject({ models: expect.any(Array) })
  })
})

describe('the families', () => {
  it.each(PROVIDER_TYPES)('serve %s', (providerType) => {
    const family = familyFor(providerType)
    expect(family).toBe(families[providerType])
    expect(family).toMatchObject({ specVersion: 'v1', connect: expect.any(Function) })
  })
})
