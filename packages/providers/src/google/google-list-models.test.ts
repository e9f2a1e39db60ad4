import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import type { ListedModel, ProviderAdapter } from '@imrs/core'
import { decimalTextSchema } from '@imrs/core'
import { startSimulator } from '@imrs/testing/simulator'
import type { Simulator } from '@imrs/testing/simulator'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

import { connect } from '../__fixtures__/connect.ts'
import { google } from '../definitions/google.ts'
import { libraryPricing } from '../shared/library-prices.ts'
import { toListedModel } from './google-list-models.ts'

let simulator: Simulator
beforeAll(async () => {
  simulator = await startSimulator({ seed: 1, maxPageSize: 2 })
})
afterEach(() => simulator.reset())
afterAll(() => simulator.close())

function adapter(credential = simulator.keys.google): ProviderAdapter {
  return connect(google({ apiBase: `${simulator.baseUrls.google}/v1beta` }), { credential })
}

async function listOf(from: ProviderAdapter): Promise<readonly ListedModel[]> {
  const models: ListedModel[] = []
  for await (const page of from.listModels()) models.push(...page.models)
  return models
}

const nowMs = Date.UTC(2026, 2, 1)
const row = {
  name: 'models/gemini-2.5-pro',
  displayName: 'Gemini 2.5 Pro',
  inputTokenLimit: 1_048_576,
  outputTokenLimit: 65_536,
  supportedGenerationMethods: ['generateContent', 'countTokens'],
  thinking: true,
}

describe('the list of Gemini', () => {
  it('is read page by page, whole', async () => {
    const models = await listOf(adapter())
    const ids = simulator.models.filter((one) => one.dialect === 'google').map(({ id }) => id)
    expect(models.map(({ externalId }) => externalId)).toEqual(ids)
    expect(simulator.calls.length).toBe(Math.ceil(ids.length / 2))
    expect(simulator.calls[0]?.path).toContain('pageSize=1000')
    const chat = models.filter(({ modelType }) => modelType === 'chat')
    const kinds = simulator.models.filter((one) => one.dialect === 'google' && one.kind === 'chat')
    expect(chat.map(({ externalId }) => externalId)).toEqual(kinds.map(({ id }) => id))
  })

  it('may be empty', async () => {
    simulator.script({ dialect: 'google', operation: 'list' }, { type: 'empty' })
    expect(await listOf(adapter())).toEqual([])
  })

  it('fails with a kind', async () => {
    await expect(listOf(adapter('wrong'))).rejects.toMatchObject({
      failure: { kind: 'credentials' },
    })
    const match = { dialect: 'google', operation: 'list' } as const
    simulator.script(match, { type: 'disconnect' }, { type: 'status', status: 503 })
    await expect(listOf(adapter())).rejects.toMatchObject({ failure: { kind: 'connect' } })
    await expect(listOf(adapter())).rejects.toMatchObject({ failure: { kind: 'overloaded' } })
    simulator.script(match, { type: 'status', status: 200, body: '<html>' })
    await expect(listOf(adapter())).rejects.toMatchObject({ failure: { kind: 'malformed' } })
  })

  it('stops with the reason of the signal', async () => {
    const signal = AbortSignal.abort(new Error('enough'))
    await expect(adapter().listModels({ signal })[Symbol.asyncIterator]().next()).rejects.toThrow(
      'enough',
    )
    expect(simulator.calls).toEqual([])
  })

  it('tells whether the key works', async () => {
    await expect(adapter().checkCredential()).resolves.toBeUndefined()
    expect(simulator.calls[0]?.path).toContain('pageSize=1')
    await expect(adapter('wrong').checkCredential()).rejects.toMatchObject({
      failure: { kind: 'credentials' },
    })
  })
})

describe('a row of Gemini', () => {
  it('becomes a model with its price', () => {
    expect(toListedModel(row, { nowMs, position: 0 })).toEqual({
      externalId: 'gemini-2.5-pro',
      displayName: 'Gemini 2.5 Pro',
      description: undefined,
      modelType: 'chat',
      capabilities: [
        'text',
        'vision',
        'code',
        'audio',
        'long_context',
        'function_calling',
        'video',
        'document',
        'reasoning',
        'structured_output',
      ],
      contextLength: 1_048_576,
      maxOutputTokens: 65_536,
      pricing: {
        input: '1.25',
        output: '10',
        cachedInput: '0.125',
        tiers: [{ abovePromptTokens: 200_000, input: '2.5', output: '15', cachedInput: '0.25' }],
        source: 'genai-prices',
      },
      isAvailable: true,
      metadata: row,
    })
  })

  it('has the prices that are known and no other', () => {
    expect(
      libraryPricing({ provider: 'google', externalId: 'gemini-2.5-flash', nowMs }),
    ).toMatchObject({ input: '0.3', output: '2.5' })
    expect(
      libraryPricing({ provider: 'google', externalId: 'gemini-3-flash-preview', nowMs }),
    ).toMatchObject({
      input: '0.5',
      output: '3',
    })
    expect(
      libraryPricing({ provider: 'google', externalId: 'gemini-nobody-knows', nowMs }),
    ).toEqual({})
    expect(libraryPricing({ provider: 'google', externalId: 'gemma-3-4b-it', nowMs })).toEqual({})
  })

  it.each([
    ['gemini-embedding-001', ['embedContent'], 'embedding'],
    ['imagen-4.0-generate-001', ['predict'], 'image'],
    ['veo-3.0-generate-001', ['predictLongRunning'], 'video'],
    ['gemini-2.5-flash-preview-tts', ['generateContent'], 'speech'],
    ['gemini-2.5-flash-image', ['generateContent'], 'image'],
    ['nano-banana-pro-preview', ['generateContent'], 'image'],
    ['gemini-2.5-flash-native-audio-latest', ['bidiGenerateContent'], 'realtime'],
    ['gemini-live-2.5-flash-preview', ['bidiGenerateContent'], 'realtime'],
    ['aqa', ['generateAnswer'], 'unknown'],
    ['gemini-flash-latest', ['generateContent'], 'chat'],
    ['gemma-3-27b-it', ['generateContent'], 'chat'],
  ])('%s with %j is %s', (id, supportedGenerationMethods, modelType) => {
    const model = toListedModel(
      { ...row, name: `models/${id}`, supportedGenerationMethods },
      { nowMs, position: 0 },
    )
    expect(model).toMatchObject({ externalId: id, modelType, isAvailable: true })
  })

  it('is never lost and never throws, whatever it holds', () => {
    const field = fc.constantFrom(...Object.keys(row))
    fc.assert(
      fc.property(field, fc.jsonValue(), fc.nat(), (name, value, position) => {
        for (const mutated of [{ ...row, [name]: value }, value]) {
          const model = toListedModel(mutated as typeof row, { nowMs, position })
          expect(model.externalId).not.toBe('')
          expect(model.displayName).not.toBe('')
          expect(model.externalId.length).toBeLessThanOrEqual(255)
          expect(model.isAvailable || model.unavailableReason !== undefined).toBe(true)
          expect(model.contextLength === undefined || model.contextLength > 0).toBe(true)
        }
      }),
    )
  })
})

const folder =
  process.env['IMRS_PAYLOADS'] ??
  fileURLToPath(new URL('../../../../../shared/payloads', import.meta.url))
const captured = join(folder, 'gemini/2026-03-01.json')

describe('a captured list', () => {
  it('is read row by row', ({ skip }) => {
    skip(!existsSync(captured), `no captured payloads at ${captured}`)
    const { models: rows } = JSON.parse(readFileSync(captured, 'utf8')) as {
      readonly models: readonly (typeof row)[]
    }
    const models = rows.map((one, position) => toListedModel(one, { nowMs, position }))
    expect(models.every(({ isAvailable }) => isAvailable)).toBe(true)
    const chat = models.filter(({ modelType }) => modelType === 'chat')
    expect(chat.length).toBeGreaterThan(15)
    for (const { externalId } of chat) {
      expect(externalId).not.toMatch(/tts|image|embedding|veo|imagen|audio|banana|aqa/)
    }
    for (const { pricing } of chat) {
      for (const price of [pricing.input, pricing.output, pricing.cachedInput]) {
        if (price !== undefined) expect(decimalTextSchema.safeParse(price).success).toBe(true)
      }
    }
  })
})
