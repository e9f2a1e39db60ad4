import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import type { JsonValue, ListedModel, ProviderAdapter } from '@imrs/core'
import { decimalTextSchema } from '@imrs/core'
import { startSimulator } from '@imrs/testing/simulator'
import type { Simulator } from '@imrs/testing/simulator'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

import { connect } from '../__fixtures__/connect.ts'
import { anthropic } from '../definitions/anthropic.ts'
import { toListedRow } from '../openai-compatible/lists/row-context.ts'
import { readAnthropicRow } from './anthropic-row.ts'

let simulator: Simulator
beforeAll(async () => {
  simulator = await startSimulator({ seed: 1, maxPageSize: 1 })
})
afterEach(() => simulator.reset())
afterAll(() => simulator.close())

function adapter(credential = simulator.keys.anthropic, path = '/v1'): ProviderAdapter {
  const apiBase = `${simulator.baseUrls.anthropic}${path}`
  return connect(anthropic({ apiBase }), { credential })
}

async function listOf(from: ProviderAdapter): Promise<readonly ListedModel[]> {
  const models: ListedModel[] = []
  for await (const page of from.listModels()) models.push(...page.models)
  return models
}

const nowMs = Date.UTC(2026, 9, 1)
const read = (row: JsonValue): ListedModel =>
  toListedRow(readAnthropicRow, row, { nowMs, position: 0 })

const row2025 = {
  type: 'model',
  id: 'claude-sonnet-4-20250514',
  display_name: 'Claude Sonnet 4',
  created_at: '2025-05-22T00:00:00Z',
}
const row2026 = {
  ...row2025,
  id: 'claude-opus-9',
  display_name: 'Claude Opus 9',
  max_input_tokens: 500_000,
  max_tokens: 128_000,
  capabilities: {
    image_input: { supported: true },
    pdf_input: { supported: false },
    structured_outputs: { supported: true },
    thinking: { supported: true, types: { adaptive: { supported: true } } },
  },
  lifecycle: 'active',
  deprecated_at: null,
  retires_at: null,
}

describe('the list of Anthropic', () => {
  it.each(['', '/v1', '/v1/'])('is read page by page, whole, below %j', async (path) => {
    const models = await listOf(adapter(undefined, path))
    const listed = simulator.models.filter(({ dialect }) => dialect === 'anthropic')
    expect(models.map(({ externalId }) => externalId)).toEqual(listed.map(({ id }) => id))
    expect(simulator.calls.map(({ path: asked }) => asked).slice(0, 2)).toEqual([
      '/anthropic/v1/models?limit=1000',
      `/anthropic/v1/models?limit=1000&after_id=${listed[0]?.id}`,
    ])
    expect(simulator.calls[0]?.headers).toMatchObject({ 'anthropic-version': '2023-06-01' })
    expect(models.at(-1)).toMatchObject({ externalId: 'claude-2.1', isAvailable: false })
  })

  it('may be empty', async () => {
    simulator.script({ operation: 'list' }, { type: 'empty' })
    expect(await listOf(adapter())).toEqual([])
  })

  it('fails with a kind', async () => {
    await expect(listOf(adapter('wrong'))).rejects.toMatchObject({
      failure: { kind: 'credentials' },
    })
    const match = { operation: 'list' } as const
    simulator.script(match, { type: 'disconnect' }, { type: 'status', status: 529 })
    await expect(listOf(adapter())).rejects.toMatchObject({ failure: { kind: 'connect' } })
    await expect(listOf(adapter())).rejects.toMatchObject({ failure: { kind: 'overloaded' } })
    simulator.script(match, { type: 'status', status: 200, body: { models: [] } })
    await expect(listOf(adapter())).rejects.toMatchObject({ failure: { kind: 'malformed' } })
  })

  it('stops with the reason of the signal', async () => {
    const signal = AbortSignal.abort(new Error('enough'))
    const list = adapter().listModels({ signal })
    await expect(list[Symbol.asyncIterator]().next()).rejects.toThrow('enough')
    expect(simulator.calls).toEqual([])
  })

  it('tells whether the key works', async () => {
    await expect(adapter().checkCredential()).resolves.toBeUndefined()
    expect(simulator.calls[0]?.path).toContain('limit=1')
    await expect(adapter('wrong').checkCredential()).rejects.toMatchObject({
      failure: { kind: 'credentials' },
    })
  })
})

describe('a row of Anthropic', () => {
  it('of 2025 is filled with what is known of the model', () => {
    expect(read(row2025)).toEqual({
      externalId: 'claude-sonnet-4-20250514',
      displayName: 'Claude Sonnet 4',
      description: undefined,
      modelType: 'chat',
      capabilities: [
        'text',
        'vision',
        'code',
        'long_context',
        'function_calling',
        'document',
        'reasoning',
        'structured_output',
      ],
      contextLength: 200_000,
      maxOutputTokens: 64_000,
      pricing: {
        input: '3',
        output: '15',
        cachedInput: '0.3',
        cacheWrite: '3.75',
        source: 'genai-prices',
      },
      releasedAtMs: Date.UTC(2025, 4, 22),
      expiresAtMs: undefined,
      isAvailable: true,
      unavailableReason: undefined,
      metadata: row2025,
    })
  })

  it('of 2026 says it itself', () => {
    const model = read(row2026)
    expect(model).toMatchObject({ contextLength: 500_000, maxOutputTokens: 128_000 })
    expect(model.capabilities).toContain('vision')
    expect(model.capabilities).not.toContain('document')
    expect(model.pricing).toEqual({})
    const unknown = { ...row2026, max_input_tokens: null, max_tokens: null, capabilities: null }
    expect(read(unknown)).toMatchObject({ contextLength: 200_000, maxOutputTokens: undefined })
    expect(read(unknown).capabilities).toContain('document')
  })

  it('is unavailable once the model is retired, not before', () => {
    const retired = { ...row2026, lifecycle: 'retired', retires_at: '2026-07-01T00:00:00Z' }
    expect(read(retired)).toMatchObject({ isAvailable: false, expiresAtMs: Date.UTC(2026, 6, 1) })
    expect(read({ ...retired, retires_at: null })).toMatchObject({
      isAvailable: false,
      unavailableReason: 'Anthropic has retired it.',
    })
    // Its date has passed, and yet it is served.
    expect(read({ ...retired, lifecycle: 'deprecated' })).toMatchObject({ isAvailable: true })
    const planned = { ...row2026, lifecycle: 'deprecated', retires_at: '2027-02-01T00:00:00Z' }
    expect(read(planned)).toMatchObject({ isAvailable: true, expiresAtMs: Date.UTC(2027, 1, 1) })
  })

  it.each([
    ['claude-2.1', 100_000, 4096, false],
    ['claude-3-haiku-20240307', 200_000, 4096, false],
    ['claude-3-5-sonnet-20241022', 200_000, 8192, true],
    ['claude-3-7-sonnet-20250219', 200_000, 64_000, true],
    ['claude-opus-4-20250514', 200_000, 32_000, true],
    ['claude-opus-4-1-20250805', 200_000, 32_000, true],
    ['claude-haiku-4-5', 200_000, 64_000, true],
    ['claude-sonnet-4-6', 1_000_000, 64_000, true],
    ['claude-opus-5-5', 200_000, undefined, true],
  ])('%s is known', (...[id, contextLength, maxOutputTokens, takesDocuments]) => {
    const model = read({ ...row2025, id })
    expect(model).toMatchObject({ contextLength, maxOutputTokens })
    expect(model.capabilities.includes('document')).toBe(takesDocuments)
  })

  it('is never lost and never throws, whatever it holds', () => {
    const field = fc.constantFrom(...Object.keys(row2026))
    fc.assert(
      fc.property(field, fc.jsonValue(), (name, value) => {
        for (const mutated of [{ ...row2026, [name]: value }, value]) {
          const model = read(mutated as JsonValue)
          expect(model.externalId).not.toBe('')
          expect(model.displayName).not.toBe('')
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
const captured = join(folder, 'anthropic/2025-07-25.json')

describe('a captured list', () => {
  it('is read row by row', ({ skip }) => {
    skip(!existsSync(captured), `no captured payloads at ${captured}`)
    const { data } = JSON.parse(readFileSync(captured, 'utf8')) as { readonly data: JsonValue[] }
    const models = data.map(read)
    expect(models.length).toBeGreaterThan(5)
    for (const { isAvailable, contextLength, maxOutputTokens, pricing } of models) {
      expect(isAvailable).toBe(true)
      expect(contextLength).toBeGreaterThan(0)
      expect(maxOutputTokens).toBeGreaterThan(0)
      expect(decimalTextSchema.safeParse(pricing.input).success).toBe(true)
    }
  })
})
