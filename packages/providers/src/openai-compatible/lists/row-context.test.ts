import type { JsonValue, ListedModel, PriceSet } from '@imrs/core'
import { modelPricingSchema } from '@imrs/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { readOpenAiRow } from './openai-list.ts'
import { readOpenRouterRow } from './openrouter-list.ts'
import { readRequestyRow } from './requesty-list.ts'
import { toListedRow } from './row-context.ts'

const readers = [
  ['OpenRouter', readOpenRouterRow],
  ['Requesty', readRequestyRow],
  ['OpenAI', readOpenAiRow],
] as const
const context = { nowMs: Date.UTC(2026, 7, 1), position: 7 }

/** Fields that a reader looks at, with the right kinds of values now and then. */
const keys = `
  id name key created description context_length context_window type architecture modality
  input_modalities output_modalities top_provider pricing prompt completion overrides request
  min_prompt_tokens internal_reasoning input output input_price output_price retires active
  prompt_tokens_threshold capabilities deprecation expiration_date shutdown_date owned_by
  max_completion_tokens supported_parameters api __proto__ constructor
`
  .trim()
  .split(/\s+/u)
/** A row with something for each reader, to be damaged. */
const whole: JsonValue = {
  id: 'gpt-4o',
  owned_by: 'system',
  created: 1_700_000_000,
  context_length: 128_000,
  architecture: { input_modalities: ['text', 'image'], output_modalities: ['text'] },
  pricing: { prompt: '0.000001', completion: '0.000002', overrides: [{ min_prompt_tokens: 1 }] },
  top_provider: { context_length: 64_000, max_completion_tokens: 4096 },
  supported_parameters: ['tools'],
  input_price: 1e-6,
  output_price: 2e-6,
  expiration_date: '2027-01-01',
}
const leaf = fc.oneof(
  fc.constantFrom('-1', '0', '1e-7', '2026-01-01', '2098-12-31', 'system', 'gpt-4o', 'text'),
  fc.string({ unit: 'binary' }),
  fc.double(),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
)
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    leaf,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom(...keys), tie('value'), { maxKeys: 12 }),
  ),
}))
/** What can come out of `JSON.parse`. */
const json = value.map((one): JsonValue => JSON.parse(JSON.stringify(one) ?? 'null'))
const rows = fc.oneof(
  json,
  fc
    .dictionary(fc.constantFrom(...keys), json)
    .map((fields): JsonValue => ({ ...whole, ...fields })),
  fc
    .tuple(
      fc.constantFrom('gpt-4o', 'maker/one', 'x:batch'),
      fc.dictionary(fc.constantFrom(...keys), json),
    )
    .map(([id, fields]): JsonValue => ({ ...fields, id })),
)

function pricesOf({ pricing }: ListedModel): readonly string[] {
  return [pricing, ...(pricing.tiers ?? [])].flatMap((set: PriceSet) =>
    [set.input, set.output, set.cachedInput, set.cacheWrite, set.reasoning, set.request].filter(
      (price) => price !== undefined,
    ),
  )
}

describe.each(readers)('any row of %s', (_, read) => {
  it('gives a model that can be stored', () => {
    fc.assert(
      fc.property(rows, (row) => {
        const model = toListedRow(read, row, context)
        expect(model.externalId).toMatch(/^[^\p{Cc}\p{Cs}]{1,240}$/u)
        expect(model.displayName.length).toBeGreaterThan(0)
        expect(model.displayName.length).toBeLessThanOrEqual(255)
        expect(model.description ?? '').not.toMatch(/(?![\n\t])[\p{Cc}\p{Cs}]/u)
        for (const price of pricesOf(model)) expect(price).toMatch(/^\d+(?:\.\d+)?$/u)
        expect(modelPricingSchema.safeParse(model.pricing).success).toBe(true)
        for (const count of [model.contextLength, model.maxOutputTokens]) {
          expect(count === undefined || (Number.isSafeInteger(count) && count > 0)).toBe(true)
        }
        for (const timeMs of [model.releasedAtMs, model.expiresAtMs]) {
          expect(timeMs === undefined || Number.isSafeInteger(timeMs)).toBe(true)
        }
        expect(model.isAvailable).toBe(model.unavailableReason === undefined)
      }),
      { numRuns: 500 },
    )
  })

  it.each([
    [null, 'unreadable-row-7', 'it is not an object'],
    ['gpt-4o', 'unreadable-row-7', 'it is not an object'],
    [{ object: 'model' }, 'unreadable-row-7', 'it has no id'],
    [{ id: ' ' }, 'unreadable-row-7', 'it has no id'],
    [{ id: 12 }, 'unreadable-row-7', 'it has no id'],
    [{ id: 'a\u0000b' }, 'ab-row-7', 'its id has control characters'],
    [{ id: 'a\uD800' }, 'a-row-7', 'its id has control characters'],
    [{ id: 'x'.repeat(241) }, `${'x'.repeat(180)}-row-7`, 'its id is longer than 240 characters'],
  ])('%j is kept as an unavailable model', (row, externalId, why) => {
    expect(toListedRow(read, row, context)).toMatchObject({
      externalId,
      modelType: 'unknown',
      isAvailable: false,
      unavailableReason: `The provider's row could not be understood: ${why}.`,
      metadata: row !== null && typeof row === 'object' ? row : { row },
    })
  })

  it('keeps long ids that begin alike apart', () => {
    const long = 'x'.repeat(300)
    const [one, other] = ['a', 'b'].map((end, position) =>
      toListedRow(read, { id: long + end }, { ...context, position }),
    )
    expect(one?.externalId).not.toBe(other?.externalId)
  })

  it('takes an id of 240 characters', () => {
    expect(toListedRow(read, { id: 'x'.repeat(240) }, context).isAvailable).toBe(true)
  })
})
